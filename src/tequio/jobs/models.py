"""A piece of background work, as its starter sees it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids


class Job(models.Model):
    """How far a piece of work is, and whether somebody asked to stop it."""

    class State(models.TextChoices):
        """Where the work stands."""

        WAITING = "waiting", _("En espera")
        RUNNING = "running", _("En curso")
        DONE = "done", _("Terminado")
        CANCELLED = "cancelled", _("Cancelado")
        FAILED = "failed", _("No se pudo")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    started_by = models.ForeignKey(User, on_delete=models.CASCADE)
    kind = models.SlugField(max_length=40, db_index=False)
    # What the work is about: the row's key in its own room.
    subject_id = models.UUIDField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    # A sentence for the starter when it failed; never a traceback.
    message = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    audit_type = "job"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], finished_at__isnull=True)
                | (~Q(state__in=["waiting", "running"]) & Q(finished_at__isnull=False)),
                name="jobs_job_finished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def audit_label(self) -> str:
        """Name the job in the audit log."""
        return self.kind

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.finished_at is not None
