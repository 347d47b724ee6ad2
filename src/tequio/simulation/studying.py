"""The studies of the demonstration: of men, of women's own outcomes, and one in preparation."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Final

from tequio.access.models import User
from tequio.core import clock
from tequio.simulation.arrivals import ZONE
from tequio.simulation.evenings import moment
from tequio.studies.actions import studies
from tequio.studies.models import Study

# How many days ago the plan of the men's study was frozen, before anybody answered for it.
_BEGAN: Final = 540
_AMENDED: Final = 300


def tell(by: User) -> None:
    """Prepare and freeze as evaluation would have."""
    today = clock.today(ZONE)
    _of_men(by, today)
    _of_women(by, today)
    with clock.at(moment(today - timedelta(days=3), time(11, 0))):
        begun = studies.begin(by=by, question="vienen-mas")
        studies.choose(by=by, study_id=begun.pk, title="Llamadas después de la primera falta")


def _of_men(by: User, today: date) -> Study:
    """Freeze before the men come in, and put the first release off once."""
    day = today - timedelta(days=_BEGAN)
    first, last = day + timedelta(days=10), today - timedelta(days=180)
    with clock.at(moment(day, time(10, 0))):
        begun = studies.begin(by=by, question="violencia-hombres", title="La primera generación")
        studies.choose(
            by=by,
            study_id=begun.pk,
            first=first,
            last=last,
            released=last + timedelta(days=60),
            monthly=12.0,
        )
        studies.choose_design(by=by, study_id=begun.pk, design="whole", today=day)
        studies.freeze(by=by, study_id=begun.pk)
    with clock.at(moment(today - timedelta(days=_AMENDED), time(12, 0))):
        studies.amend(
            by=by,
            study_id=begun.pk,
            reason="Las últimas respuestas llegan más tarde de lo que se pensó. Nadie ha visto "
            "ningún resultado.",
            released=today - timedelta(days=20),
        )
    return begun


def _of_women(by: User, today: date) -> Study:
    day = today - timedelta(days=400)
    with clock.at(moment(day, time(12, 0))):
        begun = studies.begin(by=by, question="mujeres-acompanadas")
        studies.choose(
            by=by,
            study_id=begun.pk,
            first=day + timedelta(days=5),
            last=day + timedelta(days=369),
            released=today + timedelta(days=30),
            monthly=4.0,
        )
        studies.choose_design(by=by, study_id=begun.pk, design="hers", today=day)
        studies.freeze(by=by, study_id=begun.pk)
    return begun
