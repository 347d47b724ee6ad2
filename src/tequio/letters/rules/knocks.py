"""How long somebody waits who writes again and again. A delay and never a lock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

# Two from the same place are a slip and its correction.
FREE: Final = 2
LONGEST: Final = timedelta(minutes=2)
FORGOTTEN_AFTER: Final = timedelta(hours=1)
# Of all that come within an hour, whoever they are: then each waits a little.
FREE_OF_ALL: Final = (60, 80)
WAIT_OF_ALL: Final = timedelta(seconds=20)
# Who asks to be called back shares an address with everybody in her house. Were two of them free,
# another one there could count back: «somebody asked before me». So many are free, and how many
# lies between these two, drawn anew for each address; of all together likewise.
FREE_CALLS: Final = (20, 40)


def wait_after(times: int, free: int = FREE) -> timedelta:
    """Return the wait before the next one: nothing while they are free, then 15, 30, 60, 120 s."""
    if times < free:
        return timedelta(0)
    return min(timedelta(seconds=15 * 2 ** min(times - free, 6)), LONGEST)


def wait_of_all_after(times: int, free: int) -> timedelta:
    """Return the wait before the next one where very many came, whoever they are."""
    return WAIT_OF_ALL if times >= free else timedelta(0)


def seconds_left(wait: timedelta, last: datetime, now: datetime) -> int:
    """Return the whole seconds still to wait. A clock set back must not become a lock."""
    passed = now - last
    if passed < -LONGEST:
        return 0
    left = (wait - max(passed, timedelta(0))).total_seconds()
    return max(0, int(-(-left // 1)))
