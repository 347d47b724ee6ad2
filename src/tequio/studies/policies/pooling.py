"""Who sees what was agreed with other organisations, and the sums that came."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission, Scope
from tequio.studies.models import DataSet, PoolAgreement, PoolPacket


def agreements_visible_to(user: User) -> QuerySet[PoolAgreement]:
    """Return the agreements of the organisation."""
    if user.scope(Permission.MONITOR_READ) is not Scope.ORGANISATION:
        return PoolAgreement.objects.none()
    return PoolAgreement.objects.filter(organisation=user.organisation_id)


def packets_visible_to(user: User) -> QuerySet[PoolPacket]:
    """Return the packets of those agreements."""
    return PoolPacket.objects.filter(agreement__in=agreements_visible_to(user))


def shareable(user: User) -> QuerySet[DataSet]:
    """Return the frozen rows of men whose release is out: before it nobody sums them up."""
    if user.scope(Permission.POOL_SHARE) is not Scope.ORGANISATION:
        return DataSet.objects.none()
    mine = DataSet.objects.filter(organisation=user.organisation_id, plan__recipe__source="men")
    return mine.filter(Q(runs__release__isnull=False), kept__isnull=False).distinct()
