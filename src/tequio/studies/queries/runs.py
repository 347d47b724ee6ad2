"""Frozen sets and runs as their pages show them: what they count, and never what they found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from evidencia.words import CODES, say
from tequio.studies.models import DataSet, Run, Study
from tequio.studies.queries.releases import WITH_DAYS, Coming, of_study
from tequio.studies.rules.findings import language

_OURS: Final[Mapping[str, str | Promise]] = {
    "run.began": gettext_lazy("Empezó, con las filas congeladas y el plan congelado"),
    "run.done": gettext_lazy("Terminó. Lo que encontró queda sellado hasta su día"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a run's log."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Data:
    """All that the page of a study's data shows."""

    sets: Sequence[DataSet]
    runs: Sequence[Run]
    days: Sequence[Coming]


def data(study: Study) -> Data:
    """Return the sets, the runs and the calendar of a study."""
    prefetch_related_objects([study], *WITH_DAYS)
    sets = study.data_sets.select_related("plan", "built_by").order_by("-number")
    runs = study.runs.select_related("data_set", "started_by", "release").defer(
        "result", "release__result"
    )
    return Data(list(sets), list(runs.order_by("-started_at", "pk")), of_study(study))


def steps(run: Run) -> list[Step]:
    """Return what a run said on the way, in sentences with their time."""
    return [Step(datetime.fromisoformat(at), _text(code, values)) for at, code, values in run.log]


def _text(code: str, values: Mapping[str, str | int | float]) -> str:
    if code in _OURS:
        return str(_OURS[code])
    return say(code, language(), **values) if code in CODES else code
