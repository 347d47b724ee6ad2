"""Who may read the directory and who may change it: ours, of the own organisation."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.network.models import DirectoryImport, Service


def visible_to(user: User) -> QuerySet[Service]:
    """Return the services of this person's organisation."""
    if user.scope(Permission.DIRECTORY_READ) is None:
        return Service.objects.none()
    return Service.objects.filter(organisation=user.organisation_id)


def imports_visible_to(user: User) -> QuerySet[DirectoryImport]:
    """Return what was brought in, for whoever may bring something in."""
    if user.scope(Permission.DIRECTORY_WRITE) is None:
        return DirectoryImport.objects.none()
    return DirectoryImport.objects.filter(organisation=user.organisation_id)
