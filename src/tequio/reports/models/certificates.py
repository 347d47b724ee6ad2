"""The register of certificates: what was issued, to whom, and what was voided."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation
from tequio.core import clock, ids
from tequio.people.models import Participant
from tequio.programmes.models import Edition


def forget_the_name(collector: Any, field: Any, found: Any, using: str) -> None:
    """Keep the line and let the man go: neither his key nor his sealed name stays."""
    models.SET_NULL(collector, field, found, using)
    collector.add_field_update(Certificate._meta.get_field("sealed_name"), b"", found)


class Certificate(models.Model):
    """One certificate as it was printed. It never changes; it may be voided, once."""

    class VoidReason(models.TextChoices):
        """Why a certificate no longer holds."""

        MISTAKE = "mistake", _("Tenía un error")
        ATTENDANCE = "attendance", _("Cambió el registro de asistencia")
        NAME = "name", _("El nombre estaba mal escrito")
        MISUSED = "misused", _("Se usó para algo que no dice")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    folio = models.CharField(max_length=9, unique=True)
    participant = models.ForeignKey(
        Participant, on_delete=forget_the_name, null=True, related_name="certificates"
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT)
    wording = models.PositiveSmallIntegerField()
    # The name as printed, so that a second print is the same paper.
    sealed_name = models.BinaryField()
    attended = models.PositiveSmallIntegerField()
    held = models.PositiveSmallIntegerField()
    made_up = models.PositiveSmallIntegerField(default=0)
    unrecorded = models.PositiveSmallIntegerField(default=0)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    issued_on = models.DateField()
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.CharField(max_length=100)
    signed_name = models.CharField(max_length=100)
    signed_as = models.CharField(max_length=120)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.CharField(max_length=100, blank=True)
    void_reason = models.CharField(max_length=12, blank=True, choices=VoidReason.choices)

    audit_type = "certificate"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held__gt=0, attended__lte=F("held"), made_up__lte=F("attended")),
                name="reports_certificate_counts",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by="", void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(voided_by="") & ~Q(void_reason="")),
                name="reports_certificate_voided_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-issued_at"], name="reports_certificate_newest")
        ]

    def __str__(self) -> str:
        return self.folio

    @property
    def audit_label(self) -> str:
        """Name the certificate in the audit log by its own folio."""
        return self.folio
