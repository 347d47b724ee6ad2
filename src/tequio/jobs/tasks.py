"""The task that the queue runs: one for every kind of work."""

from __future__ import annotations

from uuid import UUID

import structlog
from django_tasks import task

from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.jobs.models import Job
from tequio.jobs.work import Cancelled, Progress, find

log = structlog.get_logger(__name__)


@task()
def run(job_id: str) -> None:
    """Run a job to its end and record how it ended; a bug is logged and told plainly."""
    job = Job.objects.select_related("started_by", "organisation").get(pk=UUID(job_id))
    if job.over:
        return
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    state, message = Job.State.DONE, ""
    try:
        find(job.kind)(job, Progress(job.pk))
    except Cancelled:
        state = Job.State.CANCELLED
    except DomainError as error:
        state, message = Job.State.FAILED, str(error)
    except Exception:
        log.exception("job_failed", job=str(job.pk), kind=job.kind)
        _finish(job, Job.State.FAILED, "")
        raise
    _finish(job, state, message)


def _finish(job: Job, state: Job.State, message: str) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, message=message[:400], finished_at=clock.now()
    )
