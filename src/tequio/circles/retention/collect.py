"""Reads the marks of some groups into the array that `evidencia` takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from evidencia import ABSENT, NOT_EXPECTED, PRESENT, UNKNOWN, AttendanceMatrix
from tequio.circles.models import Attendance, Group, Membership, Session

_CODES = {"present": PRESENT, "late": PRESENT, "absent": ABSENT, "excused": ABSENT}


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the matrix: a man's place in one group."""

    membership_id: UUID
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
    running: frozenset[UUID]


def collect(groups: Sequence[Group], *, today: date) -> Collected:
    """Read the marks of these groups (three queries, whatever their size)."""
    sessions = list(
        Session.objects.filter(group__in=groups)
        .order_by("group_id", "position")
        .only(
            "group_id",
            "position",
            "number_from",
            "number_to",
            "label",
            "state",
            "planned_on",
            "unattributed",
        )
    )
    held: dict[UUID, list[Session]] = {group.pk: [] for group in groups}
    for session in sessions:
        if session.state == Session.State.HELD:
            held[session.group_id].append(session)
    places = list(
        Membership.objects.filter(group__in=groups)
        .order_by("group_id", "participant__alias_key", "participant__folio")
        .select_related("participant")
    )
    marks = _marks(groups, places, held)
    states = [session.state for session in sessions]
    planned = [session for session in sessions if session.state == Session.State.PLANNED]
    to_come = [s for s in planned if s.planned_on is not None and s.planned_on >= today]
    names = {group.pk: group.name for group in groups}
    return Collected(
        matrix=AttendanceMatrix(
            marks=marks,
            weights=_weights(list(held.values()), marks.shape[1]),
            unattributed=_unattributed(list(held.values()), marks.shape[1]),
        ),
        places=tuple(_place(place, names) for place in places),
        columns=_columns(list(held.values()), marks.shape[1]),
        n_groups=len(groups),
        sessions_held=states.count("held"),
        sessions_not_held=states.count("not_held"),
        sessions_pending=len(planned) - len(to_come),
        sessions_to_come=len(to_come),
        running=frozenset(session.group_id for session in planned),
    )


def _place(place: Membership, names: dict[UUID, str]) -> Place:
    return Place(
        membership_id=place.pk,
        folio=place.participant.folio,
        alias=place.participant.alias,
        group_name=names[place.group_id],
        group_id=place.group_id,
        over=place.ended_on is not None,
    )


def _marks(
    groups: Sequence[Group], places: Sequence[Membership], held: dict[UUID, list[Session]]
) -> NDArray[np.int8]:
    width = max((len(sessions) for sessions in held.values()), default=0)
    marks = np.full((len(places), width), NOT_EXPECTED, dtype=np.int8)
    gap = {g.pk: ABSENT if g.gaps == Group.Gaps.ABSENT else UNKNOWN for g in groups}
    column = {s.pk: k for sessions in held.values() for k, s in enumerate(sessions)}
    row = {place.pk: i for i, place in enumerate(places)}
    for i, place in enumerate(places):
        for k, session in enumerate(held[place.group_id]):
            if _expected(place, session):
                marks[i, k] = gap[place.group_id]
    recorded = Attendance.objects.filter(session__group__in=groups, session__state="held")
    for membership_id, session_id, status in recorded.values_list(
        "membership_id", "session_id", "status"
    ):
        if marks[row[membership_id], column[session_id]] != NOT_EXPECTED:
            marks[row[membership_id], column[session_id]] = _CODES[status]
    return marks


def _expected(place: Membership, session: Session) -> bool:
    ended = place.ended_at_session
    return session.position >= place.joined_at_session and (
        ended is None or session.position <= ended
    )


def _weights(held: list[list[Session]], width: int) -> NDArray[np.int64]:
    # Several groups need not cover the same sessions in their third meeting: then each counts 1.
    if len(held) == 1:
        return np.array([session.covers for session in held[0]], dtype=np.int64)
    return np.ones(width, dtype=np.int64)


def _unattributed(held: list[list[Session]], width: int) -> NDArray[np.int64] | None:
    counts = np.zeros(width, dtype=np.int64)
    for sessions in held:
        for k, session in enumerate(sessions):
            counts[k] += session.unattributed
    return counts if counts.any() else None


def _columns(held: list[list[Session]], width: int) -> tuple[str, ...]:
    if len(held) == 1:
        return tuple(session.label or str(session.position) for session in held[0])
    return tuple(str(k + 1) for k in range(width))
