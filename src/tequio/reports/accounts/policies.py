"""Who may see accounts, and whose testimonies a person may keep."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission, Scope
from tequio.reports.models import Account, Testimony


def accounts_visible_to(user: User) -> QuerySet[Account]:
    """Return the accounts of the organisation, for whoever prepares them."""
    if user.scope(Permission.FUNDER_REPORT) is not Scope.ORGANISATION:
        return Account.objects.none()
    return Account.objects.filter(organisation=user.organisation_id)


def testimonies_visible_to(user: User) -> QuerySet[Testimony]:
    """Return what this person may keep: a man's only for whoever sees all the men."""
    if user.scope(Permission.TESTIMONY_KEEP) is not Scope.ORGANISATION:
        return Testimony.objects.none()
    mine = Testimony.objects.filter(organisation=user.organisation_id)
    return mine if may_keep_of_men(user) else mine.filter(given_by=Testimony.From.COMMUNITY)


def may_keep_of_men(user: User) -> bool:
    """Tell whether the person may keep what a participant tells."""
    return user.scope(Permission.PERSON_READ) is Scope.ORGANISATION


def offered_to(user: User) -> QuerySet[Testimony]:
    """Return what may be quoted: words and how they want to be called, never who it is."""
    if user.scope(Permission.FUNDER_REPORT) is not Scope.ORGANISATION:
        return Testimony.objects.none()
    return Testimony.objects.filter(organisation=user.organisation_id, ended="")
