"""A night without signal: the whole sheet is typed in at once, exactly once."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.audit.record import record, record_export
from tequio.circles.actions import attendance, tellings
from tequio.circles.models import Mark, Session
from tequio.circles.policies import session_for
from tequio.circles.rules.evening import Letters, Tap
from tequio.circles.rules.sheets import number_of
from tequio.core.errors import DomainError

_AWAY = ("absent", "excused")


@transaction.atomic
def enter(*, by: User, session_id: UUID, lines: Mapping[UUID, Letters], tap: Tap) -> int:
    """Write what a sheet says, by place; an empty box leaves what is there. Returns how many men.

    The same sheet sent twice is written once, line by line: what was corrected since stays.
    """
    session = session_for(by, session_id, Permission.ROUND_KEEP)
    _refuse_away(lines)
    numbers = {man: number_of(tap.id, man, "attendance") for man in lines}
    known = set(Mark.objects.filter(pk__in=numbers.values()).values_list("pk", flat=True))
    fresh = {
        man: line.status for man, line in lines.items() if line.status and numbers[man] not in known
    }
    if fresh:
        attendance.mark_many(by=by, session=session, statuses=fresh)
        Mark.objects.bulk_create(
            [
                Mark(
                    id=numbers[man],
                    session=session,
                    membership_id=man,
                    status=status,
                    said_at=tap.at,
                    by=by.login,
                )
                for man, status in fresh.items()
            ]
        )
    for man, line in lines.items():
        if line.answer:
            tellings.answer(
                by=by,
                session_id=session_id,
                membership_id=man,
                said=line.answer,
                tap=Tap(number_of(tap.id, man, "round"), tap.at),
            )
    written = sum(bool(line.status or line.answer) for line in lines.values())
    record("session.sheet", by=by, subject=session, detail={"count": written})
    return written


def print_sheet(*, by: User, session_id: UUID, rows: int) -> Session:
    """Write down that a sheet with aliases left the system."""
    session = session_for(by, session_id, Permission.ROUND_KEEP)
    record_export("session_sheet", by=by, rows=rows, subject=session)
    return session


def _refuse_away(lines: Mapping[UUID, Letters]) -> None:
    if any(line.status in _AWAY and line.answer for line in lines.values()):
        raise DomainError(
            _("Alguien que faltó o avisó tiene también una respuesta en la ronda."),
            hint=_("Revisa su renglón: quien no vino no tuvo turno."),
        )
