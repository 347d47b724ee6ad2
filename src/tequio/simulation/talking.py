"""Talks of the last weeks with every invented man alike, as staff would have had them."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Final

import numpy as np

from tequio.care.actions import talks
from tequio.care.models import Talk
from tequio.core import clock
from tequio.simulation.arrivals import ZONE, Staff
from tequio.simulation.evenings import moment

_WEEKS: Final = 4
_OUTCOMES: Final = (
    Talk.Outcome.TALKED,
    Talk.Outcome.PARTLY,
    Talk.Outcome.DID_NOT_COME,
    Talk.Outcome.DID_NOT_WANT,
)
_HOW_MANY: Final = (0.6, 0.2, 0.15, 0.05)
_IS_HAD: Final = 0.8


def talk(staff: Staff, rng: np.random.Generator) -> None:
    """Plan week by week as the clock would have, and have those that were due."""
    today = clock.today(ZONE)
    for weeks in range(_WEEKS, -1, -1):
        day = today - timedelta(weeks=weeks)
        with clock.at(moment(day, time(6, 0))):
            talks.plan_for(staff.coordinator.organisation)
        if weeks:
            with clock.at(moment(day, time(17, 0))):
                _have(staff, rng)


def _have(staff: Staff, rng: np.random.Generator) -> None:
    by = staff.coordinator
    due = Talk.objects.filter(
        organisation=by.organisation_id, outcome="", due_on__lte=clock.today(ZONE)
    )
    for one in due.order_by("due_on", "participant__alias_key", "pk"):
        if rng.random() >= _IS_HAD:
            continue
        outcome = str(rng.choice(_OUTCOMES, p=_HOW_MANY))
        if outcome != Talk.Outcome.DID_NOT_COME:
            talks.begin(by=by, talk_id=one.pk)
        talks.end(by=by, talk_id=one.pk, outcome=outcome)
