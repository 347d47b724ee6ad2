"""Of the men who began, how many were there at each of their own sessions: sums, no man among them.

It is not the share of those who still had a place: who left is asked about as well, and is not
there. Sessions that were not held, or have not come yet, ask about nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from tequio.circles.models import Group
from tequio.circles.retention.collect import Facts, Records

_THERE = {"present", "late"}


@dataclass(frozen=True, slots=True)
class Tally:
    """Of those asked about on a day, how many it was so for; `missing` nobody wrote down."""

    group: UUID
    on: date
    # Which of his own sessions it was for the men counted; 0 where nobody's session is meant.
    number: int
    yes: int
    asked: int
    missing: int


def present_by_session(records: Records, groups: Sequence[Facts]) -> tuple[Tally, ...]:
    """Count, group by group and session by session, who was there; sessions without a day are out.

    A mark of presence without a name may be that of anybody marked absent: so many of them are
    counted as missing.
    """
    gap_is_absence = {facts.pk: facts.gaps == Group.Gaps.ABSENT for facts in groups}
    held = {
        (one.group, one.position): Meeting(one.key, one.planned_on, one.unattributed)
        for one in records.sessions
        if one.state == "held" and one.planned_on and one.group in gap_is_absence
    }
    last: dict[UUID, int] = defaultdict(int)
    for group, position in held:
        last[group] = max(last[group], position)
    counts: dict[tuple[UUID, int, int], Counter[str]] = defaultdict(Counter)
    marks = {(of, at): status for of, at, status in records.marks}
    for (group, _folio), stays in _stays(records, gap_is_absence).items():
        first = min(joined for _key, joined, _ended in stays)
        for position in range(first, last[group] + 1):
            session = held.get((group, position))
            if session is not None:
                status = _status(stays, position, session.key, marks, gap_is_absence[group])
                counts[group, position, position - first + 1][status] += 1
    return tuple(_tallies(counts, held))


class Meeting(NamedTuple):
    """What is needed of a session that was held."""

    key: str
    on: date
    unattributed: int


Stays = list[tuple[str, int, int | None]]


def _stays(records: Records, wanted: dict[UUID, bool]) -> dict[tuple[UUID, str], Stays]:
    stays: dict[tuple[UUID, str], Stays] = defaultdict(list)
    for row in records.rows:
        if row.group in wanted:
            stays[row.group, row.folio].append((row.key, row.joined_at, row.ended_at))
    return stays


def _status(
    stays: Stays, position: int, session: str, marks: dict[tuple[str, str], str], gap: bool
) -> str:
    """Tell how a man stood in one session: there, not there, gone, or nobody knows."""
    expected = [key for key, joined, ended in stays if joined <= position <= (ended or position)]
    if not expected:
        return "gone"
    written = next((marks[key, session] for key in expected if (key, session) in marks), "")
    if written:
        return "there" if written in _THERE else "absent"
    return "absent" if gap else "unknown"


def _tallies(
    counts: dict[tuple[UUID, int, int], Counter[str]], held: dict[tuple[UUID, int], Meeting]
) -> list[Tally]:
    nameless = {at: session.unattributed for at, session in held.items()}
    found = []
    for (group, position, number), count in sorted(counts.items(), key=lambda one: str(one[0])):
        someone = min(nameless[group, position], count["absent"])
        nameless[group, position] -= someone
        found.append(
            Tally(
                group=group,
                on=held[group, position].on,
                number=number,
                yes=count["there"],
                asked=count.total(),
                missing=count["unknown"] + someone,
            )
        )
    return found
