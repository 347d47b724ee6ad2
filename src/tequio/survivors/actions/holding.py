"""Something that waits for a person: a letter, or what she answered, with its clock.

A letter about a man whom no case names is shredded, and a blank row stays in its place
(docs/adr/0109): otherwise a copy of the database would tell, by one row more or less, whether the
women's team knows a woman of the man to whom something happened that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from tequio.core import entropy
from tequio.core.sealing import Key
from tequio.survivors import vault
from tequio.survivors.models import HeldLetter
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries.letters import opened
from tequio.survivors.rules.letters import Letter, blanked


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


def blank(by: OpenWall, letter: Letter, cases: Sequence[UUID], erase_after: date) -> HeldLetter:
    """Return the row that stays of a shredded letter, with one of the open cases by chance."""
    case_id = cases[entropy.below(len(cases), stream="walled")]
    return held(by, blanked(letter), case_id, erase_after)


def one_blank_less(*, by: OpenWall, case_id: UUID) -> None:
    """Let a blank row of a case go with a sheet, every second time by chance.

    A letter that was attended to goes when its sheet is written; and not every sheet is of one.
    """
    if entropy.below(2, stream="walled"):
        return
    rows = HeldLetter.objects.filter(wall=by.wall, case=case_id)
    found = next((row for row in rows if opened(by, row).blank), None)
    if found is not None:
        found.delete()
