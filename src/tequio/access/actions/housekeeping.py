"""What is thrown away by the clock."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from tequio.access.models import FailedSignIn, ResetCode
from tequio.access.rules import delays
from tequio.core import clock


@transaction.atomic
def forget_old_attempts() -> int:
    """Delete counts of failures, codes and sessions that no longer mean anything."""
    now = clock.now()
    deleted = 0
    for rows in (
        FailedSignIn.objects.filter(last_at__lt=now - delays.FORGOTTEN_AFTER),
        ResetCode.objects.filter(Q(expires_at__lt=now) | Q(used_at__isnull=False)),
        Session.objects.filter(expire_date__lt=now),
    ):
        deleted += rows.delete()[0]
    return deleted
