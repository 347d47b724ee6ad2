"""One study of the demonstration that compares: men of the year before, and an ally's.

A lottery of seats is no way to it: those who were drawn to wait are asked in words of their own,
and in that year nobody had been. An ally asks men who are in no programme, and hands over a file.
It is drawn from a generator of its own, so that the other men of the same seed stay the same men.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from typing import Final

import numpy as np

from tequio.access.models import User
from tequio.core import clock
from tequio.network.models import Stakeholder
from tequio.simulation import asking
from tequio.simulation.evenings import moment
from tequio.studies.actions import comparisons
from tequio.studies.actions import studies as preparing
from tequio.studies.actions.comparisons import Agreed
from tequio.studies.models import Comparison, Study
from tequio.studies.rules.comparisons import COLUMNS

_STREAM: Final = 34
_QUESTION: Final = "violencia-hombres"
_ASKED: Final = "conductas-el"
_WAVES: Final = ("T0", "T3")
_AGREED: Final = (
    "Pregunta lo mismo, al llegar y catorce semanas después, a hombres que piden ayuda y todavía "
    "no entran a un programa (inventado)"
)
_MEN: Final = 60
# Without a programme they tell of a little less too: who comes in a crisis is better afterwards.
# Proposals, as everything in a demonstration; who is asked again is as in our own register.
_START, _END, _AGAIN = 0.22, 0.20, 0.75


def plan(coordinator: User, evaluator: User, *, year: int, released: date, seed: int) -> Study:
    """Agree with an ally and freeze before the year begins; take its file in when it is over."""
    day = date(year - 1, 12, 10)
    with clock.at(moment(day, time(12, 0))):
        title = f"Aquí y donde no hay grupos, {year}"
        begun = preparing.begin(by=evaluator, question=_QUESTION, title=title)
        agreed = comparisons.agree(
            by=coordinator,
            study_id=begun.pk,
            said=Agreed(_ally(coordinator).pk, _AGREED, day, _ASKED, _WAVES),
        )
        _freeze(evaluator, begun, year, released)
    with clock.at(moment(released, time(9, 0))):
        bring(coordinator, agreed, year=year, seed=seed)
    return begun


def bring(by: User, agreed: Comparison, *, year: int, seed: int) -> None:
    """Hand over the file of the ally, as its own people would have written it."""
    rng = np.random.default_rng([seed, _STREAM])
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for n in range(_MEN):
        first = date(year, 2, 4) + timedelta(days=int(rng.integers(0, 180)))
        for wave, on, said in _man(rng, first):
            rows.writerows((n + 1, wave, on.isoformat(), *one) for one in said.items())
    data = text.getvalue().encode()
    comparisons.bring(by=by, comparison_id=agreed.pk, name=f"comparacion-{year}.csv", data=data)


def _ally(by: User) -> Stakeholder:
    """Return who could ask men: the health centre of the neighbourhood."""
    health = Stakeholder.objects.filter(
        organisation=by.organisation_id, kind=Stakeholder.Kind.HEALTH, is_us=False
    )
    return health.order_by("name_key", "pk")[0]


def _freeze(by: User, study: Study, year: int, released: date) -> None:
    preparing.choose(
        by=by,
        study_id=study.pk,
        first=date(year, 1, 1),
        last=date(year, 12, 31),
        released=released,
        monthly=6.0,
    )
    today = date(year - 1, 12, 10)
    preparing.choose_design(by=by, study_id=study.pk, design="comparison", today=today)
    preparing.freeze(by=by, study_id=study.pk)


def _man(rng: np.random.Generator, first: date) -> Iterator[tuple[str, date, Mapping[str, str]]]:
    tendency = 0.4 + rng.beta(2, 3)
    yield _WAVES[0], first, asking.behaviour(tendency * _START, rng)
    if rng.random() < _AGAIN:
        on = first + timedelta(weeks=14)
        yield _WAVES[1], on, asking.behaviour(tendency * _END, rng)
