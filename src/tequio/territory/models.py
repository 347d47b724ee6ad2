"""The law of a state in a lawyer's words; open data that were loaded; what a gathering said."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids


class LawText(models.Model):
    """When an authority has to be told in one state, in a named lawyer's words and on a date.

    A text is never changed: a newer one stands before it, and what was decided keeps its own.
    """

    class About(models.TextChoices):
        """What the text is about."""

        MINORS = "minors", _("Niñas, niños o adolescentes")
        DANGER = "danger", _("Peligro inminente")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    state = models.CharField(max_length=2)
    about = models.CharField(max_length=8, choices=About.choices)
    text = models.TextField()
    author = models.CharField(max_length=120)
    licence = models.CharField(max_length=20, blank=True)
    dated_on = models.DateField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "state", "about", "-written_at"], name="territory_law"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.about} {self.dated_on}"


class OpenData(models.Model):
    """A set of open data that was loaded over the one that ships: public, of no organisation.

    One row holds the whole pressed table. Reading it takes one look at the checksums.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    kind = models.CharField(max_length=12, unique=True)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    payload = models.BinaryField()
    loaded_at = models.DateTimeField(default=clock.now)

    audit_type = "open_data"

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"

    @property
    def audit_label(self) -> str:
        """Name the set in the audit log."""
        return self.kind


class Gathering(models.Model):
    """What people who live in a place said of it, together: what no open data has.

    Who was there is said in words and by count, and never by name.
    """

    class Way(models.TextChoices):
        """How people were asked."""

        ASSEMBLY = "assembly", _("Asamblea")
        CIRCLE = "circle", _("Círculo o taller")
        WALK = "walk", _("Recorrido por la colonia")
        TALKS = "talks", _("Pláticas una por una")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    municipality = models.CharField(max_length=5)
    where = models.CharField(max_length=120, blank=True)
    held_on = models.DateField()
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.ASSEMBLY)
    present = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=160)
    work = models.TextField(blank=True)
    insecurity = models.TextField(blank=True)
    school = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    # Taken off the diagnosis, and kept for a diagnosis that was already printed with it.
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=160, blank=True)

    audit_type = "gathering"

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "municipality", "-held_on"],
                name="territory_gathering_place",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(present__gte=1), name="territory_somebody_was_there"
            ),
            models.CheckConstraint(
                condition=~Q(work="", insecurity="", school="", problems=""),
                name="territory_gathering_said_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.held_on}"

    @property
    def audit_label(self) -> str:
        """Name the gathering in the audit log."""
        return f"{self.municipality} {self.held_on:%Y-%m-%d}"
