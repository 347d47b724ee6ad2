"""Reads the marks of some groups into the array that `evidencia` takes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import CharField
from django.db.models.functions import Cast
from numpy.typing import NDArray

from evidencia import ABSENT, NOT_EXPECTED, PRESENT, UNKNOWN, AttendanceMatrix
from tequio.circles.models import Attendance, Group, Membership, Session

_CODES = {"present": PRESENT, "late": PRESENT, "absent": ABSENT, "excused": ABSENT}


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the matrix: a man's place in one group."""

    key: str
    folio: str
    alias: str
    group_name: str
    group_id: UUID
    over: bool


@dataclass(frozen=True, slots=True)
class Collected:
    """The matrix, and what its rows and columns are.

    Attributes
    ----------
    columns
        One label per meeting held: its own where there is one group, its number where there
        are several (the third meeting of each group is one column).
    sessions_held, sessions_not_held, sessions_pending, sessions_to_come
        Meetings by state; pending ones have passed and nobody said what became of them.
    sessions_undated
        Meetings held whose day nobody knows: their order is the register's, or a guess.
    running
        Keys of the groups that still have meetings planned: what is counted of them is so far.
    """

    matrix: AttendanceMatrix
    places: tuple[Place, ...]
    columns: tuple[str, ...]
    n_groups: int
    sessions_held: int
    sessions_not_held: int
    sessions_pending: int
    sessions_to_come: int
    sessions_undated: int
    running: frozenset[UUID]


class Facts(NamedTuple):
    """What a report takes from a group's own row. All that it takes is compared: see `report`."""

    pk: UUID
    name: str
    gaps: str
    model_slug: str


@dataclass(frozen=True, slots=True)
class Records:
    """What was written about some groups, as it was read: of one reading come several matrices."""

    sessions: tuple[_Session, ...]
    rows: tuple[_Row, ...]
    marks: tuple[tuple[str, str, str], ...]

    def stamp(self) -> bytes:
        """Return what tells these marks from any others, without keeping thousands of them."""
        return hashlib.sha256("\n".join(map(" ".join, self.marks)).encode()).digest()


def read(groups: Sequence[Group]) -> Records:
    """Read sessions, places and marks of these groups: three queries, whatever their size."""
    recorded = Attendance.objects.filter(session__group__in=groups, session__state="held")
    keys = recorded.annotate(of=_text("membership_id"), at=_text("session_id"))
    return Records(
        sessions=tuple(_sessions(groups)),
        rows=tuple(_places(groups)),
        marks=tuple(keys.values_list("of", "at", "status")),
    )


def collect(records: Records, groups: Sequence[Facts], *, today: date) -> Collected:
    """Return the matrix of these groups, which are all or some of those that were read."""
    wanted = {group.pk: group for group in groups}
    held: dict[UUID, list[_Session]] = {key: [] for key in wanted}
    sessions = [session for session in records.sessions if session.group in wanted]
    for session in sessions:
        if session.state == Session.State.HELD:
            held[session.group].append(session)
    rows = _men([row for row in records.rows if row.group in wanted])
    marks = _marks(records, rows, wanted, held)
    states = [session.state for session in sessions]
    planned = [session for session in sessions if session.state == Session.State.PLANNED]
    to_come = [s for s in planned if s.planned_on is not None and s.planned_on >= today]
    meetings = list(held.values())
    return Collected(
        matrix=AttendanceMatrix(
            marks=marks,
            weights=_weights(meetings, marks.shape[1]),
            unattributed=_unattributed(meetings, marks.shape[1]),
        ),
        places=tuple(
            Place(r.key, r.folio, r.alias, wanted[r.group].name, r.group, r.over) for r in rows
        ),
        columns=_columns(meetings, marks.shape[1]),
        n_groups=len(groups),
        sessions_held=states.count("held"),
        sessions_not_held=states.count("not_held"),
        sessions_pending=len(planned) - len(to_come),
        sessions_to_come=len(to_come),
        sessions_undated=sum(s.state == "held" and s.planned_on is None for s in sessions),
        running=frozenset(session.group for session in planned),
    )


class _Session(NamedTuple):
    key: str
    group: UUID
    position: int
    number_from: int
    number_to: int
    label: str
    state: str
    planned_on: date | None
    unattributed: int

    @property
    def covers(self) -> int:
        return self.number_to - self.number_from + 1


