"""Whose a link is: a sealed box that travels with the link and that only the wall opens.

Whoever holds the link, the table of links, or both, learns neither a name nor a key from it.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tequio.core import keys
from tequio.core.sealing import SealBroken
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import pick_case

_WHAT: Final = "subject"
_SIZE: Final = 256


@dataclass(frozen=True, slots=True)
class Subject:
    """A woman's case, and at which moment of hers the link was given."""

    case_id: UUID
    wave: str


def sealed(*, by: OpenWall, case_id: UUID, wave: str = "") -> str:
    """Return the box for one link. Two boxes of the same woman do not look alike."""
    case = pick_case(by, case_id)
    body = {"what": _WHAT, "wall": str(by.wall.pk), "case": str(case.pk), "wave": wave}
    plain = json.dumps(body).encode().ljust(_SIZE)
    return base64.urlsafe_b64encode(keys.seal_to(by.pair_of(by.current).public, plain)).decode()


def opened(by: OpenWall, text: str) -> Subject | None:
    """Open a box with whichever turn of the keys it was sealed to; None if it is none of ours."""
    try:
        box = base64.urlsafe_b64decode(text)
    except ValueError:
        return None
    for epoch in by.pairs:
        try:
            body = json.loads(by.pair_of(epoch).open(box))
            if body["what"] == _WHAT and body["wall"] == str(by.wall.pk):
                return Subject(UUID(body["case"]), str(body["wave"]))
        except (SealBroken, ValueError, KeyError, TypeError):
            continue
    return None
