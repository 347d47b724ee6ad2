"""Undoing a whole import."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.circles.actions.imports.taking_back import take_back
from tequio.circles.models import RegisterImport
from tequio.circles.policies import imports_visible_to
from tequio.core import clock
from tequio.core.errors import DomainError

CAN_BE_UNDONE = frozenset({RegisterImport.State.RUNNING, RegisterImport.State.DONE})


@transaction.atomic
def undo(*, by: User, import_id: UUID) -> RegisterImport:
    """Remove everything that an import brought, except what has been used since.

    Also of one that never ended: a worker that still runs stops at its next step.
    """
    require_everywhere(by, Permission.ATTENDANCE_IMPORT)
    register = pick(imports_visible_to(by).select_for_update(of=("self",)), pk=import_id)
    if register.state not in CAN_BE_UNDONE:
        raise DomainError(
            _("No hay nada que deshacer: la importación está «%(state)s».")
            % {"state": register.get_state_display()},
            hint=_("Vuelve a la lista de importaciones."),
        )
    kept = take_back(by=by, register=register)
    register.state, register.finished_at = RegisterImport.State.UNDONE, clock.now()
    register.summary = register.summary | {
        "kept_folios": list(kept.folios),
        "kept_groups": list(kept.groups),
    }
    register.save(update_fields=["state", "finished_at", "summary"])
    detail = {"kept": len(kept.folios), "groups": len(kept.groups)}
    record("import.undo", by=by, subject=register, detail=detail)
    return register
