"""Two informants side by side: how far they agree, never an average of them."""

from __future__ import annotations

from itertools import combinations, product
from typing import Final

import numpy as np
import numpy.typing as npt

from evidencia.analysis.collect import Collector
from evidencia.designs import Outcome
from evidencia.frames import Frame, Series
from evidencia.measures import agreement, rogan_gladen
from evidencia.results import Agreement, Caution, GridPoint
from evidencia.words import Note, Refusal

Numbers = npt.NDArray[np.float64]

SENSITIVITIES: Final = (0.4, 0.6, 0.8, 1.0)
SPECIFICITIES: Final = (0.9, 0.95, 1.0)


def agreements(
    frame: Frame, outcomes: tuple[Outcome, ...], level: float, found: Collector
) -> tuple[Agreement, ...]:
    """Compare every two informants on every outcome at every wave.

    Binary outcomes, and counts read as "any", by κ and PABAK with a grid of error rates; the
    others by their correlation.
    """
    made = []
    for outcome in outcomes:
        if outcome.kind == "time_to_event":
            continue
        for first, second in combinations(_ordered(frame.of(outcome.name), outcome), 2):
            for at in range(first.values.shape[1]):
                found.check()
                try:
                    made.append(_compared(outcome, first, second, at, level))
                except Refusal as refusal:
                    caution = Caution(refusal.note, outcome.name, method="agreement")
                    if caution not in found.cautions:
                        found.cautions.append(caution)
    return tuple(made)


def _ordered(series: tuple[Series, ...], outcome: Outcome) -> list[Series]:
    """The informant whose report counts stands first."""
    return sorted(series, key=lambda one: (one.informant != outcome.informant, one.informant or ""))


def _compared(outcome: Outcome, first: Series, second: Series, at: int, level: float) -> Agreement:
    one, other = first.values[:, at], second.values[:, at]
    both = np.isfinite(one) & np.isfinite(other)
    names = (outcome.name, first.wave(at), str(first.informant), str(second.informant))
    if not both.any():
        values = {"first": names[2], "second": names[3]}
        raise Refusal(Note.of("analysis.no_informant_overlap", **values))
    if outcome.kind in ("continuous", "ordinal"):
        return Agreement(
            *names, n=int(both.sum()), correlation=_correlation(one[both], other[both])
        )
    return _of_two_answers(names, one[both] > 0, other[both] > 0, level)


def _correlation(one: Numbers, other: Numbers) -> float | None:
    if one.size < 3 or one.std() == 0 or other.std() == 0:
        return None
    return float(np.corrcoef(one, other)[0, 1])


def _of_two_answers(
    names: tuple[str, str | None, str, str],
    one: npt.NDArray[np.bool_],
    other: npt.NDArray[np.bool_],
    level: float,
) -> Agreement:
    found = agreement(one.astype(int), other.astype(int), categories=(0, 1), level=level)
    table = found.table
    kappa = found.kappa
    return Agreement(
        *names,
        n=found.n,
        both=int(table[1, 1]),
        only_first=int(table[1, 0]),
        only_second=int(table[0, 1]),
        neither=int(table[0, 0]),
        observed=found.observed.estimate,
        kappa=None if kappa is None else kappa.estimate,
        kappa_ci_low=None if kappa is None else kappa.ci_low,
        kappa_ci_high=None if kappa is None else kappa.ci_high,
        pabak=found.pabak.estimate,
        grid=_grid(int(other.sum()), int(other.size), level),
        notes=found.notes,
    )


def _grid(reported: int, n: int, level: float) -> tuple[GridPoint, ...]:
    points = []
    for sensitivity, specificity in product(SENSITIVITIES, SPECIFICITIES):
        try:
            share = rogan_gladen(reported, n, sensitivity, specificity, level=level).prevalence
        except Refusal:
            share = None
        points.append(GridPoint(sensitivity, specificity, share))
    return tuple(points)
