"""Pure decisions: dose, seats, who may still come in, what an absence asks of the team."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tequio.programmes.definitions.shape import Absence, Band

Step = Literal["none", "call", "talk", "review"]


@dataclass(frozen=True, slots=True)
class Held:
    """One meeting that took place, the programme's sessions it covered, and whether he came.

    `came` is None where nobody recorded it. `expected` is False for a meeting before he came in
    or after he left.
    """

    number_from: int
    number_to: int
    came: bool | None
    expected: bool = True

    @property
    def numbers(self) -> range:
        """The programme's sessions that this meeting covered."""
        return range(self.number_from, self.number_to + 1)


@dataclass(frozen=True, slots=True)
class Dose:
    """Sessions of the programme that he attended, of those held while he was expected.

    `made_up` of the attended ones he made up in another group. Of `unrecorded` ones nobody knows.
    """

    attended: int
    held: int
    made_up: int = 0
    unrecorded: int = 0

    @property
    def share(self) -> float | None:
        """Attended of held; None where nothing was held."""
        return self.attended / self.held if self.held else None


def dose(own: Iterable[Held], visits: Iterable[Held] = ()) -> Dose:
    """Count his dose. A session of the programme counts once, wherever and however often he came.

    A session that he made up in another group counts as held too, although his own group may not
    have held it: otherwise he could attend more sessions than there were.
    """
    expected = [meeting for meeting in own if meeting.expected]
    held = {n for meeting in expected for n in meeting.numbers}
    at_home = {n for meeting in expected if meeting.came for n in meeting.numbers}
    known = {n for meeting in expected if meeting.came is not None for n in meeting.numbers}
    elsewhere = {n for meeting in visits if meeting.came for n in meeting.numbers}
    made_up = elsewhere - at_home
    return Dose(
        attended=len(at_home | made_up),
        held=len(held | made_up),
        made_up=len(made_up),
        unrecorded=len(held - known - made_up),
    )


def band(attended: int, bands: Sequence[Band]) -> str:
    """Name a dose as its model names it; empty where the model has no name for it."""
    return next(
        (b.name for b in bands if b.least <= attended and (b.most is None or attended <= b.most)),
        "",
    )


def room_left(taken: int, largest: int) -> int:
    """Count the seats that are free; a group that is too full has none."""
    return max(largest - taken, 0)


def may_enter(kind: str, *, position_of_next: int, late_until: int | None) -> bool:
    """Tell whether a new man may still come in: always in an open group, early in a closed one."""
    return kind == "open" or position_of_next <= (late_until or 1)


def absence_step(run: int, absence: Absence | None) -> Step:
    """Say what so many missed meetings in a row ask for: a call, a talk, a review of risk."""
    if run <= 0 or absence is None:
        return "none"
    steps: tuple[tuple[Step, int | None], ...] = (
        ("review", absence.review_after.value if absence.review_after else None),
        ("talk", absence.talk_after.value if absence.talk_after else None),
        ("call", absence.call_after.value if absence.call_after else absence.quiet_after.value),
    )
    return next((step for step, after in steps if after is not None and run >= after), "none")


def place_in_line(waiting: Sequence[object], one: object) -> int:
    """Return somebody's place in a line, counted from 1."""
    return list(waiting).index(one) + 1
