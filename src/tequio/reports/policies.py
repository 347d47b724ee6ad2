"""Who may see the register of certificates."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission, Scope
from tequio.reports.models import Certificate


def certificates_visible_to(user: User) -> QuerySet[Certificate]:
    """Return the certificates of the organisation, for whoever keeps the register."""
    if user.scope(Permission.CERTIFICATE_READ) is not Scope.ORGANISATION:
        return Certificate.objects.none()
    return Certificate.objects.filter(organisation=user.organisation_id)
