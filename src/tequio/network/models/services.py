"""The directory, after HSDS 3.0: who gives a service, where, when, to whom, and who checked it.

A row of `Service` is what HSDS calls a service at a location, with both: one place, one row. So
the database itself can refuse the address of a refuge, and a search reads one table.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.jobs.models import Job
from tequio.network.models.stakeholders import Stakeholder


class Provider(models.Model):
    """Who gives services: what HSDS calls an organization."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=160)
    email = models.CharField(max_length=120, blank=True)
    website = models.CharField(max_length=200, blank=True)
    # The same in our network, where we work with them.
    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.SET_NULL, null=True)
    # The key that it has in the directory from which it came.
    foreign_key = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name_key"], name="network_provider_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class DirectoryImport(models.Model):
    """A directory that was brought in, line by line, with what was mended in it."""

    class State(models.TextChoices):
        """Where it stands."""

        RUNNING = "running", _("En curso")
        DONE = "done", _("Importado")
        CANCELLED = "cancelled", _("Cancelado")
        FAILED = "failed", _("No se pudo")
        UNDONE = "undone", _("Deshecho")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200, blank=True)
    file = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True)
    counts = models.JSONField(default=dict)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    audit_type = "directory_import"

    class Meta:
        ordering = ("-started_at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """Name it by its file."""
        return self.name


class Service(models.Model):
    """One service at one place. It is shown to a woman only after a person of ours checked it."""

    class Status(models.TextChoices):
        """Whether it works, in the words of HSDS."""

        ACTIVE = "active", _("Funciona")
        INACTIVE = "inactive", _("No funciona por ahora")
        TEMPORARILY_CLOSED = "temporarily closed", _("Cerrado un tiempo")
        DEFUNCT = "defunct", _("Ya no existe")

    class Children(models.TextChoices):
        """Whether somebody may come with children."""

        YES = "yes", _("Puede llegar con niñas y niños")
        NO = "no", _("No reciben niñas ni niños")
        UNKNOWN = "", _("No se sabe")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=160)
    needs = models.JSONField(default=list)
    what_for = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=18, choices=Status.choices, default=Status.ACTIVE)
    eligibility = models.CharField(max_length=300, blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True)
    maximum_age = models.PositiveSmallIntegerField(null=True)
    cost = models.CharField(max_length=120, blank=True)
    how_to_ask = models.CharField(max_length=300, blank=True)
    bring = models.CharField(max_length=300, blank=True)
    languages = models.JSONField(default=list)
    accessibility = models.CharField(max_length=200, blank=True)
    children = models.CharField(max_length=3, choices=Children.choices, blank=True)
    safe_to_call = models.CharField(max_length=300, blank=True)
    refuge = models.BooleanField(default=False)
    address = models.CharField(max_length=300, blank=True)
    locality = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=2, blank=True)
    municipality = models.CharField(max_length=5, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    # Who called there and found all of it right. A change of anything takes it back.
    verified_on = models.DateField(null=True)
    verified_by = models.CharField(max_length=80, blank=True)
    # How many failures wait to be looked at, by how grave they are: what sinks, what hides.
    failures_open = models.PositiveSmallIntegerField(default=0)
    withheld = models.BooleanField(default=False)
    # Folded words and needs, in clear: all of it is public.
    search = models.TextField(blank=True)
    foreign_key = models.CharField(max_length=80, blank=True)
    brought_by = models.ForeignKey(
        DirectoryImport, on_delete=models.PROTECT, null=True, related_name="services"
    )
    changed_at = models.DateTimeField(default=clock.now)

    audit_type = "service"

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "status", "verified_on"], name="network_service_shown"
            ),
            models.Index(fields=["organisation", "state"], name="network_service_state"),
        ]
        constraints = [
            # Where women and children hide stands nowhere, not even by mistake.
            models.CheckConstraint(
                condition=Q(refuge=False) | Q(address="", locality="", municipality=""),
                name="network_refuge_has_no_address",
            ),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_by="")
                | (Q(verified_on__isnull=False) & ~Q(verified_by="")),
                name="network_service_verified_whole",
            ),
            models.CheckConstraint(
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(maximum_age__gte=F("minimum_age")),
                name="network_service_ages",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """Name the service: it is public."""
        return self.name


class Phone(models.Model):
    """One telephone of a service: ten digits, or the three of an emergency line."""

    class Kind(models.TextChoices):
        """What answers there."""

        VOICE = "voice", _("Teléfono")
        WHATSAPP = "whatsapp", _("WhatsApp")
        SMS = "sms", _("Mensajes")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=10)
    extension = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.VOICE)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["service", "number"], name="network_phone_once")
        ]

    def __str__(self) -> str:
        return self.number


class Opening(models.Model):
    """When a service is open: what HSDS calls a schedule."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="openings")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ("weekday", "opens", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="network_opening_day"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="network_opening_closes_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}"


class Failure(models.Model):
    """Somebody of ours says that a service failed. It waits until a person looks at it."""

    class What(models.TextChoices):
        """What went wrong."""

        NO_ANSWER = "no_answer", _("No contestan")
        WRONG = "wrong", _("El teléfono o la dirección están mal")
        CLOSED = "closed", _("Ya no existe o cerró")
        REFUSED = "refused", _("No quisieron atender")
        COST = "cost", _("Cobran o piden algo distinto")
        HARM = "harm", _("Trataron mal o pusieron en riesgo")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="failures")
    what = models.CharField(max_length=9, choices=What.choices)
    on = models.DateField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(default=clock.now)
    settled_on = models.DateField(null=True)
    settled_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("-on", "-reported_at", "-pk")

    def __str__(self) -> str:
        return f"{self.what} {self.on}"


class ImportLine(models.Model):
    """One object of a directory that was brought in: what became of it, and what was mended."""

    class Outcome(models.TextChoices):
        """What became of it."""

        ADDED = "added", _("Entró")
        KNOWN = "known", _("Ya estaba; no se tocó")
        MERGED = "merged", _("Repetido: se juntó con otro")
        INCOMPLETE = "incomplete", _("Sin teléfono ni dirección")
        TORN = "torn", _("Renglón roto")
        UNREADABLE = "unreadable", _("No se pudo leer")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    brought_by = models.ForeignKey(DirectoryImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    name = models.CharField(max_length=200, blank=True)
    # Codes of what was mended or is in doubt, and what stood there.
    mended = models.JSONField(default=list)
    text = models.TextField(blank=True)
    service = models.ForeignKey(Service, on_delete=models.SET_NULL, null=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["brought_by", "number"], name="network_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"
