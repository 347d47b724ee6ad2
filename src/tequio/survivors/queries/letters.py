"""Letters that wait behind the wall: for a case's woman, or for somebody to say whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tequio.access.policies import not_visible
from tequio.core import clock
from tequio.letters.kinds import Kind
from tequio.survivors import vault
from tequio.survivors.models import HeldLetter
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries.covers import Line, covers
from tequio.survivors.rules.letters import Letter


@dataclass(frozen=True, slots=True)
class Waits:
    """One letter that somebody has to attend to."""

    id: UUID
    version: int
    letter: Letter
    case_id: UUID | None
    alias: str
    late: bool
    over: bool
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Inbox:
    """All that waits: what has waited too long first."""

    over: tuple[Waits, ...]
    duties: tuple[Waits, ...]
    by_hand: tuple[Waits, ...]
    # What she answered: first what cannot wait.
    answers: tuple[Waits, ...] = ()
    # What stays of shredded letters: nobody is shown them.
    blanks: tuple[Waits, ...] = ()

    @property
    def count(self) -> int:
        """How many wait."""
        return len(self.over) + len(self.duties) + len(self.by_hand) + len(self.answers)


def inbox(by: OpenWall, lines: Iterable[Line] | None = None) -> Inbox:
    """Return what waits. `lines` are the covers, where the caller has opened them already."""
    rows = list(rows_of(by))
    if not rows:
        return Inbox((), (), ())
    aliases = {line.id: line.cover.alias for line in (covers(by=by) if lines is None else lines)}
    now = clock.now()
    found = sorted((_waits(by, row, aliases, now) for row in rows), key=lambda one: one.due_at)
    blanks = tuple(one for one in found if one.letter.blank)
    found = [one for one in found if not one.letter.blank]
    calm = [one for one in found if not one.over]
    return Inbox(
        blanks=blanks,
        over=tuple(one for one in found if one.over),
        duties=tuple(one for one in calm if one.case_id and not one.letter.of_answers),
        by_hand=tuple(one for one in calm if not one.case_id and not one.letter.of_answers),
        answers=tuple(
            sorted(
                (one for one in calm if one.letter.of_answers),
                key=lambda one: (one.letter.kind == Kind.ANSWERS, one.due_at),
            )
        ),
    )


def one(by: OpenWall, letter_id: UUID) -> Waits:
    """Return one letter, or the same 404 as for nothing."""
    row = HeldLetter.objects.filter(wall=by.wall, pk=letter_id).first()
    if row is None:
        raise not_visible()
    aliases = {line.id: line.cover.alias for line in covers(by=by)}
    waits = _waits(by, row, aliases, clock.now())
    if waits.letter.blank:
        raise not_visible()
    return waits


def rows_of(by: OpenWall) -> Iterable[HeldLetter]:
    """Return the rows of the letters that wait."""
    return HeldLetter.objects.filter(wall=by.wall)


def opened(by: OpenWall, row: HeldLetter) -> Letter:
    """Open one."""
    return Letter.from_body(vault.open_letter(vault.key_of(by, row), row))


def _waits(by: OpenWall, row: HeldLetter, aliases: Mapping[UUID, str], now: datetime) -> Waits:
    letter = opened(by, row)
    return Waits(
        id=row.pk,
        version=row.version,
        letter=letter,
        case_id=row.case_id,
        alias=aliases.get(row.case_id, "") if row.case_id else "",
        late=letter.late(now),
        over=letter.over(now),
        due_at=letter.due_at,
    )
