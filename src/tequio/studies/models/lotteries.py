"""Lotteries that anybody can repeat: what was promised, the closed list, the number, the result.

What was published is never changed: the database refuses it (`lottery_triggers`).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.circles.models import Group
from tequio.core import clock, ids
from tequio.people.models import Participant
from tequio.programmes.models import Edition, Site
from tequio.studies.models.studies import Study


class Lottery(models.Model):
    """One lottery, from its promise to its result."""

    class Kind(models.TextChoices):
        """What is drawn."""

        WAIT = "wait", _("Quién empieza ahora y quién espera")
        CALLS = "calls", _("A quién se le llama además")
        SITES = "sites", _("En qué orden empiezan las sedes")
        GROUPS = "groups", _("En qué orden empiezan los grupos")

    class Why(models.TextChoices):
        """Why it was called off."""

        SEATS = "seats", _("Ya hay lugar para todos")
        MISTAKE = "mistake", _("Tenía un error")
        HARM = "harm", _("Esperar le hacía daño a alguien")
        STUDY = "study", _("El estudio ya no se hace")
        LATE = "late", _("Se pasó la fecha")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="lotteries")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    # By which anybody finds it; it says nothing of what is drawn.
    code = models.CharField(max_length=9, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True)
    max_delay_days = models.PositiveSmallIntegerField()
    # With which numbers it could be offered at all.
    basis = models.JSONField(default=dict)
    # The days on which sites or groups start, in order.
    calendar = models.JSONField(default=list)
    # Agreed with the list: it binds the number of seats and the days into the draw.
    title = models.CharField(max_length=200, blank=True)
    commitment = models.CharField(max_length=64)
    sealed_seed = models.BinaryField()
    committed_on = models.DateField()
    closes_on = models.DateField()
    beacon_on = models.DateField()
    closed_on = models.DateField(null=True)
    # The list as it is published: a code, and whether it waits for no lottery.
    listed = models.TextField(blank=True)
    list_sha256 = models.CharField(max_length=64, blank=True)
    seats = models.PositiveSmallIntegerField(null=True)
    said = models.CharField(max_length=8, blank=True)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    beacon = models.CharField(max_length=8, blank=True)
    beacon_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    drawn_on = models.DateField(null=True)
    record = models.TextField(blank=True)
    record_sha256 = models.CharField(max_length=64, blank=True)
    cancelled_on = models.DateField(null=True)
    cancelled_because = models.CharField(max_length=8, blank=True, choices=Why.choices)
    announced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(default=clock.now)

    audit_type = "lottery"

    class Meta:
        verbose_name_plural = "lotteries"
        indexes = [
            models.Index(fields=["organisation", "-announced_at"], name="studies_lottery_newest")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("committed_on"), beacon_on__gt=F("closes_on")),
                name="studies_lottery_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(max_delay_days__gte=1), name="studies_lottery_delay"
            ),
            models.CheckConstraint(
                condition=Q(
                    closed_on__isnull=True, listed="", list_sha256="", title="", seats__isnull=True
                )
                | (
                    Q(closed_on__gt=F("committed_on"), seats__isnull=False)
                    & Q(closed_on__lt=F("beacon_on"))
                    & ~Q(listed="")
                    & ~Q(list_sha256="")
                    & ~Q(title="")
                ),
                name="studies_lottery_closed_whole",
            ),
            # The number is said by one person and confirmed by another.
            models.CheckConstraint(
                condition=Q(beacon="", beacon_by__isnull=True)
                | (
                    ~Q(beacon="")
                    & Q(beacon=F("said"), beacon_by__isnull=False, closed_on__isnull=False)
                    & ~Q(beacon_by=F("said_by"))
                ),
                name="studies_lottery_number_of_two",
            ),
            models.CheckConstraint(
                condition=Q(drawn_on__isnull=True, record="", record_sha256="")
                | (
                    Q(drawn_on__gte=F("beacon_on"))
                    & ~Q(record="")
                    & ~Q(record_sha256="")
                    & ~Q(beacon="")
                ),
                name="studies_lottery_result_whole",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True, cancelled_because="")
                | (Q(cancelled_on__isnull=False) & ~Q(cancelled_because="")),
                name="studies_lottery_called_off_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def audit_label(self) -> str:
        """Name the lottery by the code under which it is public."""
        return self.code

    @property
    def of_men(self) -> bool:
        """Whether men are drawn, and not places."""
        return self.kind in (self.Kind.WAIT, self.Kind.CALLS)


class Ticket(models.Model):
    """One man on the list, under a code that only this row leads to him."""

    class Exempt(models.TextChoices):
        """Why no lottery decides about him: facts of the men's side alone."""

        NO_WAIT = "no_wait", _("Riesgo alto, o lo manda una autoridad")
        AGAIN = "again", _("Ya esperó por otro sorteo")
        SUICIDE = "suicide", _("Se teme por su vida")
        SEPARATION = "separation", _("Está en una separación o un juicio de custodia")
        MINOR = "minor", _("Es menor de edad")
        PROMISED = "promised", _("Ya se le había prometido un lugar")
        FAR = "far", _("Viene de lejos: si no es ahora, no puede")
        CARE = "care", _("Otra razón de cuidado que está en su expediente")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    lottery = models.ForeignKey(Lottery, on_delete=models.PROTECT, related_name="tickets")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="lottery_tickets"
    )
    code = models.CharField(max_length=9)
    exempt = models.CharField(max_length=10, blank=True, choices=Exempt.choices)
    start = models.CharField(max_length=6, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    # Let go before his day, for a reason that is counted. His arm stays what was drawn.
    released_on = models.DateField(null=True)
    released_because = models.CharField(max_length=10, blank=True, choices=Exempt.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lottery", "participant"], name="studies_ticket_one_a_man"
            ),
            models.UniqueConstraint(fields=["lottery", "code"], name="studies_ticket_code"),
            models.CheckConstraint(
                condition=Q(start="", rank=0)
                | Q(start="exempt", rank=0)
                | Q(start__in=["now", "later"], rank__gte=1, exempt=""),
                name="studies_ticket_drawn_whole",
            ),
            models.CheckConstraint(
                condition=Q(released_on__isnull=True, released_because="")
                | (Q(released_on__isnull=False) & ~Q(released_because="")),
                name="studies_ticket_released_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Turn(models.Model):
    """One site or group in the order in which they start."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    lottery = models.ForeignKey(Lottery, on_delete=models.PROTECT, related_name="turns")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, related_name="+")
    code = models.CharField(max_length=9)
    rank = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lottery", "code"], name="studies_turn_code"),
            models.CheckConstraint(
                condition=Q(site__isnull=False, group__isnull=True)
                | Q(site__isnull=True, group__isnull=False),
                name="studies_turn_of_one",
            ),
            models.CheckConstraint(
                condition=Q(rank=0, starts_on__isnull=True)
                | Q(rank__gte=1, starts_on__isnull=False),
                name="studies_turn_drawn_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ExtraCall(models.Model):
    """One call besides the usual ones, in one week: what the drawn help came to."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="calls")
    # The Monday of the week that it belongs to.
    week = models.DateField()
    reached = models.BooleanField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "week"], name="studies_one_call_a_week")
        ]

    def __str__(self) -> str:
        return str(self.week)
