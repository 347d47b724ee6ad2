"""Which participants a person may see, and whose identity."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission, Scope
from tequio.people.models import Participant


def visible_to(
    user: User, permission: Permission = Permission.PERSON_READ
) -> QuerySet[Participant]:
    """Return the men whom a role lets this person see: all, those of his own groups, or none."""
    scope = user.scope(permission)
    mine = Participant.objects.filter(organisation=user.organisation_id)
    if scope is Scope.ORGANISATION:
        return mine
    if scope is Scope.OWN:
        # By lookup through the groups' tables, which stand above this room: no import is needed.
        # Who only makes up a session there is not theirs.
        return mine.filter(
            memberships__group__facilitators=user, memberships__visit=False
        ).distinct()
    return mine.none()


def may_identify(user: User, participant: Participant) -> bool:
    """Tell whether the person may read this man's name and telephone."""
    return visible_to(user, Permission.PERSON_IDENTIFY).filter(pk=participant.pk).exists()
