"""What becomes of invented men when the cycle of their group is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Final
from uuid import UUID

import numpy as np

from tequio.access.models import User
from tequio.care.models import Review
from tequio.circles.actions import groups
from tequio.circles.models import Group, Membership
from tequio.core import clock
from tequio.people.models import Participant
from tequio.programmes.actions import enrolment
from tequio.programmes.states import State
from tequio.reports import actions as reports
from tequio.reports.counted import counted
from tequio.simulation.arrivals import ZONE, Staff, look_at
from tequio.simulation.evenings import moment
from tequio.simulation.men import Man

_GOES_ON: Final = 0.5
_ASKS_FOR_PAPER: Final = 0.5


def close(staff: Staff, rng: np.random.Generator, group: Group, men: Mapping[UUID, Man]) -> None:
    """Write the end of a group that is over: with a dose for who stayed, without for who left."""
    last = group.sessions.order_by("position").last()
    today = clock.today(ZONE)
    if last is None or last.planned_on is None or last.planned_on + timedelta(days=7) > today:
        return
    with clock.at(moment(last.planned_on + timedelta(days=2), time(12, 0))):
        for place in group.memberships.select_related("participant", "group__edition").order_by(
            "participant__alias_key", "pk"
        ):
            if men[place.participant_id].left_after >= group.edition.sessions_planned:
                _reach_the_end(staff.coordinator, rng, place)
            else:
                _leave(staff, rng, group, place.participant, last.planned_on)


def _reach_the_end(by: User, rng: np.random.Generator, place: Membership) -> None:
    """Count his dose. Some ask for a paper of what they attended, some go on every month."""
    edition, today = place.group.edition, clock.today(ZONE)
    dose = counted(by, place.participant, edition).dose
    done = enrolment.finish(
        by=by,
        participant=place.participant,
        edition=edition,
        on=today,
        attended=dose.attended,
        held=dose.held,
    )
    if rng.random() < _ASKS_FOR_PAPER:
        reports.issue(
            by=by,
            enrolment_id=done.pk,
            signed_name="Carmen Solís (persona inventada)",
            signed_as="Coordinación",
        )
    if rng.random() < _GOES_ON:
        enrolment.move(
            by=by, enrolment_id=done.pk, to=State.MAINTENANCE, on=today, reason="goes_on"
        )


def _leave(
    staff: Staff, rng: np.random.Generator, group: Group, man: Participant, last: date
) -> None:
    """Close his place. Leaving is when his situation may turn: somebody looks at it."""
    groups.leave(by=staff.coordinator, group_id=group.pk, folio=man.folio, ended_on=last)
    for review in man.reviews.exclude(state=Review.State.CLOSED).order_by("opened_at", "pk"):
        look_at(staff, rng, review)
