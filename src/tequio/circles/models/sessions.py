"""Meetings, who came, and what was tapped."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.circles.models.groups import Group, Membership
from tequio.core import clock, ids


class Session(models.Model):
    """One meeting of a group. A register may hold one meeting that covers two sessions («4-5»)."""

    class State(models.TextChoices):
        """Whether the meeting took place."""

        PLANNED = "planned", _("Planeada")
        HELD = "held", _("Realizada")
        NOT_HELD = "not_held", _("No se realizó")

    class Reason(models.TextChoices):
        """Why a meeting did not take place. None of them is a man's fault."""

        HOLIDAY = "holiday", _("Día festivo o puente")
        FACILITATION = "facilitation", _("No pudo quien facilita")
        PLACE = "place", _("No hubo lugar")
        NOBODY_CAME = "nobody_came", _("No llegó nadie")
        SAFETY = "safety", _("Inseguridad en la zona")
        WEATHER = "weather", _("Lluvia, sismo u otra emergencia")
        OTHER = "other", _("Otro motivo")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="sessions")
    # The order of meetings in the group, 1, 2, 3…
    position = models.PositiveSmallIntegerField()
    # The programme's sessions that the meeting covers: 4 to 5 for «FUAT 4-5».
    number_from = models.PositiveSmallIntegerField()
    number_to = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=80, blank=True)
    planned_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    # Nobody said that it took place: a tap of attendance did, and taking it back takes this back.
    held_by_tap = models.BooleanField(default=False)
    # Marks of presence that carry no identity: nobody can say whose they are.
    unattributed = models.PositiveIntegerField(default=0)
    import_id = models.UUIDField(null=True, db_index=True)

    audit_type = "session"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "position"], name="circles_session_order"),
            models.CheckConstraint(
                condition=Q(number_to__gte=F("number_from")), name="circles_session_numbers"
            ),
            models.CheckConstraint(
                condition=(Q(state="not_held") & ~Q(reason=""))
                | (~Q(state="not_held") & Q(reason="")),
                name="circles_session_reason",
            ),
        ]
        indexes = [models.Index(fields=["planned_on", "state"], name="circles_session_day")]

    def __str__(self) -> str:
        return self.label or str(self.position)

    @property
    def covers(self) -> int:
        """How many of the programme's sessions this one meeting covers."""
        return self.number_to - self.number_from + 1

    @property
    def audit_label(self) -> str:
        """Name the session in the audit log."""
        return f"{self.group.name} · {self.position}"


class Attendance(models.Model):
    """Where a man stood in one session. No row means that nobody recorded it."""

    class Status(models.TextChoices):
        """What was recorded."""

        PRESENT = "present", _("Presente")
        LATE = "late", _("Tarde")
        ABSENT = "absent", _("Falta")
        EXCUSED = "excused", _("Avisó")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="attendances")
    status = models.CharField(max_length=10, choices=Status.choices)
    marked_at = models.DateTimeField(default=clock.now)
    marked_by = models.CharField(max_length=100)
    import_id = models.UUIDField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "membership"], name="circles_attendance_once"
            ),
        ]

    def __str__(self) -> str:
        return self.status


class Mark(models.Model):
    """One tap as it arrived, under the number that the device gave it: exactly once.

    The same number with the same content answers as the first time; with another content it is
    a conflict, and both are kept (this row, and the event in the audit log).
    """

    id = models.UUIDField(primary_key=True)
    session = models.ForeignKey(Session, on_delete=models.CASCADE)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE)
    # Empty when the tap took a mark back.
    status = models.CharField(max_length=10, blank=True)
    # The device's own clock; empty where it said nothing usable.
    said_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=100)

    def __str__(self) -> str:
        return str(self.pk)


class ActivityStart(models.Model):
    """That an activity of tonight's guide began: one tap, under the number of the device."""

    id = models.UUIDField(primary_key=True)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="activities")
    number = models.PositiveSmallIntegerField()
    said_at = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["session", "-said_at"], name="circles_last_activity")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.number}"
