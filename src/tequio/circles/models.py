"""Groups, who is in them, their sessions, and who came."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.jobs.models import Job
from tequio.people.models import Participant
from tequio.programmes.models import Edition, Site


class Group(models.Model):
    """A circle that meets at one site on one edition of a model."""

    class Gaps(models.TextChoices):
        """What a man's missing mark means in a session that was held."""

        UNKNOWN = "unknown", _("No se sabe")
        ABSENT = "absent", _("Es falta")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT)
    name = models.CharField(max_length=80)
    # Monday is 0. Empty for a register of meetings that had no fixed day.
    weekday = models.PositiveSmallIntegerField(null=True)
    starts_at = models.TimeField(null=True)
    starts_on = models.DateField(null=True)
    gaps = models.CharField(max_length=10, choices=Gaps.choices, default=Gaps.UNKNOWN)
    facilitators = models.ManyToManyField(User, related_name="groups_facilitated", blank=True)
    import_id = models.UUIDField(null=True, db_index=True)
    closed_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    audit_type = "group"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="circles_group_name"),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__lte=6), name="circles_group_weekday"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """Name the group in the audit log."""
        return self.name


class Membership(models.Model):
    """A man's place in a group, from when to when."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="memberships"
    )
    # From which session he is expected; registers without dates have only the number.
    joined_at_session = models.PositiveSmallIntegerField(default=1)
    joined_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_at_session = models.PositiveSmallIntegerField(null=True)
    import_id = models.UUIDField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "participant"], name="circles_membership_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_at_session__isnull=True)
                | Q(ended_on__isnull=False, ended_at_session__isnull=False),
                name="circles_membership_ended_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Session(models.Model):
    """One meeting of a group. A register may hold one meeting that covers two sessions («4-5»)."""

    class State(models.TextChoices):
        """Whether the meeting took place."""

        PLANNED = "planned", _("Planeada")
        HELD = "held", _("Realizada")
        NOT_HELD = "not_held", _("No se realizó")

    class Reason(models.TextChoices):
        """Why a meeting did not take place. None of them is a man's fault."""

        HOLIDAY = "holiday", _("Día festivo o puente")
        FACILITATION = "facilitation", _("No pudo quien facilita")
        PLACE = "place", _("No hubo lugar")
        NOBODY_CAME = "nobody_came", _("No llegó nadie")
        SAFETY = "safety", _("Inseguridad en la zona")
        WEATHER = "weather", _("Lluvia, sismo u otra emergencia")
        OTHER = "other", _("Otro motivo")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="sessions")
    # The order of meetings in the group, 1, 2, 3…
    position = models.PositiveSmallIntegerField()
    # The programme's sessions that the meeting covers: 4 to 5 for «FUAT 4-5».
    number_from = models.PositiveSmallIntegerField()
    number_to = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=80, blank=True)
    planned_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    # Marks of presence that carry no identity: nobody can say whose they are.
    unattributed = models.PositiveIntegerField(default=0)
    import_id = models.UUIDField(null=True, db_index=True)

    audit_type = "session"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "position"], name="circles_session_order"),
            models.CheckConstraint(
                condition=Q(number_to__gte=F("number_from")), name="circles_session_numbers"
            ),
            models.CheckConstraint(
                condition=(Q(state="not_held") & ~Q(reason=""))
                | (~Q(state="not_held") & Q(reason="")),
                name="circles_session_reason",
            ),
        ]
        indexes = [models.Index(fields=["planned_on", "state"], name="circles_session_day")]

    def __str__(self) -> str:
        return self.label or str(self.position)

    @property
    def covers(self) -> int:
        """How many of the programme's sessions this one meeting covers."""
        return self.number_to - self.number_from + 1

    @property
    def audit_label(self) -> str:
        """Name the session in the audit log."""
        return f"{self.group.name} · {self.position}"


class Attendance(models.Model):
    """Where a man stood in one session. No row means that nobody recorded it."""

    class Status(models.TextChoices):
        """What was recorded."""

        PRESENT = "present", _("Presente")
        LATE = "late", _("Tarde")
        ABSENT = "absent", _("Falta")
        EXCUSED = "excused", _("Avisó")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="attendances")
    status = models.CharField(max_length=10, choices=Status.choices)
    marked_at = models.DateTimeField(default=clock.now)
    marked_by = models.CharField(max_length=100)
    import_id = models.UUIDField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "membership"], name="circles_attendance_once"
            ),
        ]

    def __str__(self) -> str:
        return self.status


class Mark(models.Model):
    """One tap as it arrived, under the number that the device gave it: exactly once.

    The same number with the same content answers as the first time; with another content it is
    a conflict, and both are kept (this row, and the event in the audit log).
    """

    id = models.UUIDField(primary_key=True)
    session = models.ForeignKey(Session, on_delete=models.CASCADE)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE)
    # Empty when the tap took a mark back.
    status = models.CharField(max_length=10, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=100)

    def __str__(self) -> str:
        return str(self.pk)


class RegisterImport(models.Model):
    """A register that was brought in, with what is needed to undo the whole of it."""

    class State(models.TextChoices):
        """How far the import has come."""

        DRAFT = "draft", _("En revisión")
        RUNNING = "running", _("Importando")
        DONE = "done", _("Importado")
        CANCELLED = "cancelled", _("Cancelado")
        FAILED = "failed", _("No se pudo")
        UNDONE = "undone", _("Deshecho")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    # Names of files hold names of people too: sealed like the file, empty once it was erased.
    sealed_name = models.BinaryField(null=True)
    file_sha256 = models.CharField(max_length=64)
    # The file itself, sealed: nothing is lost, and its names stay in the vault.
    sealed_file = models.BinaryField(null=True)
    # How it is read and where it goes, as somebody decided; it holds keys of people: sealed.
    sealed_choices = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True)
    # Counts, folios and keys of groups: nothing that was written in the file.
    summary = models.JSONField(default=dict)
    # How sessions stood that were there before, so that undoing puts them back.
    touched = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.CharField(max_length=100)
    # The moment on every mark of this import: a mark with another moment was made by hand since.
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    audit_type = "register_import"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "running"], finished_at__isnull=True)
                | (~Q(state__in=["draft", "running"]) & Q(finished_at__isnull=False)),
                name="circles_import_finished",
            ),
        ]

    def __str__(self) -> str:
        return self.file_sha256[:12]

    @property
    def audit_label(self) -> str:
        """Name the import by its fingerprint: file names may hold people's names."""
        return self.file_sha256[:12]


class ImportProblem(models.Model):
    """A row or cell that could not be used, kept with its address until somebody looks at it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    register = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="problems")
    severity = models.CharField(max_length=10)
    code = models.SlugField(max_length=40, db_index=False)
    # Sheet, cell, sentence and hint: a sentence may quote a cell, a sheet may be called like a man.
    sealed = models.BinaryField()
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "position"], name="circles_problem_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.position}"


class RememberedMapping(models.Model):
    """How a layout of columns was read last time, so that next month needs no questions."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField()
    # Which import taught it: a reading that was undone is not remembered.
    import_id = models.UUIDField(null=True)
    remembered_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "signature"], name="circles_mapping_once"
            ),
        ]

    def __str__(self) -> str:
        return self.signature[:8]
