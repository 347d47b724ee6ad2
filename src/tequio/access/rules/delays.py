"""How long somebody waits after failing. A delay and never a lock: a lock is a weapon."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Final

FREE_FAILURES: Final = 3
LONGEST: Final = timedelta(seconds=60)
# Somebody who comes back after lunch begins anew.
FORGOTTEN_AFTER: Final = timedelta(hours=1)


def wait_after(failures: int) -> timedelta:
    """Return the wait before the next try: nothing for three failures, then 2, 4, 8 … 60 s."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    doublings = min(failures - FREE_FAILURES + 1, 10)
    return min(timedelta(seconds=2**doublings), LONGEST)


def seconds_left(failures: int, last_at: datetime, now: datetime) -> int:
    """Return the whole seconds still to wait. A clock set back must not become a lock."""
    elapsed = now - last_at
    if elapsed < -LONGEST:
        return 0
    # A neighbour's failure may be some milliseconds younger than this request.
    left = wait_after(failures) - max(elapsed, timedelta(0))
    return max(0, math.ceil(left.total_seconds()))
