"""A question that somebody asks of the ordinary work, and the plan that was frozen to answer it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids


class Study(models.Model):
    """A question, what was chosen in answer to it so far, and whose words would answer it."""

    class Informant(models.TextChoices):
        """Whose reports are the outcome. They are never pooled with anybody else's."""

        MEN = "men", _("Lo que cuentan los hombres")
        WOMEN = "women", _("Lo que cuentan las mujeres")
        COMMUNITY = "community", _("Lo que contesta la comunidad")

    class State(models.TextChoices):
        """How far it is. A frozen plan is changed by dated amendments alone."""

        DRAFT = "draft", _("En preparación")
        PLANNED = "planned", _("Con plan congelado")
        STOPPED = "stopped", _("Detenido")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    title = models.CharField(max_length=120)
    # The slug of the question in the shipped catalogue (`studies/questions`), and its version.
    question = models.SlugField(max_length=40)
    version = models.CharField(max_length=4, default="1")
    informant = models.CharField(max_length=10, choices=Informant.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    # What the assistant was answered, and from which the plan that holds was made.
    choices = models.JSONField(default=dict)
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    stopped_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    stopped_why = models.CharField(max_length=400, blank=True)

    audit_type = "study"

    class Meta:
        verbose_name_plural = "studies"
        indexes = [
            models.Index(fields=["organisation", "-begun_at"], name="studies_study_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="stopped", stopped_at__isnull=False, stopped_by__isnull=False)
                & ~Q(stopped_why="")
                | Q(stopped_at__isnull=True, stopped_by__isnull=True, stopped_why="")
                & ~Q(state="stopped"),
                name="studies_stopped_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_label(self) -> str:
        """Name it by its title, which names nobody."""
        return self.title


class Plan(models.Model):
    """What was decided before the data were looked at: the first plan, or a dated amendment.

    `text` is the file that ``./tequio evaluate`` takes; `recipe`, which stands in it too, says
    where the data come from. `sha256` is of the file, so that neither changes unseen. A plan is
    written once: the database refuses everything else.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    recipe = models.JSONField()
    # Why it was changed: the first plan has no reason, an amendment always has one.
    reason = models.CharField(max_length=400, blank=True)
    sha256 = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(default=clock.now)

    audit_type = "study_plan"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="studies_plan_once"),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")),
                name="studies_amendment_says_why",
            ),
            # Whatever an action forgets: women's support is never part of a comparison.
            models.CheckConstraint(
                condition=~Q(recipe__source="women") | Q(recipe__arm=None),
                name="studies_women_are_never_compared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study_id} · {self.number}"

    @property
    def audit_label(self) -> str:
        """Name it by the beginning of its hash."""
        return self.sha256[:12]
