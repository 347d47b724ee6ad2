"""Counting failures, so that guessing gets slow and nobody gets locked out."""

from __future__ import annotations

from typing import Literal

from django.db import transaction
from django.utils.crypto import salted_hmac

from tequio.access.errors import MustWait
from tequio.access.models import FailedSignIn
from tequio.access.rules import delays
from tequio.core import clock

Purpose = Literal["password", "code"]


def key_of(purpose: Purpose, *parts: str) -> str:
    """Return the row's key: an HMAC, so that the table names nobody and no address."""
    text = "\0".join((purpose, *parts))
    return salted_hmac("tequio.access.attempts", text, algorithm="sha256").hexdigest()


@transaction.atomic
def reserve(key: str) -> None:
    """Count one failure in advance, or say how long to wait.

    Counting before looking means that a hundred requests at the same instant are a hundred
    failures and not a hundred free guesses. Success takes the count back with :func:`forgive`.
    """
    row, _made = FailedSignIn.objects.select_for_update().get_or_create(
        key=key, defaults={"failures": 0, "last_at": clock.now()}
    )
    # Only now: whoever waited for the lock would otherwise come from before the last failure.
    now = clock.now()
    failures = 0 if now - row.last_at > delays.FORGOTTEN_AFTER else row.failures
    left = delays.seconds_left(failures, row.last_at, now)
    if left:
        raise MustWait(left)
    row.failures, row.last_at = failures + 1, now
    row.save(update_fields=["failures", "last_at"])


def forgive(key: str) -> None:
    """Forget the failures of somebody who has shown who they are."""
    # Not deleted: a neighbour may be waiting for this very row. The hourly job deletes it.
    FailedSignIn.objects.filter(key=key).update(failures=0)
