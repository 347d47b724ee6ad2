"""How a man stands today, in codes: asked by the wall. It reads, and writes nothing anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import OuterRef, Subquery

from tequio.circles.models import Attendance, Session
from tequio.letters.men import Standing
from tequio.programmes.models import Enrolment
from tequio.programmes.states import State


def ways(organisation_id: UUID, participant_id: UUID) -> Sequence[Standing]:
    """Return where he stands in each programme, and the last meeting of his that was held."""
    last = Session.objects.filter(
        group__edition=OuterRef("edition"),
        group__memberships__participant=OuterRef("participant"),
        group__memberships__visit=False,
        state=Session.State.HELD,
        planned_on__isnull=False,
    ).order_by("-planned_on", "-pk")
    enrolments = (
        Enrolment.objects.filter(organisation=organisation_id, participant=participant_id)
        .exclude(state="")
        .annotate(last_on=Subquery(last.values("planned_on")[:1]))
        .annotate(last_id=Subquery(last.values("pk")[:1]))
        .select_related("edition")
        .order_by("-since", "-pk")
    )
    return [_standing(way) for way in enrolments]


def _standing(way: Enrolment) -> Standing:
    last_id, last_on = way.last_id, way.last_on  # type: ignore[attr-defined]
    mark = Attendance.objects.filter(
        session=last_id, membership__participant=way.participant_id
    ).first()
    return Standing(
        programme=way.edition.name,
        state=str(State(way.state).label),
        state_code=way.state,
        since=way.since,
        last_held_on=last_on,
        last_status=mark.status if mark else "",
    )
