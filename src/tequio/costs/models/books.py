"""The lines of the book. A line is never changed: a wrong one is voided and written again."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.circles.models import Group
from tequio.core import clock
from tequio.costs.models.terms import VALID
from tequio.programmes.models import Edition, Site

MOST_YEARS = 20


class Line(models.Model):
    """What every line says: which year, how much, in which money, and whether it stands."""

    # Made with the page: the same form sent twice is written once.
    id = models.UUIDField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=160, blank=True)
    # As it was typed, in the money in which it was paid.
    whole_cents = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3, default="MXN", validators=[VALID])
    exchange = models.DecimalField(max_digits=14, decimal_places=6, default=Decimal(1))
    exchange_source = models.CharField(max_length=160, blank=True)
    # In the money of the book, after its share and its exchange.
    cents = models.PositiveBigIntegerField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ("-written_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True)
                | Q(voided_at__isnull=False, voided_by__isnull=False),
                name="costs_%(class)s_void_is_whole",
            ),
            # No rate of exchange without the place where it was read.
            models.CheckConstraint(
                condition=Q(exchange=1) | (Q(exchange__gt=0) & ~Q(exchange_source="")),
                name="costs_%(class)s_exchange_sourced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.cents}"


class Entry(Line):
    """Something that the programme used in a year, paid for or given."""

    class Kind(models.TextChoices):
        """What it is."""

        STAFF = "staff", _("Horas del equipo")
        VOLUNTEER = "volunteer", _("Horas de voluntariado")
        VENUE = "venue", _("Lugar")
        MATERIALS = "materials", _("Materiales")
        TRANSPORT = "transport", _("Transporte")
        OVERHEAD = "overhead", _("Gastos generales")
        START_UP = "start_up", _("Arranque")
        OTHER = "other", _("Otros")

    class Task(models.TextChoices):
        """For what hours were used."""

        SESSION = "session", _("Sesiones")
        PREPARATION = "preparation", _("Preparación")
        CONTACT = "contact", _("Contacto y acompañamiento")
        SUPERVISION = "supervision", _("Supervisión")
        ADMINISTRATION = "administration", _("Administración")

    kind = models.CharField(max_length=9, choices=Kind.choices)
    task = models.CharField(max_length=14, choices=Task.choices, blank=True)
    minutes = models.PositiveIntegerField(null=True)
    rate_cents = models.PositiveBigIntegerField(null=True)
    # For one of these, or for the whole organisation.
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="+")
    # Whether money left the organisation. What was given counts at what it would have cost.
    paid = models.BooleanField(default=True)
    # Of an expense of the whole office, the part that is this programme's.
    percent = models.PositiveSmallIntegerField(default=100)
    # Over how many years it is used, from `year` on, the same in each.
    years = models.PositiveSmallIntegerField(default=1)
    # A person confirmed what the calendar of the groups says.
    proposed = models.BooleanField(default=False)

    audit_type = "cost"

    class Meta(Line.Meta):
        constraints = [
            *Line.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    kind__in=["staff", "volunteer"],
                    minutes__isnull=False,
                    minutes__gt=0,
                    rate_cents__isnull=False,
                )
                & ~Q(task="")
                | ~Q(kind__in=["staff", "volunteer"])
                & Q(task="", minutes__isnull=True, rate_cents__isnull=True),
                name="costs_hours_are_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind="volunteer", paid=False) | ~Q(kind="volunteer"),
                name="costs_volunteers_are_not_paid",
            ),
            models.CheckConstraint(
                condition=Q(site__isnull=True, edition__isnull=True)
                | Q(site__isnull=True, group__isnull=True)
                | Q(edition__isnull=True, group__isnull=True),
                name="costs_for_one_thing",
            ),
            # By group or site it would tell where women answered.
            models.CheckConstraint(
                condition=~Q(task="contact")
                | Q(site__isnull=True, edition__isnull=True, group__isnull=True, what=""),
                name="costs_contact_is_of_the_house",
            ),
            models.UniqueConstraint(
                fields=["organisation", "year"],
                condition=Q(task="contact", voided_at__isnull=True),
                name="costs_contact_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="costs_percent"
            ),
            models.CheckConstraint(
                condition=Q(years=1) | Q(kind="start_up", years__gte=1, years__lte=MOST_YEARS),
                name="costs_years",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "year"], name="costs_entries_of")]

    @property
    def audit_label(self) -> str:
        """Name the line by its year and its kind."""
        return f"{self.year} · {self.get_kind_display()}"


class Income(Line):
    """Money that came in. Voluntary contributions are counted, and never by man."""

    class Kind(models.TextChoices):
        """Where it comes from."""

        VOLUNTARY = "voluntary", _("Aportaciones voluntarias")
        GRANT = "grant", _("Financiamiento")
        OWN = "own", _("Recursos propios")
        OTHER = "other", _("Otros ingresos")

    kind = models.CharField(max_length=9, choices=Kind.choices)
    # How many contributions, of voluntary ones.
    count = models.PositiveIntegerField(null=True)

    audit_type = "income"

    class Meta(Line.Meta):
        constraints = [
            *Line.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="voluntary", count__isnull=False, count__gte=1, what="")
                | (~Q(kind="voluntary") & Q(count__isnull=True)),
                name="costs_voluntary_is_counted",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "year"], name="costs_income_of")]

    @property
    def audit_label(self) -> str:
        """Name the line by its year and where it comes from."""
        return f"{self.year} · {self.get_kind_display()}"
