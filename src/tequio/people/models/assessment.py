"""What a man was asked, when, and what he answered, sealed. Scores are worked out when read."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.people.models.participant import Participant


class Assessment(models.Model):
    """One instrument, asked once. In clear lies that it was asked, and nothing that he answered."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Sin terminar")
        DONE = "done", _("Contestado")

    class How(models.TextChoices):
        WORKER = "worker", _("Con quien lo acompaña")
        ALONE = "alone", _("Él solo, con un enlace")
        PAPER = "paper", _("En papel")
        DEVICE = "device", _("En un teléfono del equipo")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="assessments"
    )
    # Exactly what was asked: the file of a published version never changes.
    instrument = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    # Which moment of which of his ways; empty for what was asked outside of one.
    wave = models.CharField(max_length=4, blank=True)
    way_id = models.UUIDField(null=True)
    language = models.CharField(max_length=2, default="es")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    how = models.CharField(max_length=8, choices=How.choices, default=How.WORKER)
    # Made where it was filled in: the same one twice is the same answer.
    instance_id = models.UUIDField(unique=True, default=ids.new_id)
    draft = models.BinaryField(null=True)
    answers = models.BinaryField(null=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", finished_at__isnull=True, answers__isnull=True)
                | Q(
                    state="done",
                    finished_at__isnull=False,
                    answers__isnull=False,
                    draft__isnull=True,
                ),
                name="people_assessment_is_draft_or_done",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="people_assessment_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["participant", "way_id", "wave", "instrument"],
                condition=~Q(wave=""),
                name="people_asked_once_a_wave",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "instrument", "state"], name="people_by_asked")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Approach(models.Model):
    """One time that somebody tried to ask him at a moment, and what came of it. No free text."""

    class Channel(models.TextChoices):
        IN_PERSON = "in_person", _("En persona")
        CALL = "call", _("Por teléfono")
        MESSAGE = "message", _("Por mensaje")

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("Quedó en contestar")
        LATER = "later", _("Pidió que sea otro día")
        NO_ANSWER = "no_answer", _("No contestó la llamada o el mensaje")
        WRONG_NUMBER = "wrong_number", _("El número ya no es suyo")
        NOT_ALONE = "not_alone", _("No era momento: no estaba solo")
        DECLINED = "declined", _("No quiere contestar esta vez")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="approaches"
    )
    wave = models.CharField(max_length=4)
    way_id = models.UUIDField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["participant", "-made_at"], name="people_last_approach")]

    def __str__(self) -> str:
        return str(self.pk)
