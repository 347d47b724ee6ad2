"""What a study asks of a day: which step of a lottery, or which release, somebody has to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tequio.studies.rules.calendar import Due

# Ours: so long before its day a step is announced, so that nobody is surprised by it.
SOON: Final = timedelta(days=7)
AHEAD: Final = timedelta(days=14)
# A promise that was not kept is said for so long; then the waiting list alone says who waits.
AFTERWARDS: Final = timedelta(days=28)
_A_DAY: Final = timedelta(days=1)


class What(StrEnum):
    """What there is to do."""

    CLOSES_SOON = "closes_soon"
    CLOSE = "close"
    MISSED = "missed"
    NUMBER_SOON = "number_soon"
    SAY = "say"
    CONFIRM = "confirm"
    ASK_ANOTHER = "ask_another"
    DRAW = "draw"
    SEATS = "seats"
    WAIT_ENDS = "wait_ends"
    WAIT_ENDED = "wait_ended"
    STARTS = "starts"
    RUN = "run"
    LATE = "late"


# What is said before its day; everything else presses.
QUIET: Final = frozenset(
    {What.CLOSES_SOON, What.NUMBER_SOON, What.WAIT_ENDS, What.STARTS, What.RUN}
)


@dataclass(frozen=True, slots=True)
class Ceremony:
    """How far one lottery is, as far as its days go."""

    closes_on: date
    beacon_on: date
    closed_on: date | None = None
    said: bool = False
    said_by_me: bool = False
    confirmed: bool = False
    drawn_on: date | None = None
    # The day from which nobody waits for it any more.
    last_day: date | None = None
    # Who may have a seat now and has none, and who was drawn to wait and stands in line.
    without_seat: int = 0
    wait: int = 0
    # The next day on which a site or a group starts.
    starts_on: date | None = None


def of_lottery(one: Ceremony, today: date) -> Iterator[tuple[What, date]]:
    """Yield what is to be done with a lottery on a day, each with its day."""
    if one.drawn_on is not None:
        yield from _after(one, one.drawn_on, today)
    elif one.closed_on is None:
        yield from _open_list(one, today)
    elif one.confirmed:
        yield What.DRAW, one.beacon_on
    elif today < one.beacon_on:
        if one.beacon_on <= today + SOON:
            yield What.NUMBER_SOON, one.beacon_on
    elif one.said:
        yield (What.ASK_ANOTHER if one.said_by_me else What.CONFIRM), one.beacon_on
    else:
        yield What.SAY, one.beacon_on


def _open_list(one: Ceremony, today: date) -> Iterator[tuple[What, date]]:
    if today >= one.beacon_on:
        yield What.MISSED, one.closes_on
    elif today >= one.closes_on:
        yield What.CLOSE, one.beacon_on - _A_DAY
    elif one.closes_on <= today + SOON:
        yield What.CLOSES_SOON, one.closes_on


def _after(one: Ceremony, drawn_on: date, today: date) -> Iterator[tuple[What, date]]:
    if one.starts_on is not None and one.starts_on <= today + SOON:
        yield What.STARTS, one.starts_on
    if one.last_day is None or today >= one.last_day + AFTERWARDS:
        return
    if one.without_seat:
        yield What.SEATS, drawn_on
    if one.wait and today >= one.last_day - SOON:
        yield (What.WAIT_ENDED if today >= one.last_day else What.WAIT_ENDS), one.last_day


def of_calendar(
    days: Sequence[Due], taken: Collection[date], today: date
) -> tuple[What, Due] | None:
    """Return the first release that somebody has to run: its period is closed, its day is near.

    What was run comes out by itself on its day, so that there is nothing left to do.
    """
    for due in days:
        if due.on in taken or due.period_to >= today:
            continue
        if due.on <= today:
            return What.LATE, due
        return (What.RUN, due) if due.on <= today + AHEAD else None
    return None
