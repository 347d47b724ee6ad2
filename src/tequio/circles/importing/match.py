"""Which meeting of a file is which session that a group already has, and where new ones stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tequio.circles.importing.parts import Meeting
from tequio.circles.models import Session
from tequio.core.text import fold


@dataclass(frozen=True, slots=True)
class Known:
    """A session that the group already has."""

    id: UUID
    position: int
    number_from: int
    number_to: int
    label: str
    on: date | None
    may_move: bool
    to_come: bool


def known(session: Session, today: date) -> Known:
    """Return a group's session as what is compared."""
    return Known(
        id=session.pk,
        position=session.position,
        number_from=session.number_from,
        number_to=session.number_to,
        label=session.label,
        on=session.planned_on,
        may_move=session.state == Session.State.PLANNED,
        to_come=session.planned_on is not None and session.planned_on > today,
    )


def match(meetings: Sequence[Meeting], there: Sequence[Known]) -> dict[int, Known]:
    """Return the session of each meeting that the group already has, by the meeting's index.

    The same date is the same session; then the same title; then the same number. Neither of these
    outweighs two dates that differ, except where the session was only planned. Nobody has come
    to a session whose day is still to come: marks without a date never go to one.
    """
    found: dict[int, Known] = {}
    free = list(there)
    for same in (_same_date, _same_title, _same_number):
        for meeting in meetings:
            if meeting.index in found:
                continue
            twin = next((session for session in free if same(meeting, session)), None)
            if twin is not None:
                found[meeting.index] = twin
                free.remove(twin)
    return found


def _same_date(meeting: Meeting, session: Known) -> bool:
    return meeting.on is not None and meeting.on == session.on


def _same_title(meeting: Meeting, session: Known) -> bool:
    titled = bool(session.label) and fold(session.label) == fold(meeting.title)
    return titled and _dates_agree(meeting, session)


def _same_number(meeting: Meeting, session: Known) -> bool:
    """A session without title is just the second one; «Módulo 2» is not «Taller 2»."""
    label = meeting.planned.label
    if not label.numbered or session.label:
        return False
    numbers = (label.first, label.last or label.first)
    return numbers == (session.number_from, session.number_to) and _dates_agree(meeting, session)


def _dates_agree(meeting: Meeting, session: Known) -> bool:
    if meeting.on is None:
        return not (meeting.marked and session.to_come)
    return session.on is None or session.may_move


def free_numbers(
    meetings: Sequence[Meeting], taken: Sequence[tuple[int, int]]
) -> Mapping[int, tuple[int, int]]:
    """Return the programme's sessions that new meetings cover, beside those already there."""
    spans = list(taken)
    last = max((end for _start, end in spans), default=0)
    result: dict[int, tuple[int, int]] = {}
    for meeting in meetings:
        wanted = (meeting.number_from, meeting.number_to)
        titled = not taken or meeting.planned.label.numbered
        if not titled or any(a <= wanted[1] and wanted[0] <= b for a, b in spans):
            wanted = (last + 1, last + meeting.planned.weight)
        spans.append(wanted)
        last = max(last, wanted[1])
        result[meeting.index] = wanted
    return result


def in_order(sessions: Sequence[tuple[UUID, date | None]]) -> list[UUID]:
    """Return sessions by date where all have one; otherwise as they stand, the new ones last."""
    if all(on for _key, on in sessions):
        return [key for key, _on in sorted(sessions, key=lambda one: str(one[1]))]
    return [key for key, _on in sessions]


def place_after(position: int, moved: Mapping[int, int]) -> int:
    """Return from which meeting a man is expected after the meetings have moved."""
    later = [old for old in moved if old >= position]
    return moved[min(later)] if later else max(moved.values(), default=0) + 1


def place_before(position: int, moved: Mapping[int, int]) -> int:
    """Return up to which meeting a man is expected after the meetings have moved."""
    earlier = [old for old in moved if old <= position]
    return moved[max(earlier)] if earlier else 0
