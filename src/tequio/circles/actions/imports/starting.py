"""Beginning an import: exactly one, however many people press the button."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.circles.actions.imports.taking_back import take_back
from tequio.circles.importing import files
from tequio.circles.importing.choices import Choices
from tequio.circles.importing.reading import choices_of
from tequio.circles.models import RegisterImport
from tequio.circles.policies import imports_visible_to
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.jobs import actions as jobs

KIND = "register_import"


@transaction.atomic
def start(*, by: User, import_id: UUID, queued: bool = True) -> RegisterImport:
    """Begin the import as it was decided. What an earlier run left is taken back first.

    Without `queued` no job is made: who calls carries it out with :func:`apply`.
    """
    require_everywhere(by, Permission.ATTENDANCE_IMPORT)
    register = pick(imports_visible_to(by).select_for_update(of=("self",)), pk=import_id)
    if register.state in {RegisterImport.State.RUNNING, RegisterImport.State.DONE}:
        raise Conflict(
            _("Esta importación ya había empezado; no se importa dos veces."),
            hint=_("Abre su página para ver cómo va."),
        )
    if not register.sealed_file:
        raise files.erased()
    _refuse_incomplete(choices_of(register))
    if register.started_at is not None:
        take_back(by=by, register=register)
    register.state, register.finished_at = RegisterImport.State.RUNNING, None
    register.started_at, register.summary = clock.now(), {}
    record("import.start", by=by, subject=register)
    register.job = jobs.start(by=by, kind=KIND, subject_id=register.pk) if queued else None
    register.save()
    return register


def _refuse_incomplete(choices: Choices) -> None:
    new = [target for target in choices.targets if not target.group_id]
    if not choices.targets or any(not target.new_name for target in new):
        raise DomainError(
            _("Falta decir a qué grupo va el registro."),
            hint=_("Elige un grupo o escribe el nombre de uno nuevo."),
        )
    if new and not (choices.site_id and choices.edition_id):
        raise DomainError(
            _("Falta la sede o el programa del grupo nuevo."),
            hint=_("Elige los dos antes de importar."),
        )
