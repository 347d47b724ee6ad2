"""Who may see and change the network: whoever works with the community, of the own organisation."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.network.models import Agreement, Stakeholder, Tie


def visible_to(user: User) -> QuerySet[Stakeholder]:
    """Return who is in the network of this person's organisation."""
    if user.scope(Permission.NETWORK_READ) is None:
        return Stakeholder.objects.none()
    return Stakeholder.objects.filter(organisation=user.organisation_id)


def ties_visible_to(user: User) -> QuerySet[Tie]:
    """Return the ties of that network, those that ended too."""
    if user.scope(Permission.NETWORK_READ) is None:
        return Tie.objects.none()
    return Tie.objects.filter(organisation=user.organisation_id)


def agreements_visible_to(user: User) -> QuerySet[Agreement]:
    """Return what the organisation agreed with others."""
    if user.scope(Permission.NETWORK_READ) is None:
        return Agreement.objects.none()
    return Agreement.objects.filter(organisation=user.organisation_id)
