"""What a man tells in a session: sealed, and never deleted by whoever corrects it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import User
from tequio.circles.models.groups import Membership
from tequio.circles.models.sessions import Session
from tequio.core import clock


class Telling(models.Model):
    """One thing that was written down of one man in one session, as it arrived.

    In clear lies only that something was answered, when, and who wrote it. A correction is another
    row: the earlier one stays and no longer stands.
    """

    class Part(models.TextChoices):
        """Which moment of the evening it belongs to."""

        ROUND = "round", _("Ronda inicial")
        AFTER = "after", _("Lo que se llevó")
        NOTE = "note", _("Nota privada")

    class Ended(models.TextChoices):
        """Why it no longer stands."""

        REPLACED = "replaced", _("Se escribió de nuevo")
        UNDONE = "undone", _("Se deshizo")
        CONFLICT = "conflict", _("Llegó junto con otra")

    # Made on the device: the same one sent twice is written once.
    id = models.UUIDField(primary_key=True)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="tellings")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="tellings")
    part = models.CharField(max_length=5, choices=Part.choices)
    # Only this person reads it; empty for what those who run the group share.
    private_to = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    # Empty once its time was over; that it was answered stays.
    sealed = models.BinaryField(null=True)
    forgotten_at = models.DateTimeField(null=True)
    said_at = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=100)
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    stands = models.BooleanField(default=True)
    ended_why = models.CharField(max_length=8, choices=Ended.choices, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=100, blank=True)

    audit_type = "telling"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "membership", "part"],
                condition=Q(stands=True, private_to__isnull=True),
                name="circles_telling_stands_once",
            ),
            models.UniqueConstraint(
                fields=["session", "membership", "private_to"],
                condition=Q(stands=True, private_to__isnull=False),
                name="circles_note_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(stands=True, ended_why="", ended_at__isnull=True, ended_by="")
                | (Q(stands=False, ended_at__isnull=False) & ~Q(ended_why="") & ~Q(ended_by="")),
                name="circles_telling_ended_whole",
            ),
            models.CheckConstraint(
                condition=Q(part="note", private_to__isnull=False)
                | (~Q(part="note") & Q(private_to__isnull=True)),
                name="circles_only_notes_are_private",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.pk}"
