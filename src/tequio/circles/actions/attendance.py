"""Taking attendance: one tap, exactly once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Case, Exists, F, OuterRef, UUIDField, When
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible
from tequio.audit.record import record
from tequio.circles.actions import starts
from tequio.circles.models import Attendance, Mark, Membership, Session, Telling
from tequio.circles.policies import require, session_for
from tequio.circles.rules import expected_at, may_be_marked
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.core.questions import Addition, Change, Question, the

_MEMBER = Question(
    lambda: Membership.objects.filter(
        pk=the("membership", UUIDField()), group=the("group", UUIDField())
    ).select_related("participant")
)
_HELD = Change(
    lambda: Session.objects.filter(pk=the("session", UUIDField())).exclude(
        state=Session.State.NOT_HELD
    ),
    state=Session.State.HELD,
    held_by_tap=Case(When(state=Session.State.PLANNED, then=True), default=F("held_by_tap")),
)
_TAP = Addition(Mark)
_STANDS = Addition(
    Attendance,
    unique=("session", "membership"),
    updated=("status", "marked_at", "marked_by"),
)


@dataclass(frozen=True, slots=True)
class Marked:
    """What a tap did: the session, whose seat, and how it stands now."""

    session: Session
    membership: Membership
    status: str


def mark(
    *,
    by: User,
    session_id: UUID,
    membership_id: UUID,
    status: str,
    mark_id: UUID,
    said_at: datetime | None = None,
) -> Marked:
    """Record where a man stood in a session; an empty status takes the mark back.

    `mark_id` is made on the device: the same tap sent twice counts once. `said_at` is its
    clock. What only reads comes before the transaction: on SQLite the whole house waits for
    whoever holds it.

    Raises
    ------
    Conflict
        When the device's number was used for another content. Both are kept.
    """
    session = session_for(by, session_id, Permission.ATTENDANCE_MARK)
    _refuse_unknown(status)
    membership = _MEMBER.one(group=session.group_id, membership=membership_id)
    if membership is None:
        raise not_visible()
    tap = Mark(
        id=mark_id,
        session=session,
        membership=membership,
        status=status,
        said_at=said_at,
        by=by.login,
    )
    try:
        _refuse_impossible(session, membership)
        return _save(by, tap)
    except (DomainError, IntegrityError) as error:
        # Sent twice: the second answer is like the first, even if the night is closed by now.
        earlier = Mark.objects.filter(pk=mark_id).first()
        if earlier is None:
            raise error if isinstance(error, DomainError) else not_visible() from None
    return _repeat(by, tap, earlier)


@transaction.atomic
def _save(by: User, tap: Mark) -> Marked:
    _TAP.put(tap)
    _write(tap.session, {tap.membership_id: tap.status}, by)
    if tap.status:
        _hold(tap.session)
    else:
        _hold_no_longer(tap.session)
    starts.tell(tap.session.group.organisation_id, [(tap.membership, tap.status)])
    record(
        "attendance.mark",
        by=by,
        subject=tap.session,
        detail={"folio": tap.membership.participant.folio, "status": tap.status},
    )
    return Marked(tap.session, tap.membership, tap.status)


def _repeat(by: User, tap: Mark, earlier: Mark) -> Marked:
    """Answer a tap that had arrived before: as the first time, or as a conflict."""
    content = (tap.session_id, tap.membership_id, tap.status)
    if (earlier.session_id, earlier.membership_id, earlier.status) == content:
        return Marked(tap.session, tap.membership, _current(tap.session, tap.membership))
    # Written on its own: the refusal below must not take the trace away with it.
    record(
        "attendance.conflict",
        by=by,
        subject=tap.session,
        detail={
            "mark": str(tap.pk),
            "status": tap.status,
            "folio": tap.membership.participant.folio,
        },
    )
    raise Conflict(
        _("Esta marca ya había llegado con otro contenido. Guardamos las dos."),
        hint=_("Revisa la asistencia de esta persona y toca de nuevo si hace falta."),
    )


@transaction.atomic
def mark_many(*, by: User, session: Session, statuses: Mapping[UUID, str]) -> None:
    """Record a whole session at once, by membership: the paper sheet's quick entry, and worlds."""
    require(by, Permission.ATTENDANCE_MARK, session.group)
    members = session.group.memberships.select_related("participant").in_bulk(list(statuses))
    if len(members) != len(statuses):
        raise not_visible()
    for membership in members.values():
        _refuse_unknown(statuses[membership.pk])
        _refuse_impossible(session, membership)
    _write(session, statuses, by)
    session.state, session.reason, session.held_by_tap = Session.State.HELD, "", False
    session.save(update_fields=["state", "reason", "held_by_tap"])
    starts.tell(
        session.group.organisation_id, [(members[key], status) for key, status in statuses.items()]
    )
    record("attendance.mark_many", by=by, subject=session, detail={"count": len(statuses)})


def _write(session: Session, statuses: Mapping[UUID, str], by: User) -> None:
    taken_back = [key for key, status in statuses.items() if not status]
    if taken_back:
        Attendance.objects.filter(session=session, membership__in=taken_back).delete()
    for key, status in statuses.items():
        if status:
            _STANDS.put(
                Attendance(session=session, membership_id=key, status=status, marked_by=by.login)
            )


def _hold(session: Session) -> None:
    """Say that the session took place, unless somebody said meanwhile that it did not."""
    if not _HELD.make(session=session.pk):
        raise _closed()
    session.state = Session.State.HELD


def _hold_no_longer(session: Session) -> None:
    """Plan a session again whose only mark was a mistake; who said that it was held is believed."""
    alone = Session.objects.filter(pk=session.pk, state=Session.State.HELD, held_by_tap=True)
    nothing = ~Exists(Attendance.objects.filter(session=OuterRef("pk"))) & ~Exists(
        Telling.objects.filter(session=OuterRef("pk"), stands=True)
    )
    if alone.filter(nothing).update(state=Session.State.PLANNED, held_by_tap=False):
        session.state = Session.State.PLANNED


def _closed() -> DomainError:
    return DomainError(
        _("No se puede pasar lista: la sesión no ha llegado o se registró que no se realizó."),
        hint=_("Si sí hubo sesión, márcala como realizada o cambia su fecha."),
    )


def _current(session: Session, membership: Membership) -> str:
    found = Attendance.objects.filter(session=session, membership=membership).first()
    return found.status if found else ""


def _refuse_unknown(status: str) -> None:
    # Before anything is written: not even the log takes a word that is none of ours.
    if status and status not in Attendance.Status.values:
        raise DomainError(_("Esa marca no existe."), hint=_("Usa presente, tarde, falta o avisó."))


def _refuse_impossible(session: Session, membership: Membership) -> None:
    if not expected_at(
        session.position,
        joined_at=membership.joined_at_session,
        ended_at=membership.ended_at_session,
    ):
        raise not_visible()
    today = clock.today(session.group.site.timezone)
    if not may_be_marked(planned_on=session.planned_on, today=today, state=session.state):
        raise _closed()
