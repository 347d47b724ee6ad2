"""Calls of the last days to men who did not come, and the reviews that a third absence opens."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Final

import numpy as np

from tequio.access.models import User
from tequio.care.models import Review
from tequio.core import clock, ids
from tequio.outreach.actions.calls import record_call
from tequio.outreach.actions.third_absences import raise_third_absences
from tequio.outreach.models import Outcome
from tequio.outreach.queries import due_calls
from tequio.simulation.arrivals import ZONE, Staff, look_at
from tequio.simulation.evenings import moment

_DAYS: Final = 9
_IS_CALLED: Final = 0.45
_OUTCOMES: Final = (
    Outcome.NO_ANSWER,
    Outcome.WORK,
    Outcome.FAMILY,
    Outcome.NOT_WANTED,
    Outcome.ILLNESS,
    Outcome.TRAVEL,
    Outcome.WRONG_NUMBER,
)
_HOW_MANY: Final = (0.34, 0.25, 0.13, 0.12, 0.08, 0.05, 0.03)
_IS_LOOKED_AT: Final = 0.7


def catch_up(staff: Staff, rng: np.random.Generator) -> None:
    """Call as staff would have in the last days, not always in time; and look at the quiet ones."""
    today = clock.today(ZONE)
    for days in range(_DAYS, 0, -1):
        with clock.at(moment(today - timedelta(days=days), time(17, 0))):
            for person in staff.facilitators:
                _call(person, rng)
    with clock.at(moment(today - timedelta(days=1), time(6, 0))):
        raise_third_absences()
    quiet = Review.objects.filter(
        organisation=staff.coordinator.organisation_id,
        trigger=Review.Trigger.THIRD_ABSENCE,
        state=Review.State.OPEN,
    )
    with clock.at(moment(today - timedelta(days=1), time(16, 0))):
        for review in quiet.order_by("participant__alias_key", "pk"):
            if rng.random() < _IS_LOOKED_AT:
                look_at(staff, rng, review)


def _call(by: User, rng: np.random.Generator) -> None:
    today = clock.today(ZONE)
    for due in due_calls(by, today):
        if due.first <= today and rng.random() < _IS_CALLED:
            outcome = str(rng.choice(_OUTCOMES, p=_HOW_MANY))
            record_call(
                by=by, membership_id=due.membership_id, call_id=ids.new_id(), outcome=outcome
            )
