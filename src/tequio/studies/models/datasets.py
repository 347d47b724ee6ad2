"""Rows that were frozen for a study, and the runs of its plan on them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.studies.models.studies import Plan, Study


class DataSet(models.Model):
    """What lay there on a day, frozen: never changed, and freezing again makes another.

    Of women there is none: what they said is put together behind the wall and stays in memory.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="data_sets")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    # The last day that counts: the end of a closed period.
    until = models.DateField()
    rows = models.PositiveIntegerField()
    units = models.PositiveIntegerField()
    # Who belongs to the population and did not agree that his answers be used: a number alone.
    refused = models.PositiveIntegerField()
    # People with an answer since the period of the release before: too few, and nothing is said.
    fresh = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # Against the set before; empty for the first.
    added = models.PositiveIntegerField(null=True)
    changed = models.PositiveIntegerField(null=True)
    removed = models.PositiveIntegerField(null=True)
    built_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    built_at = models.DateTimeField(default=clock.now)

    audit_type = "data_set"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="studies_data_set_once"),
            models.CheckConstraint(
                condition=Q(
                    number=1, added__isnull=True, changed__isnull=True, removed__isnull=True
                )
                | Q(
                    number__gt=1, added__isnull=False, changed__isnull=False, removed__isnull=False
                ),
                name="studies_data_set_says_what_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study_id} · {self.number}"

    @property
    def audit_label(self) -> str:
        """Name it by the beginning of its hash."""
        return self.sha256[:12]


class DataSetRows(models.Model):
    """The rows themselves, sealed; they go when their time is over, and the line above stays."""

    data_set = models.OneToOneField(
        DataSet, on_delete=models.PROTECT, primary_key=True, related_name="kept"
    )
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.data_set_id)


class Run(models.Model):
    """A plan carried out on a frozen set: how far it is, what it said on the way, what it found.

    What it found is sealed until its release: nobody chooses by the numbers whether to publish.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("En espera")
        RUNNING = "running", _("En curso")
        DONE = "done", _("Terminada")
        STOPPED = "stopped", _("Detenida")
        FAILED = "failed", _("No se pudo")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="runs")
    data_set = models.ForeignKey(DataSet, on_delete=models.PROTECT, related_name="runs")
    job_id = models.UUIDField(null=True)
    # The day of the calendar for which it was made.
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    # [[when, code of a sentence, its values]…], for the page.
    log = models.JSONField(default=list)
    message = models.CharField(max_length=400, blank=True)
    # What may leave of what was found; none where it is not enough.
    result = models.BinaryField(null=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    audit_type = "study_run"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], finished_at__isnull=True)
                | (~Q(state__in=["waiting", "running"]) & Q(finished_at__isnull=False)),
                name="studies_run_finished",
            ),
            models.UniqueConstraint(
                fields=["study"],
                condition=Q(state__in=["waiting", "running"]),
                name="studies_one_run_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study_id} {self.state}"

    @property
    def audit_label(self) -> str:
        """Name it by the day for which it was made."""
        return self.due_on.isoformat()

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.finished_at is not None
