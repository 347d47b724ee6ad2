"""What an organisation assumes for the costs of one year, said once and shown with each result."""

from __future__ import annotations

from typing import Final

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids

CURRENCY: Final = r"[A-Z]{3}"
VALID: Final = RegexValidator(f"^{CURRENCY}$")


class ShareBy(models.TextChoices):
    """By what the common costs are shared among groups."""

    SESSIONS = "sessions", _("Por sesiones realizadas")
    ENTRANTS = "entrants", _("Por hombres que entraron")
    EQUAL = "equal", _("Por partes iguales")


class Terms(models.Model):
    """The assumptions of a year. Lines written before keep the rate that they were written with."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3, default="MXN", validators=[VALID])
    # What an hour of staff costs with everything that goes with it, and what that is.
    wage_cents = models.PositiveBigIntegerField(null=True)
    wage_holds = models.CharField(max_length=160, blank=True)
    # What an hour of a volunteer would have cost, and where that comes from.
    shadow_cents = models.PositiveBigIntegerField(null=True)
    shadow_source = models.CharField(max_length=160, blank=True)
    # Agreed preparation of each session, for each person who facilitates.
    preparation_minutes = models.PositiveSmallIntegerField(default=0)
    # A man reached the dose who came to more than this part of what was held while he was expected.
    dose_percent = models.PositiveSmallIntegerField(default=75)
    share_by = models.CharField(max_length=8, choices=ShareBy.choices, default=ShareBy.SESSIONS)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    audit_type = "cost_terms"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="costs_terms_once"),
            models.CheckConstraint(
                condition=Q(dose_percent__gte=1, dose_percent__lte=99), name="costs_terms_dose"
            ),
            models.CheckConstraint(
                condition=Q(share_by__in=["sessions", "entrants", "equal"]),
                name="costs_terms_share_by",
            ),
            models.CheckConstraint(
                condition=Q(wage_cents__isnull=True) | ~Q(wage_holds=""),
                name="costs_terms_wage_said",
            ),
            models.CheckConstraint(
                condition=Q(shadow_cents__isnull=True) | ~Q(shadow_source=""),
                name="costs_terms_shadow_sourced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}"

    @property
    def audit_label(self) -> str:
        """Name the assumptions by their year."""
        return f"{self.year}"

    def an_hour(self, *, volunteer: bool) -> int | None:
        """Return what an hour costs, or would have cost; None where nobody said."""
        return self.shadow_cents if volunteer else self.wage_cents
