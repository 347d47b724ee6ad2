"""Forgetting what was written beside a call: ninety days, unless a review is open."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tequio.outreach.models import Call

Hold = Callable[[Collection[UUID]], Collection[UUID]]


@transaction.atomic
def forget_old_notes(before: datetime, held: Hold) -> int:
    """Empty the notes that are older than that of men for whom nobody waits; return how many.

    The reason that was tapped stays: it is a code, and counts need it.
    """
    old = Call.objects.filter(sealed_note__isnull=False, note_at__lt=before)
    men = set(old.values_list("participant_id", flat=True))
    free = men - set(held(men))
    return old.filter(participant__in=free).update(sealed_note=None)
