"""Reads the marks of some groups into the array that `evidencia` takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Replace
from numpy.typing import NDArray

from evidencia import ABSENT, NOT_EXPECTED, PRESENT, UNKNOWN, AttendanceMatrix
from tequio.circles.models import Attendance, Group, Membership, Session
from tequio.circles.rules import expected_at

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


def collect(groups: Sequence[Group], *, today: date) -> Collected:
    """Read the marks of these groups (three queries, whatever their size)."""
    sessions = _sessions(groups)
    held: dict[str, list[_Session]] = {group.pk.hex: [] for group in groups}
    for session in sessions:
        if session.state == Session.State.HELD:
            held[session.group].append(session)
    names = {group.pk.hex: group.name for group in groups}
    rows = _places(groups)
    marks = _marks(groups, rows, held)
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
            Place(row.key, row.folio, row.alias, names[row.group], UUID(row.group), row.over)
            for row in rows
        ),
        columns=_columns(meetings, marks.shape[1]),
        n_groups=len(groups),
        sessions_held=states.count("held"),
        sessions_not_held=states.count("not_held"),
        sessions_pending=len(planned) - len(to_come),
        sessions_to_come=len(to_come),
        sessions_undated=sum(s.state == "held" and s.planned_on is None for s in sessions),
        running=frozenset(UUID(session.group) for session in planned),
    )


class _Session(NamedTuple):
    key: str
    group: str
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
    group: str
    folio: str
    alias: str
    joined_at: int
    ended_at: int | None

    @property
    def over(self) -> bool:
        return self.ended_at is not None


def _hex(name: str) -> Replace:
    """Return a key as text: making thousands of UUID objects takes longer than reading them."""
    return Replace(Cast(name, CharField()), Value("-"), Value(""))


def _sessions(groups: Sequence[Group]) -> list[_Session]:
    found = Session.objects.filter(group__in=groups).order_by("group_id", "position")
    rows = found.annotate(key=_hex("pk"), of=_hex("group_id")).values_list(
        "key",
        "of",
        "position",
        "number_from",
        "number_to",
        "label",
        "state",
        "planned_on",
        "unattributed",
    )
    return list(map(_Session._make, rows))


def _places(groups: Sequence[Group]) -> list[_Row]:
    found = Membership.objects.filter(group__in=groups).order_by(
        "group_id", "participant__alias_key", "participant__folio"
    )
    rows = found.annotate(key=_hex("pk"), of=_hex("group_id")).values_list(
        "key",
        "of",
        "participant__folio",
        "participant__alias",
        "joined_at_session",
        "ended_at_session",
    )
    return list(map(_Row._make, rows))


def _marks(
    groups: Sequence[Group], rows: Sequence[_Row], held: dict[str, list[_Session]]
) -> NDArray[np.int8]:
    width = max((len(sessions) for sessions in held.values()), default=0)
    marks = np.full((len(rows), width), NOT_EXPECTED, dtype=np.int8)
    gap = {g.pk.hex: ABSENT if g.gaps == Group.Gaps.ABSENT else UNKNOWN for g in groups}
    column = {s.key: k for sessions in held.values() for k, s in enumerate(sessions)}
    row_of = {row.key: i for i, row in enumerate(rows)}
    for i, row in enumerate(rows):
        for k, session in enumerate(held[row.group]):
            if expected_at(session.position, joined_at=row.joined_at, ended_at=row.ended_at):
                marks[i, k] = gap[row.group]
    recorded = Attendance.objects.filter(session__group__in=groups, session__state="held")
    keys = recorded.annotate(of=_hex("membership_id"), at=_hex("session_id"))
    for membership, session_key, status in keys.values_list("of", "at", "status"):
        cell = row_of[membership], column[session_key]
        if marks[cell] != NOT_EXPECTED:
            marks[cell] = _CODES[status]
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
