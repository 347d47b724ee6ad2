"""What a man agreed to: purpose by purpose, one row per decision, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.people.models.participant import Participant


class Consent(models.Model):
    """One decision on one purpose, with the version and fingerprint of what he was told."""

    class Decision(models.TextChoices):
        GIVEN = "given", _("Sí")
        REFUSED = "refused", _("No")
        WITHDRAWN = "withdrawn", _("Lo retiró")

    class Heard(models.TextChoices):
        READ = "read", _("Lo leyó él")
        ALOUD = "aloud", _("Se le leyó en voz alta")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=24)
    # Which decision of his on this purpose: the highest is his last word, whatever the clock says.
    turn = models.PositiveSmallIntegerField(default=1)
    text_version = models.CharField(max_length=20)
    text_sha256 = models.CharField(max_length=64)
    decision = models.CharField(max_length=10, choices=Decision.choices)
    decided_on = models.DateField()
    heard = models.CharField(max_length=5, choices=Heard.choices, default=Heard.READ)
    # Who else was there when it was read aloud, sealed.
    witness = models.BinaryField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "purpose", "turn"], name="people_one_decision_a_turn"
            ),
            models.CheckConstraint(
                condition=~Q(heard="aloud") | Q(witness__isnull=False),
                name="people_read_aloud_with_a_witness",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.decision}"
