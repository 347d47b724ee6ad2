"""Writing down what is assumed before it is looked at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.audit.record import record, record_read
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.studies.models import Expectation

_REACH: Final = timedelta(days=3 * 366)
_MOST_SESSIONS: Final = 104


@transaction.atomic
def expect(
    *, by: User, measure: str, percent: int, since: date, session: int | None = None
) -> Expectation:
    """Write down a share that is assumed from a day on. What was assumed before stays written."""
    require_everywhere(by, Permission.MONITOR_READ)
    require_everywhere(by, Permission.STUDY_DESIGN)
    if measure not in Expectation.Measure.values:
        raise DomainError(_("Falta de qué se supone."))
    if not 1 <= percent <= 99:
        raise DomainError(
            _("Lo supuesto va de 1 a 99 %."),
            hint=_("«Todos» o «nadie» no es una suposición: una sola excepción la desmiente."),
        )
    today = clock.today(by.organisation.timezone)
    if not today - _REACH <= since <= today:
        raise DomainError(
            _("Ese día no sirve para empezar a contar."),
            hint=_("Escribe un día de los últimos tres años, o el de hoy."),
        )
    of_men = measure == Expectation.Measure.RETENTION
    if of_men and (session is None or not 1 <= session <= _MOST_SESSIONS):
        raise DomainError(_("Falta en cuál de sus sesiones se busca a cada hombre."))
    made = Expectation.objects.create(
        organisation_id=by.organisation_id,
        measure=measure,
        percent=percent,
        session=session if of_men else None,
        since=since,
        written_by=by,
    )
    record("monitoring.expect", by=by, subject=made)
    return made


@transaction.atomic
def read_naming(*, by: User) -> None:
    """Write down that somebody had the rounds opened and counted."""
    require_everywhere(by, Permission.MONITOR_READ)
    record_read("monitoring.read_naming", by=by, subject=by.organisation)
