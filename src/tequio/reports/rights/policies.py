"""Who answers what men ask about their data, and who may erase a man's."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission, Scope
from tequio.reports.models import Erasure, RightsRequest


def requests_visible_to(user: User) -> QuerySet[RightsRequest]:
    """Return the requests of the organisation, for whoever answers them."""
    if user.scope(Permission.RIGHTS_ANSWER) is not Scope.ORGANISATION:
        return RightsRequest.objects.none()
    return RightsRequest.objects.filter(organisation=user.organisation_id)


def erasures_visible_to(user: User) -> QuerySet[Erasure]:
    """Return what was erased in the organisation, for whoever may erase."""
    if user.scope(Permission.PERSON_FORGET) is not Scope.ORGANISATION:
        return Erasure.objects.none()
    return Erasure.objects.filter(organisation=user.organisation_id)
