"""The background work of this room, as the queue and the clock know it."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from tequio.jobs import schedule, work
from tequio.jobs.models import Job
from tequio.studies.actions import freezing, releasing, running
from tequio.survivors import more_doors


def register() -> None:
    """Name the work; called once when the room starts."""
    work.register(running.KIND, _run)
    schedule.every(timedelta(hours=1), "studies.publish", releasing.publish_due)
    schedule.every(timedelta(days=1), "studies.forget_rows", freezing.forget_rows)
    more_doors.register(_("Publicar"), "walled:due")


def _run(job: Job, progress: work.Progress) -> None:
    running.carry_out(job=job, progress=progress)
