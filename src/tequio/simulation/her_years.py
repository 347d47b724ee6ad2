"""Women of the two years before: whom somebody accompanied, and who answered at their moments.

They are why a release of women's words has anything to say. Like the men's register of those years
it is brought in whole: one turn of each case, and no duty of today for anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

import numpy as np
from django.db import transaction

from tequio.core import clock
from tequio.instruments.definitions import newest
from tequio.instruments.stores import How
from tequio.simulation import women
from tequio.simulation.evenings import moment
from tequio.survivors.actions import asking, decisions, sheets, ways
from tequio.survivors.actions.decisions import Heard
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.sheets import Assessment, Body, Service, Who

_STREAM: Final = 13
# How many came in the year before last, and in the last: proposals, as everything here.
MANY: Final = (30, 20)
# Her moments, in days after her own yes, and how many of ten are still there to answer.
_MOMENTS: Final = (("T0", 0, 0.97), ("T1", 28, 0.9), ("T2", 49, 0.86), ("T3", 91, 0.84))
_EACH: Final = ("espacio-ella", "conductas-ella")
_BEFORE_AND_AFTER: Final = "servicios-ella"
_HOME: Final = 0.25
_COUNTED: Final = 0.95
_SERVED: Final = 0.74
_NEEDS: Final = ("legal", "psychology", "money", "housing", "work")
_FLOWERS: Final = (
    "Azucena", "Begonia", "Camelia", "Dalia", "Estela", "Fresia", "Gardenia", "Hortensia", "Iris",
    "Jazmín", "Lavanda", "Magnolia", "Nardo", "Orquídea", "Petunia", "Retama", "Salvia", "Tila",
    "Verbena", "Violeta", "Yerbabuena", "Zinnia", "Amapola", "Bugambilia", "Clavel", "Cempasúchil",
    "Girasol", "Heliotropo", "Lirio", "Madreselva", "Margarita", "Mimosa", "Pasionaria", "Romero",
    "Siempreviva", "Tulipán",
)  # fmt: skip


def fill(by: OpenWall, *, last: int, seed: int) -> int:
    """Write those who came in the year before `last` and in `last`; return how many."""
    rng = np.random.default_rng([seed, _STREAM])
    for year, many in zip((last - 1, last), MANY, strict=True):
        with transaction.atomic():
            for n in range(many):
                # Spread over the months until August: by December each could answer a last time.
                came = date(year, 1, 8) + timedelta(days=int(225 * n / many))
                _one(by, rng, f"{_FLOWERS[n % len(_FLOWERS)]} ({year})", came)
    return sum(MANY)


def _one(by: OpenWall, rng: np.random.Generator, alias: str, came: date) -> UUID:
    with clock.at(moment(came, time(11, 0))):
        case_id = ways.begin(by=by, alias=alias, who=Who(arrived_by="Sola"))
        agreed = ["keep", "questionnaires"]
        agreed += ["statistics"] if rng.random() < _COUNTED else []
        for purpose in agreed:
            decisions.decide(
                by=by, case_id=case_id, purpose=purpose, decision="given", heard=Heard(came)
            )
    with clock.at(moment(came + timedelta(days=140), time(11, 0))):
        bodies = [_asked_for(rng, came), *_said(by, rng, came)]
        sheets.turn(by=by, case_id=case_id, bodies=bodies, change=lambda cover: cover)
        ways.close(by=by, case_id=case_id, reason="done", keep_months=60)
    return case_id


def _asked_for(rng: np.random.Generator, came: date) -> Service:
    """What she asked for when she came, and the day on which she got it, if she did."""
    days = int(min(rng.gamma(1.0, 38.0), 139)) if rng.random() < _SERVED else None
    return Service(
        need=str(rng.choice(_NEEDS)),
        asked_on=came,
        met_on=None if days is None else came + timedelta(days=days),
    )


def _said(by: OpenWall, rng: np.random.Generator, came: date) -> Iterator[Body]:
    tendency = float(rng.beta(1.0, 2.2))
    for turn, (wave, days, there) in enumerate(_MOMENTS):
        if rng.random() > there:
            continue
        at = datetime.combine(came + timedelta(days=days + int(rng.integers(0, 8))), _NOON)
        slugs = (*_EACH, _BEFORE_AND_AFTER) if wave in ("T0", "T3") else _EACH
        for slug in slugs:
            yield _answered(by, slug, wave, at, _answers(slug, turn, tendency, rng), rng)


_NOON: Final = time(18, 0, tzinfo=UTC)


def _answers(slug: str, turn: int, tendency: float, rng: np.random.Generator) -> Mapping[str, str]:
    """Answer as others do; of what she lived, with a tendency of her own, and blows fall first."""
    if slug != "conductas-ella":
        return women.answers(slug, turn, rng)
    found = {}
    for item in newest(slug).instrument.questions:
        still = 0.95 if item.about in ("control", "psychological") else 0.75
        lived = rng.random() < _HOME * tendency * still**turn
        found[item.id] = str(rng.choice(("once", "few"))) if lived else "never"
    return found


def _answered(
    by: OpenWall,
    slug: str,
    wave: str,
    at: datetime,
    answers: Mapping[str, str],
    rng: np.random.Generator,
) -> Assessment:
    shipped = newest(slug)
    return Assessment(
        slug=slug,
        version=shipped.instrument.version,
        sha256=shipped.sha256,
        began_at=at,
        number=str(UUID(bytes=rng.bytes(16), version=4)),
        by=by.user.login,
        wave=wave,
        how=How.WORKER.value,
        finished_at=at,
        answers=answers,
        missing=asking.missing(shipped.instrument, answers),
    )
