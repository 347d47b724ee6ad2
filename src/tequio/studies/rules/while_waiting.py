"""When a man who was drawn to wait is asked: beside those who begin, until he has his own seat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from tequio.instruments.rules.waves import Moment, Way

# They ask how it went here, and what he passed on of what he learns here.
NEVER: Final = ("satisfaccion", "transmision")
_A_DAY: Final = timedelta(days=1)


def beside(
    began: Iterable[Mapping[int, date]], *, drawn_on: date, planned: int, every_days: int
) -> Way:
    """Return the days by which he is asked: the earliest of those who begin, session by session.

    Where none of them has a day yet they are counted on from the draw.
    """
    days: dict[int, date] = {}
    for one in began:
        for number, on in one.items():
            days[number] = min(on, days.get(number, on))
    sessions = [days.get(n) for n in range(1, max(days) + 1)] if days else [drawn_on]
    return Way(sessions=sessions, planned=planned, every_days=every_days)


def until_seated(
    found: Iterable[Moment], *, drawn_on: date, seat_on: date | None
) -> Iterator[Moment]:
    """Yield what is asked between the draw and the day before his seat; then begins his own way."""
    for moment in found:
        if moment.wave.every_days is not None:
            continue  # nothing is maintained yet
        opens, closes = max(moment.opens_on, drawn_on), moment.closes_on
        if seat_on is not None:
            closes = min(closes, seat_on - _A_DAY)
        if opens <= closes:
            yield replace(moment, opens_on=opens, closes_on=closes)
