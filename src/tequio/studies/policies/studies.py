"""Who may see studies and their plans, prepare them, and freeze them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require
from tequio.studies.models import Plan, Study


def studies_visible_to(user: User) -> QuerySet[Study]:
    """Return the studies of the person's organisation, for whoever reads them."""
    if user.scope(Permission.STUDY_READ) is None:
        return Study.objects.none()
    return Study.objects.filter(organisation=user.organisation_id)


def plans_visible_to(user: User) -> QuerySet[Plan]:
    """Return the plans of those studies."""
    if user.scope(Permission.STUDY_READ) is None:
        return Plan.objects.none()
    return Plan.objects.filter(study__organisation=user.organisation_id)


def study_for(user: User, study_id: UUID, permission: Permission = Permission.STUDY_READ) -> Study:
    """Return a study that this person may do something to; else 404, or 403 where he sees it."""
    if user.scope(Permission.STUDY_READ) is None:
        require(user, permission)
    found = pick(studies_visible_to(user), pk=study_id)
    require(user, permission)
    return found
