"""Wrong PINs: first each costs time, and in the end the link opens no more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

LENGTH: Final = 6
# A slip and its corrections.
FREE: Final = 3
# Of a million PINs nobody gets to try more.
MOST: Final = 8
_FIRST: Final = timedelta(seconds=30)
LONGEST: Final = timedelta(minutes=15)


def wait_after(wrong: int) -> timedelta:
    """Return how long it is shut after so many wrong ones: 30 s, then twice as long each time."""
    if wrong < FREE:
        return timedelta(0)
    times: int = 2 ** (wrong - FREE)
    return min(_FIRST * times, LONGEST)


def may_try(wrong: int, last: datetime | None, now: datetime) -> bool:
    """Tell whether another PIN is looked at now. A clock set back must not become a lock."""
    if wrong >= MOST:
        return False
    if last is None or now < last - LONGEST:
        return True
    return now - last >= wait_after(wrong)
