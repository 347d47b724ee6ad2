"""Among whom costs are divided: sessions held, seats, men who entered, men who reached a dose.

All of it comes from what the groups wrote already; nothing is asked again for the costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from evidencia.dosage import dose
from evidencia.thresholds import required_sessions, share_reaching
from evidencia.words import Refusal
from tequio.circles.models import Group, Session
from tequio.circles.retention.collect import Facts, Records, collect

_CAME = ("present", "late")


@dataclass(frozen=True, slots=True)
class Circle:
    """What is needed of a group's own row."""

    group: UUID
    name: str
    site: UUID
    edition: UUID
    largest: int
    facts: Facts


@dataclass(slots=True)
class Year:
    """One group in one year."""

    sessions: int = 0
    # Their day passed and nobody said what became of them.
    pending: int = 0
    offered: int = 0
    used: int = 0
    unrecorded: int = 0
    entrants: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Counted:
    """Every group by year, and what belongs to no year because nobody wrote the day."""

    by_year: Mapping[tuple[UUID, int], Year]
    undated_sessions: Mapping[UUID, int]
    undated_entrants: Mapping[UUID, int]
    # Groups with no meeting to come, by the year of the last that they held.
    ended_in: Mapping[UUID, int]

    def of(self, group: UUID, year: int) -> Year:
        """Return one group in one year; zeros where it did nothing."""
        return self.by_year.get((group, year), Year())

    def years_of(self, groups: Iterable[UUID]) -> set[int]:
        """Return the years in which any of these groups met."""
        wanted = set(groups)
        return {y for (g, y), found in self.by_year.items() if g in wanted and found.sessions}


@dataclass(frozen=True, slots=True)
class Reached:
    """Men of groups that ended who came to more than a part of what was held for them."""

    men: int
    of: int
    # Marks that nobody made leave these open.
    missing: int
    groups: int


def count(
    records: Records,
    circles: Sequence[Circle],
    visits: Mapping[tuple[UUID, int], int],
    *,
    today: date,
) -> Counted:
    """Count meetings, seats and men of each group and year."""
    known = {circle.group: circle for circle in circles}
    years: dict[tuple[UUID, int], Year] = {}
    undated: dict[UUID, int] = {}
    held: dict[str, tuple[UUID, int, int]] = {}
    days: dict[tuple[UUID, int], date | None] = {}
    for one in records.sessions:
        days[one.group, one.position] = one.planned_on
        if one.planned_on is None:
            undated[one.group] = undated.get(one.group, 0) + (one.state == Session.State.HELD)
            continue
        here = years.setdefault((one.group, one.planned_on.year), Year())
        if one.state == Session.State.HELD:
            held[one.key] = (one.group, one.position, one.planned_on.year)
            here.sessions += 1
            here.offered += known[one.group].largest
            here.used += one.unattributed
        elif one.state == Session.State.PLANNED and one.planned_on < today:
            here.pending += 1
    _seats(records, known, years, held)
    for key, seats in visits.items():
        years.setdefault(key, Year()).used += seats
    return Counted(years, undated, _entrants(records, days, years), _ended(records))


def _seats(
    records: Records,
    known: Mapping[UUID, Circle],
    years: Mapping[tuple[UUID, int], Year],
    held: Mapping[str, tuple[UUID, int, int]],
) -> None:
    """Write which seats were used, and of which nobody wrote whether they were."""
    marked: dict[str, dict[str, str]] = {}
    for place, session, status in records.marks:
        marked.setdefault(session, {})[place] = status
    by_group: dict[UUID, list[tuple[str, int, int | None]]] = {}
    for row in records.rows:
        by_group.setdefault(row.group, []).append((row.key, row.joined_at, row.ended_at))
    for session, (group, position, year) in held.items():
        marks, here = marked.get(session, {}), years[group, year]
        gap_is_known = known[group].facts.gaps == Group.Gaps.ABSENT
        for key, joined, ended in by_group.get(group, ()):
            if joined <= position and (ended is None or position <= ended):
                here.used += marks.get(key) in _CAME
                here.unrecorded += key not in marks and not gap_is_known


def _entrants(
    records: Records,
    days: Mapping[tuple[UUID, int], date | None],
    years: dict[tuple[UUID, int], Year],
) -> dict[UUID, int]:
    """Write each man into the year of his first meeting; who left and came back entered once."""
    first: dict[tuple[UUID, str], int] = {}
    for row in records.rows:
        key = (row.group, row.folio)
        first[key] = min(row.joined_at, first.get(key, row.joined_at))
    undated: dict[UUID, int] = {}
    for (group, folio), position in first.items():
        on = days.get((group, position))
        if on is None:
            undated[group] = undated.get(group, 0) + 1
        else:
            years.setdefault((group, on.year), Year()).entrants.add(folio)
    return undated


def _ended(records: Records) -> dict[UUID, int]:
    running = {s.group for s in records.sessions if s.state == Session.State.PLANNED}
    ended: dict[UUID, int] = {}
    for one in records.sessions:
        if one.state == Session.State.HELD and one.planned_on and one.group not in running:
            ended[one.group] = max(one.planned_on.year, ended.get(one.group, 0))
    return ended


def reached(records: Records, circles: Sequence[Circle], percent: int, *, today: date) -> Reached:
    """Count who came to more than `percent` of what was held while he was expected."""
    if not circles:
        return Reached(0, 0, 0, 0)
    matrix = collect(records, [circle.facts for circle in circles], today=today).matrix
    if not matrix.n_people:
        return Reached(0, 0, 0, len(circles))
    needed = required_sessions(dose(matrix).expected_sessions, percent, strict=True)
    try:
        found = share_reaching(matrix, needed)
    except Refusal:
        return Reached(0, 0, 0, len(circles))
    return Reached(found.numerator, found.denominator, found.missing, len(circles))
