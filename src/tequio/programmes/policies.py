"""Who may see and sign editions, keep the list of sites, and decide about a man's way."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission, Scope
from tequio.people.policies import visible_to as people_visible_to
from tequio.programmes.models import Edition, Enrolment, Site, Training


def editions_visible_to(user: User) -> QuerySet[Edition]:
    """Return the editions of the person's organisation, where a role reads them."""
    if user.scope(Permission.EDITION_READ) is None:
        return Edition.objects.none()
    return Edition.objects.filter(organisation=user.organisation_id)


def sites_visible_to(user: User) -> QuerySet[Site]:
    """Return the sites of the person's organisation: no secret inside it."""
    return Site.objects.filter(organisation=user.organisation_id)


def enrolments_visible_to(user: User) -> QuerySet[Enrolment]:
    """Return the ways of the men whom this person may see."""
    scope = user.scope(Permission.ENROLMENT_READ)
    if scope is None:
        return Enrolment.objects.none()
    mine = Enrolment.objects.filter(organisation=user.organisation_id)
    if scope is Scope.ORGANISATION:
        return mine
    return mine.filter(participant__in=people_visible_to(user))


def trainings_visible_to(user: User) -> QuerySet[Training]:
    """Return what is on record about training, for whoever reads editions."""
    if user.scope(Permission.EDITION_READ) is None:
        return Training.objects.none()
    return Training.objects.filter(organisation=user.organisation_id)
