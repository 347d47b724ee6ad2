"""A community in which the work is done, and where it stands in its model."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids


class Community(models.Model):
    """A neighbourhood or a village, worked with by one version of one model."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    name = models.CharField(max_length=80)
    name_key = models.CharField(max_length=80)
    municipality = models.CharField(max_length=5, blank=True)
    model_slug = models.CharField(max_length=60)
    model_version = models.CharField(max_length=12)
    model_sha256 = models.CharField(max_length=64)
    started_on = models.DateField()
    # Who of the organisation answers for the work, as on paper.
    signed_by = models.CharField(max_length=80)
    signed_as = models.CharField(max_length=120)
    phase = models.CharField(max_length=40)
    phase_since = models.DateField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    audit_type = "community"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name_key"], name="network_community_once"
            ),
            models.CheckConstraint(
                condition=~Q(signed_by="") & ~Q(signed_as=""), name="network_community_signed"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """Name it: it is a place."""
        return self.name


class PhaseReview(models.Model):
    """What a team saw before a phase ended, criterion by criterion. None is ever changed."""

    class Outcome(models.TextChoices):
        """What followed."""

        PASSED = "passed", _("Pasó a la fase que sigue")
        NOT_YET = "not_yet", _("Todavía no")
        BACK = "back", _("Volvió a la fase anterior")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="reviews")
    from_phase = models.CharField(max_length=40)
    to_phase = models.CharField(max_length=40)
    on = models.DateField()
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    # For each criterion: whether it was seen, in what, and what the system counted that day.
    answers = models.JSONField(default=dict)
    because = models.CharField(max_length=300, blank=True)
    # By their part in the community: «el equipo y el comité».
    decided_by = models.CharField(max_length=120)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("on", "written_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="back") | ~Q(because=""), name="network_back_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_phase} {self.outcome}"
