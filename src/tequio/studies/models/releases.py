"""What was published: once, on its day, and never changed."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation
from tequio.core import clock
from tequio.studies.models.datasets import Run
from tequio.studies.models.studies import Plan, Study


class Release(models.Model):
    """What a study may say for one closed period. The database refuses to change or remove it.

    A correction enters the next one.
    """

    class Outcome(models.TextChoices):
        """Whether there was enough. Not enough is said without a number."""

        PUBLISHED = "published", _("Publicado")
        NOT_ENOUGH = "not_enough", _("No alcanza")

    class Seal(models.TextChoices):
        """How the data behind it are vouched for."""

        SHA256 = "sha256", _("Huella SHA-256 de los datos congelados")
        # A plain hash of few women's rows could be found by trying; this one needs the wall's key.
        HMAC = "hmac", _("Huella con llave del muro")

    # Of the study and the day, without luck: what is let go behind the wall draws none outside.
    id = models.UUIDField(primary_key=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="releases")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    run = models.OneToOneField(Run, on_delete=models.PROTECT, null=True, related_name="release")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    period_from = models.DateField()
    period_to = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    # `evidencia.results.as_json` of what may leave; empty where it is not enough.
    result = models.TextField(blank=True)
    seal = models.CharField(max_length=6, choices=Seal.choices)
    # Of the frozen data, or keyed of what lay behind the wall.
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=clock.now)

    audit_type = "study_release"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "due_on"], name="studies_release_a_day"),
            models.UniqueConstraint(fields=["study", "number"], name="studies_release_once"),
            models.CheckConstraint(
                condition=Q(outcome="not_enough", result="")
                | (Q(outcome="published") & ~Q(result="")),
                name="studies_release_says_all_or_nothing",
            ),
            models.CheckConstraint(
                condition=Q(period_from__lte=models.F("period_to"))
                & Q(period_to__lt=models.F("due_on")),
                name="studies_release_of_a_closed_period",
            ),
            # A run is outside the wall; what comes over it has none.
            models.CheckConstraint(
                condition=Q(seal="sha256", run__isnull=False) | Q(seal="hmac", run__isnull=True),
                name="studies_release_says_whence",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-due_on"], name="studies_release_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.study_id} · {self.number}"

    @staticmethod
    def key_of(study_id: UUID, due_on: date) -> UUID:
        """Return the key of a study's release on a day: there is one at most."""
        return uuid5(study_id, due_on.isoformat())

    @property
    def audit_label(self) -> str:
        """Name it by its day."""
        return self.due_on.isoformat()
