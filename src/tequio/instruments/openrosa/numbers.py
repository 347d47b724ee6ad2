"""A submission's number and content as digests that tell nobody anything."""

from __future__ import annotations

import hashlib

from tequio.core.sealing import Key


def number(key: Key, form_id: str, instance_id: str) -> str:
    """Return the digest of a number: equal only for the same number of the same form."""
    return key.blind_index(f"{form_id}\0{instance_id}", purpose="submission number")


def content(key: Key, data: bytes) -> str:
    """Return the digest of a content."""
    return key.blind_index(hashlib.sha256(data).hexdigest(), purpose="submission content")
