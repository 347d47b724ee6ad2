"""Registers that were brought in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation
from tequio.core import clock, ids
from tequio.jobs.models import Job


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
