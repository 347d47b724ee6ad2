"""A man of another group makes up a session here: he sits in this circle for one meeting."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick
from tequio.audit.record import record
from tequio.circles.models import Attendance, Membership, Session, Telling
from tequio.circles.policies import session_for
from tequio.circles.rules import expected_at, may_be_marked
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.people.models import Participant


def session_of(*, by: User, session_id: UUID) -> Session:
    """Return a session in which the person may give seats, or 404, or 403."""
    return session_for(by, session_id, Permission.ATTENDANCE_MARK)


@transaction.atomic
def receive(*, by: User, session_id: UUID, folio: str) -> Membership:
    """Give a man of another group of the same edition a seat for this one meeting.

    He shows his folio: whoever runs this group sees his alias and no file of his.
    """
    session = session_of(by=by, session_id=session_id)
    today = clock.today(session.group.site.timezone)
    if not may_be_marked(planned_on=session.planned_on, today=today, state=session.state):
        raise DomainError(
            _("Esta sesión todavía no llega."), hint=_("Agrégalo el día de la sesión.")
        )
    man = _of_another_group(session, folio)
    _refuse_expected(session, man)
    day = session.planned_on or today
    try:
        with transaction.atomic():
            place = Membership.objects.create(
                group=session.group,
                participant=man,
                visit=True,
                joined_on=day,
                joined_at_session=session.position,
                ended_on=day,
                ended_at_session=session.position,
            )
    except IntegrityError as error:
        raise _here_already(man) from error
    record("membership.visit", by=by, subject=man, detail={"session": str(session.pk)})
    return place


@transaction.atomic
def dismiss(*, by: User, session_id: UUID, membership_id: UUID) -> None:
    """Take a seat away that was given to the wrong man, as long as nothing was written of him."""
    session = session_for(by, session_id, Permission.ATTENDANCE_MARK)
    place = pick(
        Membership.objects.filter(
            group=session.group_id, visit=True, joined_at_session=session.position
        ).select_related("participant"),
        pk=membership_id,
    )
    written = (Attendance.objects, Telling.objects)
    if any(rows.filter(session=session, membership=place).exists() for rows in written):
        raise DomainError(
            _("Ya hay algo escrito de él en esta sesión."),
            hint=_("Quita primero su asistencia, o deja su lugar como está."),
        )
    man = place.participant
    place.delete()
    record("membership.visit_dismiss", by=by, subject=man, detail={"session": str(session.pk)})


def _of_another_group(session: Session, folio: str) -> Participant:
    found = Participant.objects.filter(
        organisation=session.group.organisation_id,
        folio=folio,
        memberships__in=Membership.objects.filter(
            group__edition=session.group.edition_id, ended_on__isnull=True
        ).exclude(group=session.group_id),
    ).first()
    if found is None:
        raise DomainError(
            _("Nadie con ese folio está en otro grupo de este programa."),
            hint=_("Revisa el folio. Si apenas llega, pide a coordinación que le dé un lugar."),
        )
    return found


def _refuse_expected(session: Session, man: Participant) -> None:
    places = Membership.objects.filter(group=session.group_id, participant=man)
    if any(
        expected_at(
            session.position, joined_at=place.joined_at_session, ended_at=place.ended_at_session
        )
        for place in places
    ):
        raise _here_already(man)


def _here_already(man: Participant) -> DomainError:
    return DomainError(
        _("%(alias)s ya tiene lugar en esta sesión.") % {"alias": man.alias},
        hint=_("Búscalo en la lista."),
    )
