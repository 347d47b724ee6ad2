"""The third absence asks for a review of risk, once for each run and in somebody's name."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.db.models import UUIDField

from tequio.access.models import Organisation, User
from tequio.access.permissions import Permission
from tequio.audit.record import record
from tequio.circles.absences import missing, running
from tequio.circles.models import Attendance, Group, Membership
from tequio.core import clock
from tequio.core.questions import Question, the
from tequio.letters import slot
from tequio.letters.kinds import Kind
from tequio.outreach.models import Emergency, Step, ThirdAbsence
from tequio.outreach.queries.calls import Absent, absent
from tequio.outreach.queries.emergencies import reaching
from tequio.outreach.rules import WITHIN
from tequio.people.concerns import Trigger, raise_concern
from tequio.people.policies import visible_to

_MISSING = Question(
    lambda: missing(running(Group.objects.filter(organisation=the("organisation", UUIDField()))))
)


def raise_third_absences() -> int:
    """Open the reviews that are due in every organisation; done by the clock.

    From the day after the absence on: the evening itself is for correcting taps.
    """
    return sum(_of(organisation) for organisation in Organisation.objects.all())


def _of(organisation: Organisation) -> int:
    day = clock.today(organisation.timezone)
    places = _MISSING.ask(organisation=organisation.pk, day=day, since=day - WITHIN)
    emergencies = reaching(Emergency.objects.filter(organisation=organisation), day)
    due = [one for one in absent(places, day, emergencies) if _is_due(one, day)]
    keys = [one.record.membership_id for one in due]
    known = set(
        ThirdAbsence.objects.filter(membership__in=keys).values_list("membership_id", "began_id")
    )
    fresh = [one for one in due if _run_of(one) not in known]
    return sum(_raise(one) for one in fresh)


def _is_due(one: Absent, day: object) -> bool:
    return one.step == Step.REVIEW and one.run.counted[-1].on != day


def _run_of(one: Absent) -> tuple[object, object]:
    return one.record.membership_id, one.run.counted[0].session_id


def _raise(one: Absent) -> bool:
    membership = Membership.objects.select_related("participant", "group").get(
        pk=one.record.membership_id
    )
    by = next(_in_whose_name(one, membership), None)
    if by is None:  # Nobody there who may open a review: it stays due until there is somebody.
        return False
    try:
        with transaction.atomic():
            ThirdAbsence.objects.create(
                organisation_id=membership.group.organisation_id,
                membership=membership,
                began_id=one.run.counted[0].session_id,
                by=by,
            )
            raise_concern(by=by, participant=membership.participant, trigger=Trigger.THIRD_ABSENCE)
            slot.deposit(
                organisation_id=membership.group.organisation_id,
                kind=Kind.THIRD_ABSENCE,
                folio=membership.participant.folio,
                says={"on": one.run.counted[-1].on.isoformat()},
            )
            record("absence.third", by=by, subject=membership.participant)
    except IntegrityError:  # Another process was first.
        return False
    return True


def _in_whose_name(one: Absent, membership: Membership) -> Iterator[User]:
    """Who wrote down the absence; else who answers for the group; else who coordinates."""
    people = User.objects.select_related("organisation").filter(
        organisation=membership.group.organisation_id, is_active=True
    )
    mark = Attendance.objects.filter(
        membership=membership, session=one.run.counted[-1].session_id
    ).first()
    asked = [
        people.filter(login=mark.marked_by if mark else ""),
        people.filter(groups_facilitated=membership.group_id).order_by("login"),
        people.filter(grants__role="coordinator").order_by("login"),
    ]
    for users in asked:
        for user in users:
            reach = visible_to(user, Permission.REVIEW_OPEN)
            if reach.filter(pk=membership.participant_id).exists():
                yield user
