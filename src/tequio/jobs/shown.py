"""A piece of work as the pages show it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.jobs.models import Job
from tequio.ui import parts


def as_shown(job: Job) -> parts.Job:
    """Return what ``ui/components/progress.html`` takes."""
    asked = _("Se pidió cancelar; se detiene en su siguiente paso.") if job.cancel_asked else ""
    return parts.Job(
        id=str(job.pk),
        label=str(job.get_state_display()),
        done=job.done,
        total=job.total,
        finished=job.over,
        status_url=reverse("jobs:progress", args=[job.pk]),
        cancel_url="" if job.cancel_asked else reverse("jobs:cancel", args=[job.pk]),
        detail=job.message or ("" if job.over else asked),
    )
