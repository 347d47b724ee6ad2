"""What a community learns: what was seen and asked, what was found, decided and changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.network.models.communities import Community


class Sighting(models.Model):
    """What somebody of the team saw after an activity: one of four things, from 1 to 5."""

    class Domain(models.TextChoices):
        """What moves when a community changes."""

        KNOWLEDGE = "knowledge", _("Lo que saben")
        ATTITUDES = "attitudes", _("Lo que piensan")
        SKILLS = "skills", _("Lo que pueden hacer")
        BEHAVIOUR = "behaviour", _("Lo que hacen")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="sightings")
    on = models.DateField()
    activity = models.CharField(max_length=120)
    how_many = models.PositiveIntegerField()
    domain = models.CharField(max_length=9, choices=Domain.choices)
    score = models.PositiveSmallIntegerField()
    # What was heard or seen that bears it out, without a name. A score alone is an opinion.
    heard = models.CharField(max_length=300)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    audit_type = "sighting"

    class Meta:
        ordering = ("-on", "-written_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5), name="network_sighting_score"
            ),
            models.CheckConstraint(condition=~Q(heard=""), name="network_sighting_heard"),
        ]

    def __str__(self) -> str:
        return f"{self.domain} {self.score}"

    @property
    def audit_label(self) -> str:
        """Name it by its community."""
        return self.community.name


class SurveyRound(models.Model):
    """One time that a neighbourhood was asked, without names."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="rounds")
    model_slug = models.CharField(max_length=60)
    model_version = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    started_on = models.DateField()
    # How people were found: it says of whom the numbers speak.
    how = models.CharField(max_length=200)
    # Known when it is closed: how many were asked and would not answer.
    refused = models.PositiveIntegerField(null=True)
    closed_on = models.DateField(null=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    audit_type = "survey_round"

    class Meta:
        ordering = ("-started_on", "-written_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, refused__isnull=True)
                | Q(closed_on__isnull=False, refused__isnull=False),
                name="network_round_closed_whole",
            ),
            models.UniqueConstraint(
                fields=["community"],
                condition=Q(closed_on__isnull=True),
                name="network_one_open_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_on}"

    @property
    def audit_label(self) -> str:
        """Name it by its community."""
        return self.community.name


class SurveyAnswer(models.Model):
    """What one person answered. No name, no hour, no place, not even who asked."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    round = models.ForeignKey(SurveyRound, on_delete=models.CASCADE, related_name="answers")
    # By question: yes, no, unsure; a question that was skipped is not there.
    answers = models.JSONField(default=dict)
    gender = models.CharField(max_length=6, blank=True)
    age = models.CharField(max_length=6, blank=True)
    language = models.CharField(max_length=3, blank=True)
    disability = models.CharField(max_length=3, blank=True)
    reached = models.CharField(max_length=3, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class Finding(models.Model):
    """What the year taught. It is never changed and never taken away, whoever it bothers."""

    class Source(models.TextChoices):
        """From where it is known."""

        SURVEY = "survey", _("La encuesta rápida")
        SIGHTINGS = "sightings", _("Lo que vimos en actividades")
        DEMANDS = "demands", _("Las demandas y acciones")
        REFERRALS = "referrals", _("Las canalizaciones")
        NETWORK = "network", _("La red y el directorio")
        REACH = "reach", _("A quién no se llega")
        TALK = "talk", _("Una plática o asamblea")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="findings")
    year = models.PositiveSmallIntegerField()
    on = models.DateField()
    what = models.CharField(max_length=300)
    source = models.CharField(max_length=9, choices=Source.choices)
    # What may not be concluded from it: whoever writes a finding says it.
    limits = models.CharField(max_length=300)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    audit_type = "finding"

    class Meta:
        ordering = ("on", "written_at", "pk")

    def __str__(self) -> str:
        return self.what

    @property
    def audit_label(self) -> str:
        """Name it by its community."""
        return self.community.name


class Decision(models.Model):
    """What was decided about a finding; also that nothing will be done, with the reason."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="decisions")
    on = models.DateField()
    acts = models.BooleanField()
    what = models.CharField(max_length=300)
    decided_by = models.CharField(max_length=120)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("on", "written_at", "pk")

    def __str__(self) -> str:
        return self.what


class PlanLine(models.Model):
    """One line of a year's plan; a line that changed says from which one, and because of what."""

    class Change(models.TextChoices):
        """How it stands to the year before."""

        NEW = "new", _("Nuevo")
        SAME = "same", _("Sigue igual")
        CHANGED = "changed", _("Cambió")
        DROPPED = "dropped", _("Se dejó")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="plan")
    year = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    # How it will be known that it was done: a number and what it counts.
    sign = models.CharField(max_length=160, blank=True)
    change = models.CharField(max_length=7, choices=Change.choices)
    before = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="after")
    because = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="changes"
    )
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    audit_type = "plan_line"

    class Meta:
        ordering = ("year", "written_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=1), name="network_plan_year"),
            models.CheckConstraint(
                condition=Q(change="new", before__isnull=True)
                | (~Q(change="new") & Q(before__isnull=False)),
                name="network_change_has_a_before",
            ),
            models.CheckConstraint(
                condition=~Q(change__in=("changed", "dropped")) | Q(because__isnull=False),
                name="network_change_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["before"],
                condition=Q(before__isnull=False),
                name="network_line_followed_once",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def audit_label(self) -> str:
        """Name it by its community."""
        return self.community.name
