"""Who sees what is assumed of the work, and how it goes."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission, Scope
from tequio.studies.models import Expectation


def expectations_visible_to(user: User) -> QuerySet[Expectation]:
    """Return what the organisation assumed of its own work."""
    if user.scope(Permission.MONITOR_READ) is not Scope.ORGANISATION:
        return Expectation.objects.none()
    return Expectation.objects.filter(organisation=user.organisation_id)
