"""Business days, as laws count them: neither weekends nor public holidays."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Final

_SATURDAY: Final = 5


def public_holidays(years: Iterable[int], country: str = "MX") -> frozenset[date]:
    """Return the days off by law (art. 74, Ley Federal del Trabajo, as `holidays` knows it)."""
    import holidays  # five megabytes, for who counts terms

    return frozenset(
        day for year in years for day in holidays.country_holidays(country, years=year)
    )


def business_day_after(start: date, days: int, off: Collection[date]) -> date:
    """Return the day that lies so many business days after one; that one does not count."""
    day, left = start, days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY and day not in off
    return day


def business_days_left(today: date, until: date, off: Collection[date]) -> int:
    """Return how many business days are left; negative once the day has passed."""
    first, last, sign = (today, until, 1) if today <= until else (until, today, -1)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sign * sum(day.weekday() < _SATURDAY and day not in off for day in days)
