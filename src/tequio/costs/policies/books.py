"""Whose book of costs a person reads and writes."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission, Scope
from tequio.circles.models import Group
from tequio.circles.policies import groups_visible_to
from tequio.costs.models import Entry, Income, Terms
from tequio.programmes.models import Edition, Site


def entries_visible_to(user: User) -> QuerySet[Entry]:
    """Return the lines of what was used, for whoever reads costs."""
    if not _reads(user):
        return Entry.objects.none()
    return Entry.objects.filter(organisation=user.organisation_id)


def incomes_visible_to(user: User) -> QuerySet[Income]:
    """Return the lines of what came in."""
    if not _reads(user):
        return Income.objects.none()
    return Income.objects.filter(organisation=user.organisation_id)


def terms_visible_to(user: User) -> QuerySet[Terms]:
    """Return what was assumed, year by year."""
    if not _reads(user):
        return Terms.objects.none()
    return Terms.objects.filter(organisation=user.organisation_id)


def groups_costed_by(user: User) -> QuerySet[Group]:
    """Return the groups that carry costs: their calendar and counts, and none of their men."""
    return groups_visible_to(user, Permission.COST_READ)


def editions_costed_by(user: User) -> QuerySet[Edition]:
    """Return the editions that carry costs or may be budgeted."""
    if not _reads(user):
        return Edition.objects.none()
    return Edition.objects.filter(organisation=user.organisation_id)


def sites_costed_by(user: User) -> QuerySet[Site]:
    """Return the sites that carry costs."""
    if not _reads(user):
        return Site.objects.none()
    return Site.objects.filter(organisation=user.organisation_id)


def may_write(user: User) -> bool:
    """Whether a page shows what can be written."""
    return user.scope(Permission.COST_WRITE) is Scope.ORGANISATION


def _reads(user: User) -> bool:
    return user.scope(Permission.COST_READ) is Scope.ORGANISATION
