"""Who may see frozen sets, runs and what was published."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.studies.models import DataSet, Release, Run


def data_sets_visible_to(user: User) -> QuerySet[DataSet]:
    """Return the frozen sets of the person's organisation: what they count, never their rows."""
    if user.scope(Permission.STUDY_READ) is None:
        return DataSet.objects.none()
    return DataSet.objects.filter(organisation=user.organisation_id)


def runs_visible_to(user: User) -> QuerySet[Run]:
    """Return the runs: that they exist and how far they are. What they found waits for its day."""
    if user.scope(Permission.STUDY_READ) is None:
        return Run.objects.none()
    return Run.objects.filter(organisation=user.organisation_id)


def releases_visible_to(user: User) -> QuerySet[Release]:
    """Return what was published."""
    if user.scope(Permission.RELEASE_READ) is None:
        return Release.objects.none()
    return Release.objects.filter(organisation=user.organisation_id)
