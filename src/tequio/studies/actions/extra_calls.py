"""Writing down a call that a lottery gave a man, once a week."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require
from tequio.audit.record import record
from tequio.core import clock
from tequio.studies.models import ExtraCall
from tequio.studies.queries.extra_calls import callable_by, week_of


@transaction.atomic
def made(*, by: User, ticket_id: UUID, reached: bool) -> ExtraCall:
    """Write that he was called this week; said again, the later answer stands."""
    require(by, Permission.CALL_MAKE)
    ticket = pick(callable_by(by).select_related("lottery"), pk=ticket_id)
    week = week_of(clock.today(by.organisation.timezone))
    call, _new = ExtraCall.objects.update_or_create(
        ticket=ticket, week=week, defaults={"reached": reached, "made_by": by}
    )
    record("lottery.call", by=by, subject=ticket.lottery)
    return call
