"""Declaring an emergency, and ending one before its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.text import squeeze
from tequio.outreach.models import Emergency
from tequio.outreach.policies import emergencies_of
from tequio.programmes.models import Site

# Longer than this somebody has to decide again: an emergency that nobody ends becomes a habit.
LONGEST: Final = timedelta(days=60)
# It may be written down some days after the earthquake, not for last year.
_EARLIEST: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, from when until when, and by whom."""

    kind: str
    sessions: str
    starts_on: date
    ends_on: date
    decided_by: str
    site: Site | None = None
    municipality: str = ""
    absences_count: bool = False
    care_calls: bool = True
    numbers: str = ""


@transaction.atomic
def declare(*, by: User, decision: Decision) -> Emergency:
    """Put emergency mode into force at one site or at all of them."""
    require_everywhere(by, Permission.EMERGENCY_DECLARE)
    _check(by, decision)
    made = Emergency.objects.create(
        organisation_id=by.organisation_id,
        recorded_by=by,
        kind=decision.kind,
        sessions=decision.sessions,
        starts_on=decision.starts_on,
        ends_on=decision.ends_on,
        decided_by=squeeze(decision.decided_by),
        site=decision.site,
        municipality=decision.municipality,
        absences_count=decision.absences_count,
        care_calls=decision.care_calls,
        numbers=decision.numbers.strip(),
    )
    record("emergency.declare", by=by, subject=made, detail={"until": str(made.ends_on)})
    return made


@transaction.atomic
def lift(*, by: User, emergency_id: UUID) -> Emergency:
    """End an emergency today, before its last day; what it forgave stays forgiven."""
    found = pick(emergencies_of(by), pk=emergency_id)
    require_everywhere(by, Permission.EMERGENCY_DECLARE)
    today = clock.today(by.organisation.timezone)
    if found.lifted_on is not None or found.ends_on < today:
        raise DomainError(_("Esa emergencia ya había terminado."))
    # It holds until the end of today: who is in a session tonight is not surprised.
    found.lifted_on, found.lifted_by = today, by
    found.save(update_fields=["lifted_on", "lifted_by"])
    record("emergency.lift", by=by, subject=found)
    return found


def _check(by: User, decision: Decision) -> None:
    if decision.site is not None and decision.site.organisation_id != by.organisation_id:
        raise not_visible()
    if (
        decision.kind not in Emergency.Kind.values
        or decision.sessions not in Emergency.Sessions.values
    ):
        raise DomainError(_("Falta decir qué pasó, o qué pasa con las sesiones."))
    if not squeeze(decision.decided_by):
        raise DomainError(_("Falta quién lo decidió."), hint=_("Escribe su nombre y su cargo."))
    today = clock.today(by.organisation.timezone)
    if decision.starts_on < today - _EARLIEST:
        raise DomainError(
            _("Empieza hace más de treinta días."), hint=_("Revisa la fecha de inicio.")
        )
    if decision.ends_on < max(decision.starts_on, today):
        raise DomainError(_("El último día ya pasó, o es anterior al primero."))
    if decision.ends_on - decision.starts_on > LONGEST:
        raise DomainError(
            _("Dura más de sesenta días."),
            hint=_("Pon hasta sesenta; si entonces sigue, se decide de nuevo."),
        )