class _Row(NamedTuple):
    key: str
    group: UUID
    folio: str
    alias: str
    joined_at: int
    ended_at: int | None


class _Man(NamedTuple):
    """A man in one group: one row, also where he left and came back."""

    group: UUID
    folio: str
    alias: str
    stays: tuple[_Row, ...]

    @property
    def key(self) -> str:
        return self.stays[-1].key

    @property
    def over(self) -> bool:
        return self.stays[-1].ended_at is not None


def _men(rows: Sequence[_Row]) -> list[_Man]:
    stays: dict[tuple[UUID, str], list[_Row]] = {}
    for row in rows:
        stays.setdefault((row.group, row.folio), []).append(row)
    return [
        _Man(his[0].group, his[0].folio, his[0].alias, tuple(sorted(his, key=_joined)))
        for his in stays.values()
    ]


def _joined(row: _Row) -> int:
    return row.joined_at


def _text(name: str) -> Cast:
    """Return a key as text: making thousands of UUID objects takes longer than reading them."""
    return Cast(name, CharField())


def _sessions(groups: Sequence[Group]) -> Iterable[_Session]:
    found = Session.objects.filter(group__in=groups).order_by("group_id", "position")
    rows = found.annotate(key=_text("pk")).values_list(
        "key",
        "group_id",
        "position",
        "number_from",
        "number_to",
        "label",
        "state",
        "planned_on",
        "unattributed",
    )
    return map(_Session._make, rows)


def _places(groups: Sequence[Group]) -> Iterable[_Row]:
    # Who made up a session here is counted in his own group.
    found = Membership.objects.filter(group__in=groups, visit=False).order_by(
        "group_id", "participant__alias_key", "participant__folio"
    )
    rows = found.annotate(key=_text("pk")).values_list(
        "key",
        "group_id",
        "participant__folio",
        "participant__alias",
        "joined_at_session",
        "ended_at_session",
    )
    return map(_Row._make, rows)


def _marks(
    records: Records,
    rows: Sequence[_Man],
    groups: Mapping[UUID, Facts],
    held: Mapping[UUID, Sequence[_Session]],
) -> NDArray[np.int8]:
    width = max((len(sessions) for sessions in held.values()), default=0)
    marks = np.full((len(rows), width), NOT_EXPECTED, dtype=np.int8)
    gap = {k: ABSENT if g.gaps == Group.Gaps.ABSENT else UNKNOWN for k, g in groups.items()}
    positions = {
        k: np.array([s.position for s in sessions], dtype=np.int64) for k, sessions in held.items()
    }
    for i, row in enumerate(rows):
        at = positions[row.group]
        expected = np.zeros(at.size, dtype=bool)
        for stay in row.stays:  # The rule of rules.expected_at, a whole row at once.
            expected |= (at >= stay.joined_at) & (stay.ended_at is None or at <= stay.ended_at)
        marks[i, : at.size][expected] = gap[row.group]
    column = {s.key: k for sessions in held.values() for k, s in enumerate(sessions)}
    row_of = {stay.key: i for i, row in enumerate(rows) for stay in row.stays}
    found = [
        (row_of[membership], column[session], _CODES[status])
        for membership, session, status in records.marks
        if membership in row_of and session in column
    ]
    if found:
        at_row, at_column, code = np.array(found).T
        # A mark of a meeting where he was not expected stays written and is not counted.
        counts = marks[at_row, at_column] != NOT_EXPECTED
        marks[at_row[counts], at_column[counts]] = code[counts]
    return marks


def _weights(held: list[list[_Session]], width: int) -> NDArray[np.int64]:
    # Several groups need not cover the same sessions in their third meeting: then each counts 1.
    if len(held) == 1:
        return np.array([session.covers for session in held[0]], dtype=np.int64)
    return np.ones(width, dtype=np.int64)


def _unattributed(held: list[list[_Session]], width: int) -> NDArray[np.int64] | None:
    counts = np.zeros(width, dtype=np.int64)
    for sessions in held:
        for k, session in enumerate(sessions):
            counts[k] += session.unattributed
    return counts if counts.any() else None


def _columns(held: list[list[_Session]], width: int) -> tuple[str, ...]:
    if len(held) == 1:
        return tuple(session.label or str(session.position) for session in held[0])
    return tuple(str(k + 1) for k in range(width))
