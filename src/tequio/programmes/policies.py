"""Who may see and sign editions, and who keeps the list of sites."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.programmes.models import Edition, Site


def editions_visible_to(user: User) -> QuerySet[Edition]:
    """Return the editions of the person's organisation, where a role reads them."""
    if user.scope(Permission.EDITION_READ) is None:
        return Edition.objects.none()
    return Edition.objects.filter(organisation=user.organisation_id)


def sites_visible_to(user: User) -> QuerySet[Site]:
    """Return the sites of the person's organisation: no secret inside it."""
    return Site.objects.filter(organisation=user.organisation_id)
