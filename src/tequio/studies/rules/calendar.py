"""When a study is released, and which closed period each release speaks of.

The days are fixed by the plan and depend on nothing that anybody answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import formats, translation

from tequio.studies.recipe import Calendar, Recipe

# Who comes last is still asked half a year after the end of his programme.
FOLLOW_UP: Final = timedelta(days=400)
_MONTHS: Final = {"year": 12, "half": 6}
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A day of the calendar, and the closed period of which it speaks."""

    on: date
    period_from: date
    period_to: date
    # Until when the release before spoke; None for the first.
    before: date | None = None


def days(recipe: Recipe) -> tuple[Due, ...]:
    """Return every release of a study, oldest first.

    Each speaks of all who came since the first day until the end of the last closed period, so
    that nobody counts twice and a correction enters the next. The calendar ends when the last who
    came has been asked for the last time.
    """
    found: list[Due] = []
    for on in _dates(recipe.calendar):
        closed = last_closed(recipe.calendar, on)
        if closed < recipe.population.first:
            continue
        before = found[-1].period_to if found else None
        found.append(Due(on, recipe.population.first, closed, before))
        if closed >= recipe.population.last + FOLLOW_UP:
            break
    return tuple(found)


def due(days_: Sequence[Due], today: date) -> tuple[Due, ...]:
    """Return those whose day has come."""
    return tuple(one for one in days_ if one.on <= today)


def coming(days_: Sequence[Due], today: date) -> Due | None:
    """Return the next one."""
    return next((one for one in days_ if one.on > today), None)


def last_closed(calendar: Calendar, on: date) -> date:
    """Return the last day of the last whole year, or half year, before a day."""
    ends = [date(on.year - 1, 12, 31)]
    if calendar.every == "half":
        ends.append(date(on.year, 6, 30))
    return max(end for end in ends if end < on)


def in_words(due_: Due) -> str:
    """Name a period: «2026», or «ene 2026 – jun 2026» where it is not whole years."""
    first, last = due_.period_from, due_.period_to
    if (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    return " – ".join(month_name(day, year=True) for day in (first, last))


def month_name(on: date, *, year: bool = False) -> str:
    """Return a month in short, with its year where that is not plain."""
    text = formats.date_format(on, "b Y" if year else "b")
    return text.title() if (translation.get_language() or "").startswith("en") else text


def _dates(calendar: Calendar) -> Iterator[date]:
    months = _MONTHS[calendar.every]
    for step in range(120):
        yield _later(calendar.first, step * months)


def _later(day: date, months: int) -> date:
    """Return the same day so many months later; the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - _DAY)
