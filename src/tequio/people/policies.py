"""Which participants a person may see, and whose identity."""

from __future__ import annotations

from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from tequio.access.models import User
from tequio.access.permissions import Permission, Scope
from tequio.people.models import Assessment, Consent, Participant


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
            memberships__group__facilitators=user.pk, memberships__visit=False
        ).distinct()
    return mine.none()


def may_identify(user: User, participant: Participant) -> bool:
    """Tell whether the person may read this man's name and telephone."""
    return visible_to(user, Permission.PERSON_IDENTIFY).filter(pk=participant.pk).exists()


def may_ask(user: User, participant: Participant) -> bool:
    """Tell whether the person may ask this man a questionnaire."""
    return visible_to(user, Permission.ASSESSMENT_ASK).filter(pk=participant.pk).exists()


def assessments_visible_to(user: User) -> QuerySet[Assessment]:
    """Return what this person may read of what men answered: never who only facilitates."""
    mine = Assessment.objects.filter(organisation=user.organisation_id)
    if user.scope(Permission.ASSESSMENT_READ) is not Scope.ORGANISATION:
        return mine.none()
    return mine


def exportable(user: User) -> QuerySet[Assessment]:
    """Return the finished answers of men whose last word was that they may be used."""
    return Assessment.objects.filter(
        organisation=user.organisation_id,
        state=Assessment.State.DONE,
        participant__in=agreeing(user.organisation_id),
    )


def agreeing(organisation_id: UUID) -> QuerySet[Participant]:
    """Return the men whose last word was that their answers may be used."""
    last = Consent.objects.filter(participant=OuterRef("pk"), purpose="evaluation")
    return (
        Participant.objects.filter(organisation=organisation_id)
        .annotate(agreed=Subquery(last.order_by("-turn").values("decision")[:1]))
        .filter(agreed=Consent.Decision.GIVEN)
    )
