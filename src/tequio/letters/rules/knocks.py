"""How long somebody waits who writes again and again. A delay and never a lock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

# Two from the same place are a slip and its correction.
FREE: Final = 2
LONGEST: Final = timedelta(minutes=2)
FORGOTTEN_AFTER: Final = timedelta(hours=1)
# Of all that come within an hour, whoever they are: then each waits a little.
FREE_OF_ALL: Final = 60
WAIT_OF_ALL: Final = timedelta(seconds=20)


def wait_after(times: int) -> timedelta:
    """Return the wait before the next one: nothing for two, then 15, 30, 60, 120 s."""
    if times < FREE:
        return timedelta(0)
    return min(timedelta(seconds=15 * 2 ** min(times - FREE, 6)), LONGEST)


def seconds_left(times: int, last: datetime, now: datetime, *, of_all: bool = False) -> int:
    """Return the whole seconds still to wait. A clock set back must not become a lock."""
    wait = (WAIT_OF_ALL if times >= FREE_OF_ALL else timedelta(0)) if of_all else wait_after(times)
    passed = now - last
    if passed < -LONGEST:
        return 0
    left = (wait - max(passed, timedelta(0))).total_seconds()
    return max(0, int(-(-left // 1)))
