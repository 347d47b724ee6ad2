"""What became of a planned session."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick
from tequio.audit.record import record
from tequio.circles.models import Session
from tequio.circles.policies import groups_visible_to, require, sessions_visible_to
from tequio.circles.rules import may_be_marked
from tequio.core import clock
from tequio.core.errors import DomainError


@transaction.atomic
def hold(*, by: User, session_id: UUID) -> Session:
    """Say that the session took place. Taking attendance says it too."""
    session = pick(sessions_visible_to(by), pk=session_id)
    require(by, Permission.SESSION_PLAN, session.group)
    today = clock.today(session.group.site.timezone)
    # Also where it was called off beforehand: nobody was at a meeting of next week.
    if session.state != Session.State.HELD and not may_be_marked(
        planned_on=session.planned_on, today=today, state=Session.State.PLANNED
    ):
        raise DomainError(
            _("Esta sesión todavía no llega."),
            hint=_("Si el grupo se reunió antes, cambia primero su fecha."),
        )
    session.state, session.reason, session.held_by_tap = Session.State.HELD, "", False
    session.save(update_fields=["state", "reason", "held_by_tap"])
    record("session.hold", by=by, subject=session)
    return session


@transaction.atomic
def did_not_happen(*, by: User, session_id: UUID, reason: str) -> Session:
    """Say that the session did not take place, and why. Nobody is absent from it."""
    # Locked: a tap that arrives now waits, and then finds that there was no session.
    session = pick(sessions_visible_to(by).select_for_update(of=("self",)), pk=session_id)
    require(by, Permission.SESSION_PLAN, session.group)
    if reason not in Session.Reason.values:
        raise DomainError(
            _("Falta el motivo por el que no hubo sesión."), hint=_("Elige uno de la lista.")
        )
    if session.attendances.exists():
        raise DomainError(
            _("Esta sesión ya tiene asistencia registrada, así que sí se realizó."),
            hint=_("Si fue un error, quita primero las marcas."),
        )
    session.state, session.reason = Session.State.NOT_HELD, Session.Reason(reason)
    session.held_by_tap = False
    session.save(update_fields=["state", "reason", "held_by_tap"])
    record("session.not_held", by=by, subject=session, detail={"reason": reason})
    return session


@transaction.atomic
def move(*, by: User, session_id: UUID, planned_on: date) -> Session:
    """Change the day of a session that has not taken place; or plan again one that did not."""
    session = pick(sessions_visible_to(by), pk=session_id)
    require(by, Permission.SESSION_PLAN, session.group)
    if session.state == Session.State.HELD:
        raise DomainError(
            _("Esta sesión ya se realizó; su fecha no se mueve."),
            hint=_("Si la fecha está mal, avisa a coordinación."),
        )
    session.planned_on = planned_on
    session.state, session.reason = Session.State.PLANNED, ""
    session.save(update_fields=["planned_on", "state", "reason"])
    record("session.move", by=by, subject=session, detail={"on": planned_on.isoformat()})
    return session


@transaction.atomic
def add(*, by: User, group_id: UUID, planned_on: date) -> Session:
    """Add one more session at the end of a group's calendar."""
    group = pick(groups_visible_to(by), pk=group_id)
    require(by, Permission.SESSION_PLAN, group)
    last = group.sessions.aggregate(position=Max("position"), number=Max("number_to"))
    number = (last["number"] or 0) + 1
    session = Session.objects.create(
        group=group,
        position=(last["position"] or 0) + 1,
        number_from=number,
        number_to=number,
        planned_on=planned_on,
    )
    record("session.add", by=by, subject=session, detail={"on": planned_on.isoformat()})
    return session
