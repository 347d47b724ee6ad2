"""A committee of the neighbourhood: who is in it, when it meets, and its money."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.network.models.communities import Community


class Committee(models.Model):
    """Some who take on what the community decided."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="committees")
    name = models.CharField(max_length=80)
    takes_on = models.CharField(max_length=200, blank=True)
    founded_on = models.DateField()
    ended_on = models.DateField(null=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    audit_type = "committee"

    class Meta:
        ordering = ("founded_on", "name", "pk")
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="network_committee_once"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("founded_on")),
                name="network_committee_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """Name it: a committee acts in public."""
        return self.name


class Member(models.Model):
    """One who is in a committee, by the name that he or she chose for it."""

    class Part(models.TextChoices):
        """What they do in it."""

        COORDINATES = "coordinates", _("Coordina")
        MINUTES = "minutes", _("Lleva las actas")
        MONEY = "money", _("Lleva el dinero")
        MEMBER = "member", _("Integrante")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="members")
    alias = models.CharField(max_length=40)
    part = models.CharField(max_length=11, choices=Part.choices)
    since = models.DateField()
    term_ends_on = models.DateField()
    left_on = models.DateField(null=True)
    # Said yes to be in this list under this name; without it there is no row.
    agreed_on = models.DateField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("left_on", "part", "alias", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(term_ends_on__gte=F("since")), name="network_term_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("since")),
                name="network_member_left_later",
            ),
        ]

    def __str__(self) -> str:
        return self.alias


class Meeting(models.Model):
    """One time that a committee met. What it agreed is its actions."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField()
    present = models.PositiveSmallIntegerField()
    spoke_of = models.CharField(max_length=300)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-held_on", "-written_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(present__gte=1), name="network_meeting_had_some")
        ]

    def __str__(self) -> str:
        return f"{self.held_on}"


class Money(models.Model):
    """Pesos that came in or went out. A wrong line is put right by another one, as in a book."""

    class Way(models.TextChoices):
        """In or out."""

        RECEIVED = "received", _("Entró")
        SPENT = "spent", _("Salió")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="money")
    way = models.CharField(max_length=8, choices=Way.choices)
    cents = models.PositiveBigIntegerField()
    on = models.DateField()
    what = models.CharField(max_length=160)
    receipt = models.CharField(max_length=120, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("on", "written_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="network_money_is_something")
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.cents}"
