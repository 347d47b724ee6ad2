"""Whose calls a person makes and reads, and who declares an emergency."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission, Scope
from tequio.circles.absences import running
from tequio.circles.models import Group, Membership
from tequio.circles.policies import groups_visible_to
from tequio.outreach.models import Call, Emergency
from tequio.people.policies import visible_to as people_visible_to


def groups_called_by(user: User) -> QuerySet[Group]:
    """Return the groups whose absent men this person calls."""
    return running(groups_visible_to(user, Permission.CALL_MAKE))


def places_called_by(user: User) -> QuerySet[Membership]:
    """Return the places in those groups."""
    return Membership.objects.filter(
        group__in=groups_visible_to(user, Permission.CALL_MAKE), visit=False
    ).select_related("participant", "group__site", "group__edition")


def calls_visible_to(user: User) -> QuerySet[Call]:
    """Return the calls to the men whom this person may call."""
    scope = user.scope(Permission.CALL_MAKE)
    if scope is None:
        return Call.objects.none()
    mine = Call.objects.filter(organisation=user.organisation_id)
    if scope is Scope.ORGANISATION:
        return mine
    return mine.filter(participant__in=people_visible_to(user, Permission.CALL_MAKE))


def emergencies_of(user: User) -> QuerySet[Emergency]:
    """Return the emergencies that concern this person: what is decided for his sites, or for all.

    Nothing in them is secret; who facilitates is not disturbed by those of other sites.
    """
    mine = Emergency.objects.filter(organisation=user.organisation_id)
    if user.scope(Permission.GROUP_READ) is Scope.OWN:
        own = Q(site__isnull=True) | Q(site__group__in=groups_visible_to(user))
        return mine.filter(own).distinct()
    return mine
