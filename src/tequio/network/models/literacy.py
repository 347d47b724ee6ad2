"""Literacy circles: who learns what together, how often, what they say that they learned.

Nobody is registered here. A circle is counted, or its people choose an alias that belongs to
nothing else and goes after ninety days. Where and when a circle meets lies sealed.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.network.models.communities import Community


class Domain(models.TextChoices):
    """What may change in people: what they know, hold, are able to do, and do."""

    KNOWLEDGE = "knowledge", _("Lo que saben")
    ATTITUDES = "attitudes", _("Lo que piensan")
    SKILLS = "skills", _("Lo que pueden hacer")
    BEHAVIOUR = "behaviour", _("Lo que ya hacen")


class LiteracyCircle(models.Model):
    """A circle that meets to read its own world."""

    class Theme(models.TextChoices):
        """What it is about."""

        MONEY = "money", _("El dinero y el trabajo")
        SERVICES = "services", _("Los servicios y los apoyos")
        LAW = "law", _("Los derechos y la ley")
        OWN = "own", _("El tema que escoja el grupo")

    class Audience(models.TextChoices):
        """For whom."""

        WOMEN = "women", _("Mujeres del barrio")
        MEN = "men", _("Hombres que facilitan")
        TEACHERS = "teachers", _("Docentes")
        HEALTH = "health", _("Personal de salud")
        PARENTS = "parents", _("Madres, padres y cuidadores")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    community = models.ForeignKey(Community, on_delete=models.PROTECT, null=True)
    name = models.CharField(max_length=80)
    theme = models.CharField(max_length=8, choices=Theme.choices)
    audience = models.CharField(max_length=8, choices=Audience.choices)
    chosen = models.CharField(max_length=120, blank=True)
    # Where it meets and when: who looks for a woman must not find her here.
    sealed = models.BinaryField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    audit_type = "literacy_circle"

    class Meta:
        ordering = ("closed_on", "-opened_on", "name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="network_literacy_circle_once"
            ),
            models.CheckConstraint(
                condition=~Q(theme="own") | ~Q(chosen=""), name="network_own_theme_is_named"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="network_literacy_circle_closes_later",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """Name it by its theme alone: who reads the log need not know which women meet."""
        return str(self.get_theme_display())


class LiteracyMeeting(models.Model):
    """One meeting of a circle: planned, held or not."""

    class State(models.TextChoices):
        """How it stands."""

        PLANNED = "planned", _("Planeado")
        HELD = "held", _("Se hizo")
        NOT_HELD = "not_held", _("No se hizo")

    class Why(models.TextChoices):
        """Why it was not held."""

        NOBODY = "nobody", _("No llegó nadie")
        PLACE = "place", _("No hubo lugar")
        UNSAFE = "unsafe", _("No era seguro")
        WEATHER = "weather", _("Lluvia, calor o temblor")
        FEAST = "feast", _("Fiesta o asueto")
        OTHER = "other", _("Otra razón")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    circle = models.ForeignKey(LiteracyCircle, on_delete=models.CASCADE, related_name="meetings")
    on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    why = models.CharField(max_length=8, choices=Why.choices, blank=True)
    # The guide that was followed, and which text it had then; empty where the group had its own.
    guide = models.CharField(max_length=60, blank=True)
    guide_version = models.CharField(max_length=12, blank=True)
    guide_sha256 = models.CharField(max_length=64, blank=True)
    came = models.PositiveSmallIntegerField(null=True)
    children = models.PositiveSmallIntegerField(default=0)
    # Aliases of one day, that are nowhere else; they go and the count stays.
    sealed_aliases = models.BinaryField(null=True)
    # The words of the group, its objective and its action. Without names.
    sealed_words = models.BinaryField(null=True)
    action_due_on = models.DateField(null=True)
    action_done_on = models.DateField(null=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "pk")
        indexes = [models.Index(fields=["state", "on"], name="network_literacy_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["circle", "on"], name="network_literacy_one_a_day"),
            models.CheckConstraint(
                condition=Q(state="held", came__isnull=False)
                | (~Q(state="held") & Q(came__isnull=True, children=0)),
                name="network_literacy_held_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(state="not_held") & ~Q(why="") | ~Q(state="not_held") & Q(why=""),
                name="network_literacy_not_held_says_why",
            ),
            models.CheckConstraint(
                condition=Q(sealed_aliases__isnull=True) | Q(state="held"),
                name="network_literacy_aliases_of_a_held_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.state}"


class Learning(models.Model):
    """What somebody said that they learned: their words, nobody's name."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    meeting = models.ForeignKey(LiteracyMeeting, on_delete=models.CASCADE, related_name="learned")
    domain = models.CharField(max_length=10, choices=Domain.choices)
    sealed = models.BinaryField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("written_at", "pk")

    def __str__(self) -> str:
        return self.domain


class CircleOutcome(models.Model):
    """A show of cards on one question of one kind: how many not yet, partly, yes."""

    class Moment(models.TextChoices):
        """When they were asked."""

        START = "start", _("Al empezar")
        END = "end", _("Al cerrar")
        LATER = "later", _("Meses después")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    circle = models.ForeignKey(LiteracyCircle, on_delete=models.CASCADE, related_name="outcomes")
    on = models.DateField()
    moment = models.CharField(max_length=6, choices=Moment.choices)
    domain = models.CharField(max_length=10, choices=Domain.choices)
    no = models.PositiveSmallIntegerField()
    partly = models.PositiveSmallIntegerField()
    yes = models.PositiveSmallIntegerField()
    counted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "moment", "domain"], name="network_circle_outcome_once"
            ),
            models.CheckConstraint(
                condition=Q(no__gt=0) | Q(partly__gt=0) | Q(yes__gt=0),
                name="network_circle_outcome_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.moment} {self.domain}"
