"""What men ask about their data, and whom the house forgot."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation
from tequio.core import clock, ids
from tequio.people.models import Participant


class RightsRequest(models.Model):
    """What somebody asked about his data: access, rectification, cancellation, opposition.

    The law counts days from the day on which it was received (`rights.rules`). What he asked and
    what he was answered is sealed; the file made for him goes soon after it was handed over.
    """

    class Right(models.TextChoices):
        """Which right."""

        ACCESS = "access", _("Acceso: saber qué se guarda de él")
        RECTIFICATION = "rectification", _("Rectificación: corregir algo")
        CANCELLATION = "cancellation", _("Cancelación: que se borre")
        OPPOSITION = "opposition", _("Oposición: que no se use para algo")
        REVOCATION = "revocation", _("Revocación: retirar lo que aceptó")

    class Way(models.TextChoices):
        """By what way it came."""

        IN_PERSON = "in_person", _("En persona")
        LETTER = "letter", _("Por escrito en papel")
        EMAIL = "email", _("Por correo electrónico")
        TELEPHONE = "telephone", _("Por teléfono")

    class AskedBy(models.TextChoices):
        """Who asks."""

        HIMSELF = "himself", _("Él mismo")
        REPRESENTATIVE = "representative", _("Alguien con su poder por escrito")
        GUARDIAN = "guardian", _("Quien tiene la patria potestad, si es menor")

    class Identity(models.TextChoices):
        """How it was checked who asks."""

        OFFICIAL = "official", _("Mostró una identificación oficial")
        KNOWN = "known", _("Vino en persona y el equipo lo conoce")
        POWER = "power", _("Mostró el poder y las dos identificaciones")

    class Decision(models.TextChoices):
        """What was answered."""

        GRANTED = "granted", _("Sí procede")
        PARTLY = "partly", _("Procede en parte")
        DENIED = "denied", _("No procede")
        NOTHING_HELD = "nothing_held", _("No se guarda nada de él")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    folio = models.CharField(max_length=9, unique=True)
    # Empty where nothing is held of who asks, and once he was forgotten.
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="rights_requests"
    )
    right = models.CharField(max_length=16, choices=Right.choices)
    received_on = models.DateField()
    way = models.CharField(max_length=10, choices=Way.choices)
    asked_by = models.CharField(max_length=16, choices=AskedBy.choices)
    identity = models.CharField(max_length=10, choices=Identity.choices, blank=True)
    identity_on = models.DateField(null=True)
    # The law allows to double a term once, with a reason told to who asked.
    extended_on = models.DateField(null=True)
    decision = models.CharField(max_length=14, choices=Decision.choices, blank=True)
    answered_on = models.DateField(null=True)
    carried_on = models.DateField(null=True)
    sealed_words = models.BinaryField(null=True)
    sealed_file = models.BinaryField(null=True)
    gathered_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=100)
    created_at = models.DateTimeField(default=clock.now)

    audit_type = "rights_request"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(identity="", identity_on__isnull=True)
                | (~Q(identity="") & Q(identity_on__isnull=False)),
                name="reports_rights_identity_whole",
            ),
            models.CheckConstraint(
                condition=Q(decision="", answered_on__isnull=True)
                | (~Q(decision="") & Q(answered_on__isnull=False)),
                name="reports_rights_answer_whole",
            ),
            # Nothing is handed over to somebody of whom nobody looked who he is.
            models.CheckConstraint(
                condition=~Q(decision__in=["granted", "partly"]) | ~Q(identity=""),
                name="reports_rights_answered_to_him",
            ),
            models.CheckConstraint(
                condition=Q(carried_on__isnull=True) | Q(decision__in=["granted", "partly"]),
                name="reports_rights_carried_what_was_granted",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "answered_on", "received_on"], name="reports_rights_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.folio

    @property
    def audit_label(self) -> str:
        """Name the request by its own folio: his would name the man."""
        return self.folio


class Erasure(models.Model):
    """That a man's data were erased: when, why, by whom, and how much. It names nobody."""

    class Reason(models.TextChoices):
        """Why."""

        ASKED = "asked", _("Lo pidió él")
        OVER = "over", _("Se cumplió el plazo en que se guardan")
        MISTAKE = "mistake", _("Se anotó por error a alguien que no participa")
        ORDER = "order", _("Lo ordenó una autoridad")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    # His folio: it stands on papers that he may have, and here leads to nothing any more.
    folio = models.CharField(max_length=9)
    reason = models.CharField(max_length=8, choices=Reason.choices)
    erased_on = models.DateField()
    erased_at = models.DateTimeField(default=clock.now)
    erased_by = models.CharField(max_length=100)
    # How many rows of each kind went, and how many stay under a pseudonym.
    counts = models.JSONField(default=dict)
    # What had left the house before: kind of file or paper, and how often.
    left = models.JSONField(default=dict)

    audit_type = "erasure"

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-erased_at"], name="reports_erasure_newest")
        ]

    def __str__(self) -> str:
        return self.folio

    @property
    def audit_label(self) -> str:
        """Name the erasure by the folio that is gone."""
        return self.folio
