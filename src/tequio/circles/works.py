"""The background work of this room, as the queue knows it."""

from __future__ import annotations

from datetime import timedelta

from tequio.circles.actions import forgetting, imports
from tequio.circles.actions.imports import housekeeping
from tequio.circles.actions.imports.starting import KIND
from tequio.jobs import schedule, work
from tequio.jobs.models import Job


def register() -> None:
    """Name the work; called once when the room starts."""
    work.register(KIND, _import_register)
    schedule.every(timedelta(days=1), "circles.forget_files", housekeeping.forget_old_files)
    schedule.every(timedelta(days=1), "circles.forget_words", forgetting.forget_old_words)


def _import_register(job: Job, progress: work.Progress) -> None:
    imports.apply(by=job.started_by, import_id=job.subject_id, job_id=job.pk, say=progress.say)
