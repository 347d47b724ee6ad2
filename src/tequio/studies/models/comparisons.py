"""An ally that asks the same at the same moments, and what it handed over: rows without names."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.network.models import Stakeholder
from tequio.studies.models.studies import Study


class Comparison(models.Model):
    """What was agreed with an allied organisation or community, and the file that came of it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="comparisons")
    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.PROTECT, related_name="+")
    agreed = models.CharField(max_length=300)
    agreed_on = models.DateField()
    # Exactly what it asks: the file of a published version never changes.
    instrument = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    waves = models.JSONField()
    brought_on = models.DateField(null=True)
    people = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    sealed_rows = models.BinaryField(null=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    # The ally took it back: the rows are gone, the line stays.
    withdrawn_on = models.DateField(null=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    audit_type = "comparison"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(brought_on__isnull=True, rows=0, people=0, file_sha256="")
                | (Q(brought_on__isnull=False, rows__gt=0, people__gt=0) & ~Q(file_sha256="")),
                name="studies_comparison_brought_whole",
            ),
            models.CheckConstraint(
                condition=Q(sealed_rows__isnull=True)
                | Q(brought_on__isnull=False, withdrawn_on__isnull=True),
                name="studies_comparison_withdrawn_is_gone",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def audit_label(self) -> str:
        """Name it by whom it was agreed with: institutions act in public."""
        return self.stakeholder.name
