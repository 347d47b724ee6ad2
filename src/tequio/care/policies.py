"""Of which men a person may read or change the diagnosis, the reviews and the plan."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission, Scope
from tequio.access.policies import forbidden, pick
from tequio.care.models import Referral, Report, Review, Talk
from tequio.people.models import Participant
from tequio.people.policies import visible_to as people_visible_to


def men_visible_to(
    user: User, permission: Permission = Permission.CARE_READ
) -> QuerySet[Participant]:
    """Return the men of whom a role lets this person know: all, those of his own groups, none."""
    return people_visible_to(user, permission)


def man_for(user: User, folio: str, permission: Permission = Permission.CARE_READ) -> Participant:
    """Return one man for something. 404 if the person may not know of him, 403 if he may."""
    found = men_visible_to(user, permission).filter(folio=folio).first()
    if found is None:
        pick(men_visible_to(user), folio=folio)
        raise forbidden()
    return found


def may_know(user: User, participant: Participant) -> bool:
    """Tell whether the person may know of this man; without a query where the role sees all."""
    scope = user.scope(Permission.CARE_READ)
    if scope is Scope.ORGANISATION:
        return participant.organisation_id == user.organisation_id
    return scope is not None and men_visible_to(user).filter(pk=participant.pk).exists()


def reviews_visible_to(
    user: User, permission: Permission = Permission.CARE_READ
) -> QuerySet[Review]:
    """Return the reviews of the men whom this person may know of."""
    scope = user.scope(permission)
    mine = Review.objects.filter(organisation=user.organisation_id)
    if scope is Scope.ORGANISATION:
        return mine
    if scope is Scope.OWN:
        return mine.filter(participant__in=men_visible_to(user, permission))
    return mine.none()


def talks_visible_to(user: User, permission: Permission = Permission.CARE_READ) -> QuerySet[Talk]:
    """Return the scheduled talks with the men whom this person may know of."""
    scope = user.scope(permission)
    mine = Talk.objects.filter(organisation=user.organisation_id)
    if scope is Scope.ORGANISATION:
        return mine
    if scope is Scope.OWN:
        return mine.filter(participant__in=men_visible_to(user, permission))
    return mine.none()


def reports_visible_to(user: User) -> QuerySet[Report]:
    """Return the decisions about telling an authority that this person may read."""
    scope = user.scope(Permission.REPORT_DECIDE)
    mine = Report.objects.filter(organisation=user.organisation_id)
    if scope is Scope.ORGANISATION:
        return mine
    if scope is Scope.OWN:
        return mine.filter(participant__in=men_visible_to(user, Permission.REPORT_DECIDE))
    return mine.none()


def referrals_visible_to(user: User) -> QuerySet[Referral]:
    """Return the referrals that this person may read and go on with."""
    scope = user.scope(Permission.REFERRAL_MAKE)
    mine = Referral.objects.filter(organisation=user.organisation_id)
    return mine if scope is Scope.ORGANISATION else mine.none()


def may_review(user: User, report: Report) -> bool:
    """Tell whether the person may look at what somebody else decided."""
    everywhere = user.scope(Permission.REPORT_DECIDE) is Scope.ORGANISATION
    return everywhere and report.decided_by_id != user.pk


def office_of(user: User) -> str:
    """Return the office in which this person may be the second one; none is an empty word."""
    offices = (office for office in Review.Office.values if office in user.roles)
    return next(offices, "")


def may_be_second(user: User, review: Review) -> bool:
    """Tell whether the person may confirm the closing that somebody else asked for."""
    return bool(office_of(user)) and review.closed_by_id != user.pk
