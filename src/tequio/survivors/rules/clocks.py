"""For how long a case is kept, by how it ended. Ours: no source gives months.

While somebody accompanies her nothing has a date to go: a case that nobody touches shows up among
what is due, and a person closes it. After closing stands in the clear only a month.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

# An offer that nobody ended, counted from the day on which it should have ended.
OFFER: Final = 6
# How an offer ended. Whoever does not want is forgotten soon; where it was not safe to try, or she
# was not reached, long enough that nobody tries again by mistake.
OFFERED: Final[Mapping[str, int]] = {
    "no": 1,
    "not_safe": 3,
    "not_reached": 3,
    "information": 3,
}
# A case that was accompanied and closed: two years in which she may come back and find it.
CLOSED: Final = 24
# What is asked of whoever closes: she may want it gone sooner.
CHOICES: Final = (1, 3, 6, 12, 24, 60)


def month_after(day: date, months: int) -> date:
    """Return the first of the month that begins so many whole months later."""
    counted = day.year * 12 + day.month + months
    return date(counted // 12, counted % 12 + 1, 1)


def is_over(erase_after: date, today: date) -> bool:
    """Tell whether the month has come."""
    return erase_after <= today
