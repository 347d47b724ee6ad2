"""Which activity of tonight's guide the circle is at: one tap, exactly once."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.audit.record import record
from tequio.circles.models import ActivityStart
from tequio.circles.policies import session_for
from tequio.circles.rules.evening import Tap
from tequio.core.errors import DomainError
from tequio.programmes import queries as programmes


@transaction.atomic
def start(*, by: User, session_id: UUID, number: int, tap: Tap) -> ActivityStart:
    """Say that an activity begins now; the clock of everybody who runs the group follows it."""
    session = session_for(by, session_id, Permission.ROUND_KEEP)
    guide = programmes.guide(session.group.edition, session.number_from)
    if guide is None or not 1 <= number <= len(guide.activities):
        raise DomainError(_("Esa actividad no está en la guía de hoy."))
    found, made = ActivityStart.objects.get_or_create(
        id=tap.id,
        defaults={"session": session, "number": number, "said_at": tap.at, "by": by.login},
    )
    if made:
        record("session.activity", by=by, subject=session, detail={"number": number})
    return found
