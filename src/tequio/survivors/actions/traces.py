"""What stands in the clear while the wall is open goes soon after it is shut.

The hour's budget, openings and mistyped words have to be told without a key: who, which case, when.
Left lying, they would tell it to whoever takes the computer a month later.
"""

from __future__ import annotations

from django.db import transaction

from tequio.access.rules import delays
from tequio.core import clock, wiping
from tequio.survivors.models import Attempt, Opening, Spent
from tequio.survivors.rules import opening


@transaction.atomic
def forget_traces() -> int:
    """Take away what has run out; the clock does it, and needs no key."""
    now = clock.now()
    over = (
        Spent.objects.filter(at__lte=now - opening.BUDGET_FOR),
        Opening.objects.filter(seen_at__lte=now - opening.IDLE),
        Opening.objects.filter(opened_at__lte=now - opening.AT_MOST),
        Attempt.objects.filter(last_at__lt=now - delays.FORGOTTEN_AFTER),
    )
    gone = sum(rows.delete()[0] for rows in over)
    if gone:
        # The database's own log would keep them until it is written over.
        wiping.after_commit()
    return gone
