"""Something that waits for a person: a letter, or what she answered, with its clock."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tequio.core.sealing import Key
from tequio.survivors import vault
from tequio.survivors.models import HeldLetter
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.letters import Letter


def held(by: OpenWall, letter: Letter, case_id: UUID | None, erase_after: date) -> HeldLetter:
    """Return the sealed row of what waits; the caller saves it in its own transaction."""
    raw = vault.new_key()
    row = HeldLetter(
        wall=by.wall,
        case_id=case_id,
        epoch_id=by.current,
        sealed_key=vault.seal_key(by, raw),
        erase_after=erase_after,
    )
    vault.seal_letter(Key.from_master(raw, stream="walled"), row, letter.as_body())
    return row
