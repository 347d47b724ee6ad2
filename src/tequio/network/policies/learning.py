"""Which communities a person sees, and with them their demands, committees and learning."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.network.models import (
    Action,
    Assembly,
    Committee,
    Community,
    Demand,
    Finding,
    Member,
    PlanLine,
    Sighting,
    SurveyRound,
)

M = TypeVar("M", bound=Model)


def _of(user: User, rows: QuerySet[M], **whose: object) -> QuerySet[M]:
    if user.scope(Permission.NETWORK_READ) is None:
        return rows.none()
    return rows.filter(**(whose or {"organisation": user.organisation_id}))


def communities_visible_to(user: User) -> QuerySet[Community]:
    """Return the communities that the organisation works with."""
    return _of(user, Community.objects.all())


def demands_visible_to(user: User) -> QuerySet[Demand]:
    """Return what those communities voiced."""
    return _of(user, Demand.objects.all())


def assemblies_visible_to(user: User) -> QuerySet[Assembly]:
    """Return the assemblies in which they chose."""
    return _of(user, Assembly.objects.all())


def actions_visible_to(user: User) -> QuerySet[Action]:
    """Return what was taken on."""
    return _of(user, Action.objects.all())


def committees_visible_to(user: User) -> QuerySet[Committee]:
    """Return the committees."""
    return _of(user, Committee.objects.all())


def members_visible_to(user: User) -> QuerySet[Member]:
    """Return who is in those committees."""
    return _of(user, Member.objects.all(), committee__organisation=user.organisation_id)


def sightings_visible_to(user: User) -> QuerySet[Sighting]:
    """Return what was seen after activities."""
    return _of(user, Sighting.objects.all())


def rounds_visible_to(user: User) -> QuerySet[SurveyRound]:
    """Return the rapid surveys."""
    return _of(user, SurveyRound.objects.all())


def findings_visible_to(user: User) -> QuerySet[Finding]:
    """Return every finding: there is no list from which one may be left out."""
    return _of(user, Finding.objects.all())


def plan_visible_to(user: User) -> QuerySet[PlanLine]:
    """Return the lines of the plans, year by year."""
    return _of(user, PlanLine.objects.all())
