"""Calls that were made, third absences that opened a review, and emergencies of a territory."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.circles.models import Membership, Session
from tequio.core import clock, ids
from tequio.people.models import Participant
from tequio.programmes.models import Site


class Step(models.TextChoices):
    """What his missed meetings ask for."""

    CALL = "call", _("Llamada")
    TALK = "talk", _("Plática personal")
    REVIEW = "review", _("Revisión de riesgo")
    CARE = "care", _("Llamada de cuidado")


class Outcome(models.TextChoices):
    """What came of a call: why he did not come, or why nobody knows."""

    WORK = "work", _("Trabajo")
    TRAVEL = "travel", _("Viaje o traslado")
    ILLNESS = "illness", _("Enfermedad")
    FAMILY = "family", _("Asunto de familia")
    NOT_WANTED = "not_wanted", _("No quiso venir")
    MOVED = "moved", _("Se mudó")
    DETAINED = "detained", _("Está detenido")
    OTHER = "other", _("Otro motivo")
    NO_ANSWER = "no_answer", _("No contestó")
    WRONG_NUMBER = "wrong_number", _("Número equivocado")


class Call(models.Model):
    """One try to reach a man after a meeting that he missed.

    What calls are due is computed and not stored (ADR 0061). In clear lies what the next call and
    a count of reasons need; what was said is sealed. A mistake is voided, never deleted.
    """

    # Made with the page: the same tap sent twice is written once.
    id = models.UUIDField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="calls")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="calls")
    # The meeting that he missed.
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="calls")
    step = models.CharField(max_length=6, choices=Step.choices)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # When to try again; empty where nobody has to.
    next_on = models.DateField(null=True)
    sealed_note = models.BinaryField(null=True)
    note_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    audit_type = "call"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="outreach_known_outcome"
            ),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="outreach_known_step"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True)
                | Q(voided_at__isnull=False, voided_by__isnull=False),
                name="outreach_void_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(sealed_note__isnull=True) | Q(note_at__isnull=False),
                name="outreach_note_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["membership", "session", "made_at"], name="outreach_last_try"),
            models.Index(fields=["participant", "-made_at"], name="outreach_calls_of"),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.outcome}"

    @property
    def audit_label(self) -> str:
        """Name the call by the man's folio."""
        return self.participant.folio


class ThirdAbsence(models.Model):
    """That a run of absences reached the step of a review: each run opens one."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="third_absences"
    )
    # The first meeting of the run, by which a run is known again while it grows.
    began = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    raised_at = models.DateTimeField(default=clock.now)
    # In whose name: who wrote down the absence, or who answers for the group.
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "began"], name="outreach_third_absence_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Emergency(models.Model):
    """What changes at a site, from when until when, and who decided. It ends by itself."""

    class Kind(models.TextChoices):
        """What happened."""

        EARTHQUAKE = "earthquake", _("Sismo")
        VIOLENCE = "violence", _("Brote de violencia en la zona")
        PANDEMIC = "pandemic", _("Pandemia o emergencia de salud")
        WEATHER = "weather", _("Huracán, inundación u otro desastre")
        OTHER = "other", _("Otra emergencia")

    class Sessions(models.TextChoices):
        """What becomes of the meetings."""

        AS_PLANNED = "as_planned", _("Siguen como estaban")
        ONLINE = "online", _("Se hacen en línea")
        PAUSED = "paused", _("Se suspenden")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    # Empty for every site of the organisation.
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="emergencies")
    # INEGI's key of the municipality, where somebody said it.
    municipality = models.CharField(max_length=5, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    sessions = models.CharField(max_length=10, choices=Sessions.choices)
    absences_count = models.BooleanField(default=False)
    care_calls = models.BooleanField(default=True)
    # Telephones to have at hand, a line each: no secret, and needed when nothing else works.
    numbers = models.TextField(max_length=600, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    # By name, because who decides need not have an account here.
    decided_by = models.CharField(max_length=80)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    # The last day on which it held, where somebody ended it before its time.
    lifted_on = models.DateField(null=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    audit_type = "emergency"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="outreach_emergency_in_order"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["earthquake", "violence", "pandemic", "weather", "other"]),
                name="outreach_emergency_kind",
            ),
            models.CheckConstraint(
                condition=Q(sessions__in=["as_planned", "online", "paused"]),
                name="outreach_emergency_sessions",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=""), name="outreach_emergency_was_decided"
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True, lifted_by__isnull=True)
                | Q(lifted_on__isnull=False, lifted_by__isnull=False),
                name="outreach_emergency_lifted_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "ends_on"], name="outreach_emergency_until")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}"

    @property
    def audit_label(self) -> str:
        """Name the emergency by what happened and when it began."""
        return f"{self.get_kind_display()} {self.starts_on}"
