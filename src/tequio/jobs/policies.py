"""Who may see and stop a piece of work: whoever started it."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.jobs.models import Job


def visible_to(user: User) -> QuerySet[Job]:
    """Return the person's own jobs."""
    return Job.objects.filter(started_by=user, organisation=user.organisation_id)
