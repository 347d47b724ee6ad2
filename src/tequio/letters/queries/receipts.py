"""What a person who left letters can see ever after: that they were delivered, and on which day."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.letters.models import Receipt

SHOWN = 20


def receipts_of(user: User) -> QuerySet[Receipt]:
    """Return the person's own receipts, the newest first."""
    return Receipt.objects.filter(by=user).order_by("-at", "-pk")[:SHOWN]
