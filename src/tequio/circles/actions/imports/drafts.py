"""Taking a file in, deciding how it is read, and letting it go."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record, record_export, record_read
from tequio.circles.importing import files
from tequio.circles.importing.choices import Choices, to_dict
from tequio.circles.importing.reading import first_choices, remembered_mappings
from tequio.circles.models import RegisterImport
from tequio.circles.policies import imports_visible_to
from tequio.core.errors import DomainError
from tequio.core.tabular import read_workbook
from tequio.core.text import squeeze

_LONGEST_NAME = 200


@transaction.atomic
def receive(*, by: User, name: str, data: bytes) -> RegisterImport:
    """Keep a file sealed, with what we propose about it. Nothing of it is imported yet.

    Raises
    ------
    DomainError
        When the file cannot be read; then nothing is kept.
    """
    require_everywhere(by, Permission.ATTENDANCE_IMPORT)
    workbook = read_workbook(data, name)
    choices = first_choices(workbook, remembered_mappings(by.organisation_id))
    register = RegisterImport(
        organisation_id=by.organisation_id,
        file_sha256=hashlib.sha256(data).hexdigest(),
        created_by=by.login,
    )
    shown = squeeze(name.replace("\\", "/").rpartition("/")[2])[:_LONGEST_NAME]
    register.sealed_name = files.seal(register, "name", shown.encode())
    register.sealed_file = files.seal(register, "file", data)
    register.sealed_choices = files.seal_json(register, "choices", to_dict(choices))
    register.save()
    record("import.receive", by=by, subject=register)
    return register


def open_import(*, by: User, import_id: UUID) -> RegisterImport:
    """Return an import to look at; its page shows names, so the look is written down."""
    require_everywhere(by, Permission.ATTENDANCE_IMPORT)
    register = pick(imports_visible_to(by).select_related("job"), pk=import_id)
    record_read("import.open", by=by, subject=register)
    return register


@transaction.atomic
def choose(*, by: User, import_id: UUID, choices: Choices) -> RegisterImport:
    """Keep what a person decided about an import that has not begun."""
    require_everywhere(by, Permission.ATTENDANCE_IMPORT)
    register = pick(imports_visible_to(by).select_for_update(of=("self",)), pk=import_id)
    if register.state in {RegisterImport.State.RUNNING, RegisterImport.State.DONE}:
        raise _not_now(register)
    if not register.sealed_file:
        raise files.erased()
    register.sealed_choices = files.seal_json(register, "choices", to_dict(choices))
    register.save(update_fields=["sealed_choices"])
    return register


@transaction.atomic
def discard(*, by: User, import_id: UUID) -> None:
    """Throw away a file that was never imported."""
    require_everywhere(by, Permission.ATTENDANCE_IMPORT)
    register = pick(imports_visible_to(by).select_for_update(of=("self",)), pk=import_id)
    if register.state != RegisterImport.State.DRAFT:
        raise _not_now(register)
    record("import.discard", by=by, subject=register)
    register.delete()


@transaction.atomic
def erase_file(*, by: User, import_id: UUID) -> RegisterImport:
    """Erase the sealed file and whatever quotes it. What was imported stays."""
    require_everywhere(by, Permission.ATTENDANCE_IMPORT)
    register = pick(imports_visible_to(by).select_for_update(of=("self",)), pk=import_id)
    if register.state in {RegisterImport.State.DRAFT, RegisterImport.State.RUNNING}:
        raise _not_now(register)
    register.sealed_file = register.sealed_name = register.sealed_choices = None
    register.save(update_fields=["sealed_file", "sealed_name", "sealed_choices"])
    register.problems.all().delete()
    record("import.erase_file", by=by, subject=register)
    return register


@transaction.atomic
def write_down_problems(*, by: User, import_id: UUID, rows: int) -> None:
    """Record that the list of problems, which quotes the file, left the system."""
    require_everywhere(by, Permission.ATTENDANCE_IMPORT)
    register = pick(imports_visible_to(by), pk=import_id)
    record_export("problemas.xlsx", by=by, subject=register, rows=rows)


def _not_now(register: RegisterImport) -> DomainError:
    return DomainError(
        _("Esto ya no se puede: la importación está «%(state)s».")
        % {"state": register.get_state_display()},
        hint=_("Vuelve a abrir la página para ver cómo va."),
    )
