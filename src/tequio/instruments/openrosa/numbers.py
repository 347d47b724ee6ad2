"""A submission's number and content as digests that tell nobody anything."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from tequio.core.sealing import Key


@dataclass(frozen=True, slots=True)
class Digests:
    """Those by which a submission, and the one whose place it takes, are known again."""

    number: str
    content: str
    # Empty where it takes nobody's place.
    before: str = ""


def digests(key: Key, form_id: str, instance_id: str, before: str, data: bytes) -> Digests:
    """Return them all."""
    return Digests(
        number=number(key, form_id, instance_id),
        content=content(key, data),
        before=number(key, form_id, before) if before else "",
    )


def number(key: Key, form_id: str, instance_id: str) -> str:
    """Return the digest of a number: equal only for the same number of the same form."""
    return key.blind_index(f"{form_id}\0{instance_id}", purpose="submission number")


def content(key: Key, data: bytes) -> str:
    """Return the digest of a content."""
    return key.blind_index(hashlib.sha256(data).hexdigest(), purpose="submission content")
