"""Taking attendance: one tap, exactly once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick
from tequio.audit.record import record
from tequio.circles.models import Attendance, Mark, Membership, Session
from tequio.circles.policies import require, sessions_visible_to
from tequio.circles.rules import expected_at, may_be_marked
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError


@dataclass(frozen=True, slots=True)
class Marked:
    """What a tap did: the session, whose seat, and how it stands now."""

    session: Session
    membership: Membership
    status: str


def mark(*, by: User, session_id: UUID, membership_id: UUID, status: str, mark_id: UUID) -> Marked:
    """Record where a man stood in a session; an empty status takes the mark back.

    `mark_id` is made on the device: the same tap sent twice counts once.

    Raises
    ------
    Conflict
        When the device's number was used for another content. Both are kept.
    """
    try:
        with transaction.atomic():
            return _mark(by, session_id, membership_id, status, mark_id)
    except _Repeated as repeated:
        # Written on its own: the refusal below must not take the trace away with it.
        record(
            "attendance.conflict",
            by=by,
            subject=repeated.session,
            detail={"mark": str(mark_id), "status": status, "folio": repeated.folio},
        )
        raise Conflict(
            _("Esta marca ya había llegado con otro contenido. Guardamos las dos."),
            hint=_("Revisa la asistencia de esta persona y toca de nuevo si hace falta."),
        ) from None


class _Repeated(Exception):
    def __init__(self, session: Session, folio: str) -> None:
        self.session, self.folio = session, folio


def _mark(by: User, session_id: UUID, membership_id: UUID, status: str, mark_id: UUID) -> Marked:
    session = pick(sessions_visible_to(by).select_related("group__site"), pk=session_id)
    require(by, Permission.ATTENDANCE_MARK, session.group)
    membership = pick(
        Membership.objects.filter(group=session.group_id).select_related("participant"),
        pk=membership_id,
    )
    tap, is_new = Mark.objects.get_or_create(
        id=mark_id,
        defaults={"session": session, "membership": membership, "status": status, "by": by.login},
    )
    if not is_new:
        if (tap.session_id, tap.membership_id, tap.status) != (session.pk, membership.pk, status):
            raise _Repeated(session, membership.participant.folio)
        return Marked(session, membership, _current(session, membership))
    _refuse_impossible(session, membership, status)
    _write(session, {membership.pk: status}, by)
    if session.state == Session.State.PLANNED:
        session.state = Session.State.HELD
        session.save(update_fields=["state"])
    record(
        "attendance.mark",
        by=by,
        subject=session,
        detail={"folio": membership.participant.folio, "status": status},
    )
    return Marked(session, membership, status)


@transaction.atomic
def mark_many(*, by: User, session: Session, statuses: Mapping[UUID, str]) -> None:
    """Record a whole session at once, by membership: the paper sheet's quick entry, and worlds."""
    require(by, Permission.ATTENDANCE_MARK, session.group)
    for membership in session.group.memberships.filter(pk__in=list(statuses)):
        _refuse_impossible(session, membership, statuses[membership.pk])
    _write(session, statuses, by)
    session.state, session.reason = Session.State.HELD, ""
    session.save(update_fields=["state", "reason"])
    record("attendance.mark_many", by=by, subject=session, detail={"count": len(statuses)})


def _write(session: Session, statuses: Mapping[UUID, str], by: User) -> None:
    taken_back = [key for key, status in statuses.items() if not status]
    if taken_back:
        Attendance.objects.filter(session=session, membership__in=taken_back).delete()
    Attendance.objects.bulk_create(
        [
            Attendance(session=session, membership_id=key, status=status, marked_by=by.login)
            for key, status in statuses.items()
            if status
        ],
        update_conflicts=True,
        unique_fields=["session", "membership"],
        update_fields=["status", "marked_at", "marked_by"],
    )


def _current(session: Session, membership: Membership) -> str:
    found = Attendance.objects.filter(session=session, membership=membership).first()
    return found.status if found else ""


def _refuse_impossible(session: Session, membership: Membership, status: str) -> None:
    if status and status not in Attendance.Status.values:
        raise DomainError(_("Esa marca no existe."), hint=_("Usa presente, tarde, falta o avisó."))
    if not expected_at(
        session.position,
        joined_at=membership.joined_at_session,
        ended_at=membership.ended_at_session,
    ):
        raise not_visible()
    today = clock.today(session.group.site.timezone)
    if not may_be_marked(planned_on=session.planned_on, today=today, state=session.state):
        raise DomainError(
            _("No se puede pasar lista: la sesión no ha llegado o se registró que no se realizó."),
            hint=_("Si sí hubo sesión, márcala como realizada o cambia su fecha."),
        )
