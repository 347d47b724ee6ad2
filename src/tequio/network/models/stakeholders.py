"""Who is in the network: what they promised, what was agreed, and how they are tied, over time."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids


class Stakeholder(models.Model):
    """An organisation, an authority or a group. Never a woman who looks for help."""

    class Kind(models.TextChoices):
        """What it is."""

        ORGANISATION = "organisation", _("Organización civil")
        GROUP = "group", _("Grupo del barrio")
        HEALTH = "health", _("Autoridad de salud")
        JUSTICE = "justice", _("Autoridad de justicia")
        EDUCATION = "education", _("Autoridad de educación o escuela")
        WOMEN = "women", _("Instituto de las mujeres")
        GOVERNMENT = "government", _("Otra autoridad")
        ACADEMY = "academy", _("Universidad")
        FAITH = "faith", _("Iglesia o comunidad de fe")
        BUSINESS = "business", _("Comercio o empresa")
        MEDIA = "media", _("Medio de comunicación")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    does = models.CharField(max_length=300, blank=True)
    needs = models.JSONField(default=list)
    municipality = models.CharField(max_length=5, blank=True)
    telephone = models.CharField(max_length=60, blank=True)
    # Ourselves: one row, so that our own ties stand in the picture like everybody's.
    is_us = models.BooleanField(default=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    audit_type = "stakeholder"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name_key"], name="network_stakeholder_once"
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_us=True), name="network_one_of_us"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """Name it: institutions and groups act in public."""
        return self.name


class Commitment(models.Model):
    """How far somebody went along since a day. A newer row stands before it; none is changed."""

    class Level(models.TextChoices):
        """From against to leading."""

        AGAINST = "against", _("Se opone")
        KNOWS = "knows", _("Ya sabe de la red")
        LISTENS = "listens", _("Viene y escucha")
        HELPS = "helps", _("Ayuda cuando se le pide")
        COMMITTED = "committed", _("Se comprometió y cumple")
        LEADS = "leads", _("Lleva una parte del trabajo")
        LEFT = "left", _("Se fue de la red")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    stakeholder = models.ForeignKey(
        Stakeholder, on_delete=models.CASCADE, related_name="commitments"
    )
    level = models.CharField(max_length=10, choices=Level.choices)
    since = models.DateField()
    because = models.CharField(max_length=200, blank=True)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("since", "said_at", "pk")

    def __str__(self) -> str:
        return f"{self.level} {self.since}"


class Agreement(models.Model):
    """What was agreed with somebody, on paper or by word, and until when it holds."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    stakeholder = models.ForeignKey(
        Stakeholder, on_delete=models.CASCADE, related_name="agreements"
    )
    what = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    # With their office, as on the paper; nobody has signed while both are empty.
    signed_by_them = models.CharField(max_length=120, blank=True)
    signed_by_us = models.CharField(max_length=120, blank=True)
    ended_early_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    audit_type = "agreement"

    class Meta:
        ordering = ("-starts_on", "-written_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="network_agreement_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True, signed_by_them="", signed_by_us="")
                | (Q(signed_on__isnull=False) & ~Q(signed_by_them="") & ~Q(signed_by_us="")),
                name="network_agreement_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_early_on__isnull=True) | Q(ended_early_on__gte=F("starts_on")),
                name="network_agreement_ended_later",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def audit_label(self) -> str:
        """Name what was agreed by whom it was agreed with."""
        return self.stakeholder.name


class Tie(models.Model):
    """How one stands to another, as somebody saw it on a day; ended when it is over."""

    class Kind(models.TextChoices):
        """What the first does with the second."""

        WORKS = "works", _("trabaja con")
        REFERS = "refers", _("manda gente a")
        WANTS = "wants", _("quiere trabajar con")
        BLOCKS = "blocks", _("estorba a")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    source = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="ties_out")
    target = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, related_name="ties_in")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    observed_on = models.DateField()
    ended_on = models.DateField(null=True)
    # By office or part in the community, never by a woman's name.
    told_by = models.CharField(max_length=80)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    audit_type = "tie"

    class Meta:
        ordering = ("observed_on", "written_at", "pk")
        indexes = [models.Index(fields=["organisation", "observed_on"], name="network_tie_seen")]
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="network_tie_joins_two"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("observed_on")),
                name="network_tie_ends_later",
            ),
            models.UniqueConstraint(
                fields=["source", "target", "kind"],
                condition=Q(ended_on__isnull=True),
                name="network_tie_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"

    @property
    def audit_label(self) -> str:
        """Name it by where it begins."""
        return self.source.name
