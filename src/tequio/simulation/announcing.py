"""A lottery that is announced and whose list is still open: Hoy reminds of its days.

A reminder besides what is done already is drawn among men who have a seat: nobody waits for it.
Nothing is drawn before its day, so that it needs no generator.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Final

from tequio.access.models import User
from tequio.core import clock
from tequio.programmes.models import Edition, Enrolment
from tequio.programmes.states import State
from tequio.simulation.arrivals import ZONE
from tequio.simulation.evenings import moment
from tequio.simulation.men import MODEL
from tequio.studies.actions import lotteries
from tequio.studies.actions import studies as preparing
from tequio.studies.actions.lotteries import Announced
from tequio.studies.models import Lottery

_QUESTION: Final = "vienen-mas"
_TITLE: Final = "¿Vienen más con un recordatorio el día antes?"
# In days: how long ago it was announced, and in how many the list is closed and the number comes.
_SAID, _CLOSES, _NUMBER = 3, 4, 6
# Half of fewer is nobody to compare.
_FEWEST: Final = 8


def tell(coordinator: User, director: User) -> Lottery | None:
    """Prepare a study, announce its lottery and freeze; nothing where hardly anybody has a seat."""
    edition = Edition.objects.get(organisation=coordinator.organisation_id, model_slug=MODEL)
    seated = Enrolment.objects.filter(edition=edition, state=State.IN_GROUP)
    if seated.count() < _FEWEST:
        return None
    today = clock.today(ZONE)
    day = today - timedelta(days=_SAID)
    closes_on, beacon_on = (today + timedelta(days=days) for days in (_CLOSES, _NUMBER))
    with clock.at(moment(day, time(12, 0))):
        study = preparing.begin(by=director, question=_QUESTION, title=_TITLE)
        said = Announced(Lottery.Kind.CALLS, closes_on, beacon_on, edition_id=edition.pk)
        lottery = lotteries.announce(by=coordinator, study_id=study.pk, said=said)
        preparing.choose(
            by=director,
            study_id=study.pk,
            first=closes_on,
            last=closes_on + timedelta(days=90),
            released=closes_on + timedelta(days=300),
            monthly=12.0,
        )
        preparing.choose_design(by=director, study_id=study.pk, design="calls", today=day)
        preparing.freeze(by=director, study_id=study.pk)
    return lottery
