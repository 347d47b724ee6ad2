"""Pure decisions about sessions and attendance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

PRESENT_CODES = frozenset({"present", "late"})


def may_be_marked(*, planned_on: date | None, today: date, state: str) -> bool:
    """Tell whether attendance can be taken: not before the day, not where there was no meeting."""
    if state == "not_held":
        return False
    return state == "held" or planned_on is None or planned_on <= today


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of those expected came, by status. The statuses add up to `expected`."""

    expected: int
    present: int
    late: int
    absent: int
    excused: int

    @property
    def came(self) -> int:
        """Those who came, in time or late."""
        return self.present + self.late

    @property
    def unrecorded(self) -> int:
        """Those of whom nobody has recorded anything yet."""
        return self.expected - self.came - self.absent - self.excused


def count(statuses: Iterable[str], *, expected: int) -> Counts:
    """Count the recorded statuses of a session."""
    seen = list(statuses)
    return Counts(expected, *(seen.count(s) for s in ("present", "late", "absent", "excused")))


def expected_at(position: int, *, joined_at: int, ended_at: int | None) -> bool:
    """Tell whether a man is expected at the meeting of that position."""
    return position >= joined_at and (ended_at is None or position <= ended_at)


def initials(alias: str) -> str:
    """Return the two letters that stand on a seat."""
    words = alias.split()
    if len(words) > 1:
        return (words[0][0] + words[-1][0]).upper()
    return alias[:1].upper() + alias[1:2].lower()


def around(men: int, facilitators: int) -> list[int]:
    """Return each man's seat in the ring: one facilitator at the top, the others across."""
    top, across = min(facilitators, 1), max(facilitators - 1, 0)
    half = (men + 1) // 2
    return [top + i if i < half else top + i + across for i in range(men)]
