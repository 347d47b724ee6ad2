"""Where and when men's groups meet, so that women's groups meet elsewhere.

The room of circles registers the answer when the house starts. It reads, writes nothing, and is
not told who asks or why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from tequio.core.text import fold

# Closer than this, he may be on the stairs when she arrives.
APART: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One men's group by the week: Monday is 0."""

    name: str
    place: str
    weekday: int
    starts_at: time


Asks = Callable[[UUID], list[Meeting]]


@dataclass(slots=True)
class _Registered:
    asks: Asks | None = None


_here = _Registered()


def register(asks: Asks) -> None:
    """Answer from now on."""
    _here.asks = asks


def meetings(organisation_id: UUID) -> list[Meeting]:
    """Return the groups that meet by the week; none where no room of men is installed."""
    return _here.asks(organisation_id) if _here.asks else []


def clashes(organisation_id: UUID, *, place: str, weekday: int, starts_at: time) -> list[Meeting]:
    """Return the men's groups at the same place, on the same day, within two hours."""
    return [
        meeting
        for meeting in meetings(organisation_id)
        if meeting.weekday == weekday
        and fold(meeting.place) == fold(place)
        and abs(_on_a_day(meeting.starts_at) - _on_a_day(starts_at)) < APART
    ]


def _on_a_day(at: time) -> datetime:
    return datetime(2026, 1, 1, at.hour, at.minute)  # noqa: DTZ001 -- only the difference counts
