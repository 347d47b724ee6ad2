"""Starting and stopping background work."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from tequio.access.models import User
from tequio.access.policies import pick
from tequio.audit.record import record
from tequio.jobs import bell, tasks
from tequio.jobs.models import Job
from tequio.jobs.policies import visible_to


@transaction.atomic
def start(*, by: User, kind: str, subject_id: UUID, total: int = 0) -> Job:
    """Queue a piece of work. The calling action has checked that the person may do it."""
    job = Job.objects.create(
        organisation_id=by.organisation_id,
        started_by=by,
        kind=kind,
        subject_id=subject_id,
        total=total,
    )
    record("job.start", by=by, subject=job)
    transaction.on_commit(lambda: _queue(job))
    return job


def _queue(job: Job) -> None:
    tasks.run.enqueue(str(job.pk))
    bell.ring()


@transaction.atomic
def cancel(*, by: User, job_id: UUID) -> Job:
    """Ask a job to stop. It stops at its next step and takes back what it did."""
    job = pick(visible_to(by), pk=job_id)
    if not job.over:
        job.cancel_asked = True
        job.save(update_fields=["cancel_asked"])
        record("job.cancel", by=by, subject=job)
    return job
