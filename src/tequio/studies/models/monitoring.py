"""What an organisation assumes of its own work, written down before it looks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids


class Expectation(models.Model):
    """One share that is assumed, from a day on. Another one is another row: none is rewritten."""

    class Measure(models.TextChoices):
        """What is watched, in the order of the page. None of it is what a woman said."""

        RETENTION = "retention", _("Hombres que siguen viniendo")
        SESSIONS = "sessions", _("Sesiones que se hicieron")
        ROUNDS = "rounds", _("Sesiones con la ronda anotada")
        WAVES = "waves", _("Momentos contestados")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    measure = models.CharField(max_length=10, choices=Measure.choices)
    percent = models.PositiveSmallIntegerField()
    # At which of his own sessions a man is looked for; only where men are counted.
    session = models.PositiveSmallIntegerField(null=True)
    # What happened before this day is not watched against it.
    since = models.DateField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    audit_type = "expectation"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=99), name="studies_expected_share"
            ),
            models.CheckConstraint(
                condition=Q(measure="retention", session__gte=1)
                | (~Q(measure="retention") & Q(session__isnull=True)),
                name="studies_expected_session",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "measure", "-written_at"], name="studies_expected_newest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.percent}"

    @property
    def audit_label(self) -> str:
        """Name it by what it is of, and how much."""
        return f"{self.get_measure_display()}: {self.percent}\u00a0%"
