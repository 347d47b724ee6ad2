"""Who may see lotteries and comparisons of the organisation."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.studies.models import Comparison, Lottery


def lotteries_visible_to(user: User) -> QuerySet[Lottery]:
    """Return the lotteries of the person's organisation, for whoever reads its studies."""
    if user.scope(Permission.STUDY_READ) is None:
        return Lottery.objects.none()
    return Lottery.objects.filter(organisation=user.organisation_id)


def comparisons_visible_to(user: User) -> QuerySet[Comparison]:
    """Return what was agreed with allies for those studies."""
    if user.scope(Permission.STUDY_READ) is None:
        return Comparison.objects.none()
    return Comparison.objects.filter(organisation=user.organisation_id)


def sees_men(user: User) -> bool:
    """Tell whether the person may know which man a code belongs to; others see codes alone."""
    return user.scope(Permission.ENROLMENT_DECIDE) is not None
