"""Pure decisions of a lottery: whether it may be offered, whom it holds, who starts when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

# Ours: a queue of a single month is an accident, and nobody waits for one.
MONTHS: Final = 3
AT_LEAST: Final = 2
# So long after the day of the number a draw may still be due; then nobody waits for it any more.
PATIENCE: Final = timedelta(days=7)
# Longer than this nobody keeps a promise in mind.
_LATEST_NUMBER: Final = timedelta(days=60)

NOW, LATER, EXEMPT = "now", "later", "exempt"
# What an outsider reads instead of a reason.
HIDDEN: Final = "exempt"


class Offer(StrEnum):
    """Whether a lottery of seats may be offered, and why not."""

    YES = "yes"
    NOBODY = "nobody"
    ROOM = "room"
    NONE_FREE = "none_free"
    LATELY = "lately"


@dataclass(frozen=True, slots=True)
class Count:
    """How many stood in line on a day, how many seats were free, and who does not wait."""

    on: date
    waiting: int
    seats: int
    exempt: int = 0

    @property
    def drawn(self) -> int:
        """Those for whom a lottery would decide."""
        return self.waiting - self.exempt

    @property
    def left(self) -> int:
        """Seats that are left once those who do not wait have theirs."""
        return max(self.seats - self.exempt, 0)


def offer(now: Count, months: Sequence[Count]) -> Offer:
    """Tell whether accepted men exceed seats, today and over time."""
    if now.drawn <= 0:
        return Offer.NOBODY
    if now.drawn <= now.left:
        return Offer.ROOM
    if now.left == 0:
        return Offer.NONE_FREE
    if sum(month.waiting > month.seats for month in months[-MONTHS:]) < AT_LEAST:
        return Offer.LATELY
    return Offer.YES


def month_ends(today: date, how_many: int = MONTHS) -> list[date]:
    """Return the last days of the months before this one, the oldest first."""
    days, day = [], today
    for _month in range(how_many):
        day = day.replace(day=1) - timedelta(days=1)
        days.append(day)
    return days[::-1]


def longest_wait(sessions: int, every_days: int) -> int:
    """Return how many days one edition lasts: nobody waits longer for a lottery."""
    return max(sessions * every_days, 1)


class Days(StrEnum):
    """What is wrong with the days of a lottery."""

    FINE = ""
    CLOSES_TODAY = "closes_today"
    NUMBER_FIRST = "number_first"
    FAR = "far"


def days_in_order(today: date, closes_on: date, beacon_on: date) -> Days:
    """Tell whether list and number come late enough, and not too late."""
    if closes_on <= today:
        return Days.CLOSES_TODAY
    if beacon_on <= closes_on:
        return Days.NUMBER_FIRST
    return Days.FAR if beacon_on > today + _LATEST_NUMBER else Days.FINE


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one man stands in one lottery of seats."""

    closed_on: date
    beacon_on: date
    max_delay_days: int
    drawn: bool
    start: str = ""
    exempt: bool = False
    cancelled: bool = False
    released: bool = False

    @property
    def until(self) -> date:
        """The day from which the lottery holds nobody any more."""
        return self.closed_on + timedelta(days=self.max_delay_days)


def held_until(one: Standing, *, urgent: bool, on: date) -> date | None:
    """Return until when a man waits; None where he may have his seat on that day.

    Who is at high risk, was sent by an authority or was exempted never waits, whatever was drawn.
    """
    if urgent or one.exempt or one.cancelled or one.released or on < one.closed_on:
        return None
    last = min(one.until, one.beacon_on + PATIENCE)
    if one.drawn:
        if one.start != LATER:
            return None
        last = one.until
    return last if on < last else None


def start_days(order: Sequence[str], calendar: Sequence[date]) -> dict[str, date]:
    """Return on which day each starts: spread over the steps as evenly as they go."""
    per = [sorted(n % len(calendar) for n in range(len(order)))[at] for at in range(len(order))]
    return {code: calendar[step] for code, step in zip(order, per, strict=True)}


def half(people: int) -> int:
    """Return how many of so many are called besides."""
    return people // 2


def listing(rows: Iterable[tuple[str, bool]]) -> str:
    """Return the list as it is published: a code, no stratum, and whether he waits for none."""
    return "".join(f"{code}\t\t{HIDDEN if exempt else ''}\n" for code, exempt in rows)


def of_listing(text: str) -> list[tuple[str, bool]]:
    """Read what :func:`listing` wrote."""
    lines = (line.split("\t") for line in text.splitlines())
    return [(code, bool(exempt)) for code, _stratum, exempt in lines]


# The word of each arm in a data set; the second is what is compared with.
ARMS: Final[Mapping[str, tuple[str, str]]] = {
    "wait": ("now", "later"),
    "calls": ("calls", "usual"),
    "sites": ("started", "not_yet"),
    "groups": ("started", "not_yet"),
    "comparison": ("programme", "comparison"),
}


def arm(kind: str, start: str) -> str:
    """Return the arm of a man by what was drawn; nothing for who was outside the lottery."""
    first, second = ARMS[kind]
    return {NOW: first, LATER: second}.get(start, "")
