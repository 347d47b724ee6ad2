"""Guessing at the wall gets slow. The count lies here: nothing outside knows that it failed."""

from __future__ import annotations

from django.db import transaction

from tequio.access.errors import MustWait
from tequio.access.models import User
from tequio.access.rules import delays
from tequio.core import clock
from tequio.survivors.models import Attempt


@transaction.atomic
def reserve(*, by: User) -> None:
    """Count one failure in advance, or say how long to wait (see access.actions.attempts)."""
    row, _made = Attempt.objects.select_for_update().get_or_create(
        user=by, defaults={"failures": 0, "last_at": clock.now()}
    )
    now = clock.now()
    failures = 0 if now - row.last_at > delays.FORGOTTEN_AFTER else row.failures
    left = delays.seconds_left(failures, row.last_at, now)
    if left:
        raise MustWait(left)
    row.failures, row.last_at = failures + 1, now
    row.save(update_fields=["failures", "last_at"])


def forgive(*, by: User) -> None:
    """Forget the failures of who opened it after all."""
    Attempt.objects.filter(user=by).update(failures=0)
