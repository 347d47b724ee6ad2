"""What a community needs, how it chose what comes first, and what was done about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.network.models.committees import Committee, Meeting
from tequio.network.models.communities import Community


class Demand(models.Model):
    """A need that somebody voiced. It names nobody."""

    class Theme(models.TextChoices):
        """What it is about."""

        SERVICES = "services", _("Servicios que atiendan bien")
        JUSTICE = "justice", _("Denuncia y protección")
        STREETS = "streets", _("Calles y transporte seguros")
        MONEY = "money", _("Trabajo y dinero")
        HOUSING = "housing", _("Vivienda y un lugar donde quedarse")
        CHILDREN = "children", _("Niñas, niños y adolescentes")
        LEARNING = "learning", _("Aprender y organizarse")
        LANGUAGE = "language", _("Que atiendan en nuestra lengua")
        MEN = "men", _("Que los hombres cambien")
        OTHER = "other", _("Otra cosa")

    class Where(models.TextChoices):
        """Where it was voiced."""

        ASSEMBLY = "assembly", _("En una asamblea")
        CIRCLE = "circle", _("En un círculo de aprendizaje")
        STREET = "street", _("En la calle o en una visita")
        SURVEY = "survey", _("En una encuesta")
        COMMITTEE = "committee", _("En el comité")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="demands")
    theme = models.CharField(max_length=10, choices=Theme.choices)
    what = models.CharField(max_length=200)
    place = models.CharField(max_length=80, blank=True)
    # Nobody counted is not the same as nobody: empty is «no se contó».
    how_many = models.PositiveIntegerField(null=True)
    quotation = models.CharField(max_length=300, blank=True)
    where = models.CharField(max_length=9, choices=Where.choices)
    voiced_on = models.DateField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    audit_type = "demand"

    class Meta:
        ordering = ("voiced_on", "written_at", "pk")

    def __str__(self) -> str:
        return self.what

    @property
    def audit_label(self) -> str:
        """Name it by its community; its words stay on its page."""
        return self.community.name


class Assembly(models.Model):
    """A community came together to choose what goes first."""

    class Tie(models.TextChoices):
        """What was agreed to do with a tie, before anybody voted."""

        AGAIN = "again", _("Se vota otra vez entre las empatadas")
        MORE_VOICES = "more_voices", _("Va primero la que dijeron más personas")
        OLDER = "older", _("Va primero la que se dijo antes")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="assemblies")
    held_on = models.DateField()
    place = models.CharField(max_length=80)
    present = models.PositiveIntegerField()
    # How many raised hands a person had, so that votes can be held against those present.
    votes_each = models.PositiveSmallIntegerField(default=1)
    tie_rule = models.CharField(max_length=11, choices=Tie.choices)
    how_many_go_first = models.PositiveSmallIntegerField(default=3)
    minutes = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    audit_type = "assembly"

    class Meta:
        ordering = ("-held_on", "-written_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(votes_each__gte=1, how_many_go_first__gte=1, present__gte=1),
                name="network_assembly_counts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_on}"

    @property
    def audit_label(self) -> str:
        """Name it by its community."""
        return self.community.name


class Vote(models.Model):
    """How many hands went up for a demand, and the place that it took."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="votes")
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="votes")
    votes = models.PositiveIntegerField(default=0)
    # Only where a tie was voted on again.
    second_votes = models.PositiveIntegerField(null=True)
    place = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("place", "-votes", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["assembly", "demand"], name="network_vote_once")
        ]

    def __str__(self) -> str:
        return f"{self.votes}"


class Action(models.Model):
    """What somebody took on until a day: an agreement is one too, or it is no agreement."""

    class Kind(models.TextChoices):
        """What sort of thing is done."""

        OWN = "own", _("La hacemos nosotras y nosotros")
        ADVOCACY = "advocacy", _("Se le pide a quien decide")

    class State(models.TextChoices):
        """How it stands."""

        PLANNED = "planned", _("Por hacer")
        STUCK = "stuck", _("Atorada")
        DONE = "done", _("Cumplida")
        DROPPED = "dropped", _("No se hará")

    class Kept(models.TextChoices):
        """Whether whoever decides kept their word."""

        WAITING = "", _("Todavía no se sabe")
        KEPT = "kept", _("Cumplió")
        PARTLY = "partly", _("Cumplió en parte")
        BROKEN = "broken", _("No cumplió")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="actions")
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, null=True, related_name="actions")
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, null=True, related_name="actions"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="actions"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.OWN)
    what = models.CharField(max_length=200)
    # By first name, alias or part in the community.
    owner = models.CharField(max_length=60)
    due_on = models.DateField()
    # Anybody reads the wall, also whoever should not know who goes with whom.
    on_the_wall = models.BooleanField(default=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.PLANNED)
    finished_on = models.DateField(null=True)
    # Advocacy: who decides, on which law or budget line, and what they promised until when.
    decides = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=200, blank=True)
    promise = models.CharField(max_length=300, blank=True)
    promised_for = models.DateField(null=True)
    kept = models.CharField(max_length=6, choices=Kept.choices, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    audit_type = "community_action"

    class Meta:
        ordering = ("due_on", "written_at", "pk")
        indexes = [
            models.Index(fields=["organisation", "state", "due_on"], name="network_action_due")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="advocacy") | ~Q(decides=""), name="network_advocacy_asks_whom"
            ),
            models.CheckConstraint(
                condition=Q(kind="advocacy") | Q(promise="", promised_for__isnull=True, kept=""),
                name="network_only_advocacy_is_promised",
            ),
            models.CheckConstraint(
                condition=Q(promised_for__isnull=True) | ~Q(promise=""),
                name="network_promise_has_words",
            ),
            models.CheckConstraint(
                condition=Q(kept="") | ~Q(promise=""), name="network_kept_was_promised"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "dropped"), finished_on__isnull=False)
                | (~Q(state__in=("done", "dropped")) & Q(finished_on__isnull=True)),
                name="network_action_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(meeting__isnull=True) | Q(committee__isnull=False),
                name="network_agreement_of_a_committee",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def audit_label(self) -> str:
        """Name it by its community; its words stay on its page."""
        return self.community.name


class Step(models.Model):
    """Something that happened with an action, as it was told. None is ever changed."""

    class Kind(models.TextChoices):
        """What it tells."""

        PROGRESS = "progress", _("Avance")
        OBSTACLE = "obstacle", _("Obstáculo")
        PROMISE = "promise", _("Quien decide prometió algo")
        KEPT = "kept", _("Qué pasó con lo prometido")
        NEW_DAY = "new_day", _("Se cambió el día")
        DONE = "done", _("Se cumplió")
        DROPPED = "dropped", _("No se hará")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    on = models.DateField()
    text = models.CharField(max_length=300)
    # What shows it: where the photograph, the sheet or the official letter is kept.
    evidence = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("on", "written_at", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="network_step_says_something")
        ]

    def __str__(self) -> str:
        return self.kind
