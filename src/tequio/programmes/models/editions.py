"""Sites, and editions of a model of intervention."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tequio.access.models import Organisation
from tequio.core import clock, ids


class Site(models.Model):
    """A place where the organisation works, with its own time zone."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=80)
    timezone = models.CharField(max_length=60, default="America/Mexico_City")

    audit_type = "site"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="programmes_site_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """Name the site in the audit log."""
        return self.name


class Edition(models.Model):
    """One version of one model as this organisation runs it. Stores slug, version and hash.

    Nothing starts until a named qualified person of the organisation has signed it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    model_slug = models.SlugField(max_length=60, db_index=False)
    model_version = models.CharField(max_length=20)
    model_sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    sessions_planned = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=100, blank=True)
    signed_as = models.CharField(max_length=120, blank=True)
    # The diagnosis of the context that this edition answers to: what it is called, of when it is,
    # and where somebody may read it.
    diagnosis_title = models.CharField(max_length=160, blank=True)
    diagnosis_on = models.DateField(null=True)
    diagnosis_kept = models.CharField(max_length=160, blank=True)
    # The municipality whose diagnosis stands here under «Territorio», by its key of five digits.
    diagnosis_place = models.CharField(max_length=5, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    audit_type = "edition"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "model_slug", "model_version"],
                name="programmes_edition_once",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by="", signed_as="")
                | (Q(signed_at__isnull=False) & ~Q(signed_by="") & ~Q(signed_as="")),
                name="programmes_edition_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | ~Q(diagnosis_title=""),
                name="programmes_edition_cites_its_diagnosis",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """Name the edition in the audit log."""
        return f"{self.model_slug} {self.model_version}"
