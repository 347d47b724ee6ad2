"""Who sees what was said of a place: whoever may read the context, in their own organisation."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.territory.models import Gathering


def gatherings_visible_to(user: User) -> QuerySet[Gathering]:
    """Return what gatherings said, as far as this person may read it."""
    if user.scope(Permission.CONTEXT_READ) is None:
        return Gathering.objects.none()
    return Gathering.objects.filter(organisation=user.organisation_id)
