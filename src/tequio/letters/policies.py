"""Who may see and change what the public page says."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.letters.models import PublicService


def services_visible_to(user: User) -> QuerySet[PublicService]:
    """Return the services of the organisation, for whoever keeps them."""
    if user.scope(Permission.SERVICE_EDIT) is None:
        return PublicService.objects.none()
    return PublicService.objects.filter(organisation=user.organisation_id)
