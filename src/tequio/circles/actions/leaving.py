"""A man who no longer agrees to take part leaves his groups; nobody decides it for him."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max

from tequio.access.models import User
from tequio.audit.record import record
from tequio.circles.actions.groups import last_position
from tequio.circles.models import Attendance, Membership
from tequio.people import concerns
from tequio.people.concerns import Trigger
from tequio.people.models import Participant
from tequio.programmes.actions.enrolment import took_back

_CAME = (Attendance.Status.PRESENT, Attendance.Status.LATE)


@transaction.atomic
def leave_all(*, by: User, participant: Participant, on: date) -> None:
    """End every place of his. Whoever may write down his word may write down what follows.

    No day is refused: where he came afterwards, his last meeting is his last day.
    """
    places = Membership.objects.filter(participant=participant, ended_on=None, visit=False)
    ended = list(places.select_related("group").order_by("joined_at_session", "pk"))
    for place in ended:
        _end(place, on)
        detail = {"group": str(place.group_id)}
        record("membership.leave", by=by, subject=participant, detail=detail)
    took_back(by=by, participant=participant, on=on)
    if ended:
        concerns.raise_concern(by=by, participant=participant, trigger=Trigger.EXIT)


def _end(place: Membership, on: date) -> None:
    came = place.attendances.filter(status__in=_CAME)
    last = came.aggregate(on=Max("session__planned_on"), at=Max("session__position"))
    place.ended_on = max(day for day in (on, place.joined_on, last["on"]) if day is not None)
    place.ended_at_session = max(last_position(place.group, place.ended_on), last["at"] or 0)
    place.save(update_fields=["ended_on", "ended_at_session"])
