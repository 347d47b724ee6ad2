"""The background work of this room, as the queue knows it, and what it does by the clock."""

from __future__ import annotations

from datetime import timedelta

from tequio.jobs import schedule, work
from tequio.jobs.models import Job
from tequio.network.actions import importing, literacy, slips


def register() -> None:
    """Name the work; called once when the room starts."""
    work.register(importing.KIND, _import_directory)
    schedule.every(timedelta(days=1), "network.forget_imports", importing.forget_old)
    schedule.every(timedelta(days=1), "network.forget_literacy", literacy.forget)
    schedule.every(timedelta(hours=1), "network.keep_slips", slips.keep_stock)


def _import_directory(job: Job, progress: work.Progress) -> None:
    importing.apply(by=job.started_by, import_id=job.subject_id, say=progress.say)
