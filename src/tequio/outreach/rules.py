"""Pure decisions: who has to be called, when, and what a run of absences asks for.

Days and hours here are ours; the steps come from the model of intervention (ADR 0062).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

# A call reaches him while the evening is still near: one day after, two at most.
FIRST_DAY: Final = timedelta(days=1)
LAST_DAY: Final = timedelta(days=2)
# Older than this a call is no answer to an absence any more: the run keeps counting.
WITHIN: Final = timedelta(days=21)
# How far back a run of absences is followed, and so how long an emergency is remembered.
FOLLOWED: Final = timedelta(weeks=16)
TRIES: Final = 3
_OPENS, _CLOSES = 9, 20
_SUNDAY, _SUNDAY_OPENS = 6, 10
# No model said it: first a call, then a talk, then a review.
DEFAULT_STEPS: Final = (("review", 3), ("talk", 2), ("call", 1))

NOT_REACHED: Final = frozenset({"no_answer", "wrong_number"})
_CAME: Final = frozenset({"present", "late"})


class Met(Protocol):
    """A meeting as these rules see it."""

    @property
    def session_id(self) -> UUID: ...
    @property
    def on(self) -> date: ...
    @property
    def status(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Run:
    """Meetings missed in a row until now, the oldest first, and those that do not count."""

    counted: tuple[Met, ...]
    forgiven: tuple[Met, ...]
    # He let the team know after the last of them.
    told: bool
    ever_came: bool

    @property
    def last(self) -> Met | None:
        """The last meeting that he missed, counted or not."""
        both = sorted((*self.counted, *self.forgiven), key=lambda met: met.on)
        return both[-1] if both else None


def run(meetings: Sequence[Met], *, forgiven: Callable[[date], bool]) -> Run:
    """Follow his absences back from the last meeting to the last one that he came to.

    Who let the team know, and a meeting that nobody recorded, neither add to a run nor end it.
    """
    counted: list[Met] = []
    excused: list[Met] = []
    told = False
    for met in reversed(meetings):
        if met.status in _CAME:
            break
        if met.status == "excused":
            told = told or not (counted or excused)
        elif met.status == "absent":
            (excused if forgiven(met.on) else counted).append(met)
    return Run(
        counted=tuple(reversed(counted)),
        forgiven=tuple(reversed(excused)),
        told=told,
        ever_came=any(met.status in _CAME for met in meetings),
    )


def step_of(missed: int, steps: Sequence[tuple[str, int]] = DEFAULT_STEPS) -> str:
    """Return what so many absences in a row ask for; nothing for none."""
    return next((step for step, after in steps if missed >= after), "")


@dataclass(frozen=True, slots=True)
class Tried:
    """What the last call about this absence left open."""

    next_on: date | None
    tries: int


@dataclass(frozen=True, slots=True)
class Due:
    """From when until when somebody has to call."""

    first: date
    last: date
    tries: int = 0

    def now(self, day: date) -> bool:
        """Whether the day has come."""
        return self.first <= day

    def late(self, day: date) -> bool:
        """Whether the last day has passed."""
        return self.last < day


def due(missed_on: date, tried: Tried | None) -> Due | None:
    """Return when to call about an absence; None where he was reached or all was tried."""
    if tried is None:
        return Due(missed_on + FIRST_DAY, missed_on + LAST_DAY)
    if tried.next_on is None:
        return None
    return Due(tried.next_on, tried.next_on, tried.tries)


def next_try(outcome: str, *, tries: int, day: date) -> date | None:
    """Return when to try again after this call: the next day while nobody answers, three times."""
    if outcome != "no_answer" or tries >= TRIES:
        return None
    return day + timedelta(days=1)


def opening_hours(day: date) -> tuple[int, int]:
    """Return from which hour until which one men are called on that day."""
    return (_SUNDAY_OPENS if day.weekday() == _SUNDAY else _OPENS, _CLOSES)


def may_call_at(local: datetime) -> bool:
    """Tell whether it is an hour at which a telephone may ring in somebody's home."""
    first, last = opening_hours(local.date())
    return first <= local.hour < last


_WEIGHT: Final = {"review": 0, "care": 1, "talk": 2, "call": 3}


def urgency(step: str, due_by: date) -> tuple[date, int]:
    """Return a key that puts first what is longest overdue, then the later step."""
    return due_by, _WEIGHT.get(step, len(_WEIGHT))


@dataclass(frozen=True, slots=True)
class Window:
    """Days on which absences at a site do not count."""

    site_id: UUID | None
    first: date
    last: date

    def covers(self, site_id: UUID, on: date) -> bool:
        """Whether a meeting of that site on that day lies in it."""
        return self.site_id in (None, site_id) and self.first <= on <= self.last
