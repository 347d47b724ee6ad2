"""How much worse must those lost have done for the conclusion to go?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.analysis.collect import Collector
from evidencia.analysis.question import Question, arms_first
from evidencia.clusters import least_squares
from evidencia.estimate import Effect
from evidencia.missing import Imputations, pool, tipping_point
from evidencia.results import Tipping, TippingStep
from evidencia.words import Note, Refusal

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# One standard deviation of a logistic variable: what "one SD worse" means for a share.
LOGISTIC_SD: Final = float(np.pi / np.sqrt(3))
_HALVINGS: Final = 40


def tip(asked: Question, found: Collector, imputations: Imputations) -> None:
    """Move what was imputed in each arm by every delta of the plan, at the last wave.

    A delta is in standard deviations of the outcome at the start and is shown in the outcome's
    units; of a binary outcome it moves the log odds of those lost, on average.
    """
    for arm, contrast in asked.contrasts:
        moved = asked.treated(arm) & np.isnan(asked.y[:, -1])
        if not moved.any() or not asked.plan.missing.deltas:
            continue
        shown, shifts = _grid(asked, imputations, moved)
        if asked.cluster is None:
            effects, at = _alone(asked, found, imputations, arm, shifts)
        else:
            effects, at = _in_clusters(asked, imputations, arm, moved, shifts)
        steps = tuple(TippingStep(float(d), e) for d, e in zip(shown, effects, strict=True))
        point = None if at is None else float(np.interp(at, shifts, shown))
        names = (asked.outcome.name, asked.informant, contrast, asked.wave(-1))
        found.tipping.append(Tipping(*names, arm=arm, steps=steps, point=point))


def _grid(asked: Question, imputations: Imputations, moved: Flags) -> tuple[Numbers, Numbers]:
    """Return the deltas as shown, and what they add to the values, both ascending."""
    worse = 1.0 if asked.outcome.direction == "lower_is_better" else -1.0
    grid = np.unique(worse * np.asarray(asked.plan.missing.deltas, dtype=np.float64)) + 0.0
    if asked.outcome.kind == "binary":
        share = float(np.clip(imputations.completed[:, moved, -1].mean(), 1e-6, 1 - 1e-6))
        shown = grid * LOGISTIC_SD
        return shown, np.asarray(
            scipy.special.expit(scipy.special.logit(share) + shown) - share, dtype=np.float64
        )
    if asked.spread is None:
        raise Refusal(Note.of("analysis.no_spread"))
    return grid * asked.spread, grid * asked.spread


def _alone(
    asked: Question, found: Collector, imputations: Imputations, arm: str, shifts: Numbers
) -> tuple[tuple[Effect, ...], float | None]:
    point = tipping_point(
        imputations,
        asked.labels,
        control=asked.arms[0],
        treated=arm,
        deltas=shifts,
        covariates=asked.adjusted if asked.adjusted.shape[1] else None,
        level=asked.level,
    )
    if asked.outcome.kind != "binary":  # there the note would speak of shares, not of log odds
        found.notes(asked, "delta", point.notes)
    return point.effects, point.tipping if point.significant_at_zero else None


def _in_clusters(
    asked: Question, imputations: Imputations, arm: str, moved: Flags, shifts: Numbers
) -> tuple[tuple[Effect, ...], float | None]:
    effect_at = _shifted(asked, imputations, arm, moved)
    effects = tuple(effect_at(float(shift)) for shift in shifts)

    def clear(effect: Effect) -> bool:
        return effect.p is not None and effect.p < 1 - asked.level

    if not clear(effect_at(0.0)):
        return effects, None
    points = sorted({0.0, *map(float, shifts)}, key=abs)
    for near, far in pairwise(points):
        if not clear(effect_at(far)):
            for _ in range(_HALVINGS):
                middle = (near + far) / 2
                near, far = (middle, far) if clear(effect_at(middle)) else (near, middle)
            return effects, far
    return effects, None


def enough_clusters(labels: npt.NDArray[Any], contrasts: int) -> int:
    """Return how many clusters there are.

    Raises
    ------
    Refusal
        If imputations could not be pooled: two degrees of freedom at least.
    """
    n = len(set(labels))
    if n < contrasts + 3:
        raise Refusal(Note.of("analysis.too_few_clusters", n=n, need=contrasts + 3))
    return n


@dataclass(frozen=True, slots=True)
class _Parabola:
    """a + b δ + c δ² through three points, one per imputation: float64 (m,) each."""

    a: Numbers
    b: Numbers
    c: Numbers

    @classmethod
    def through(cls, below: Numbers, at: Numbers, above: Numbers, step: float) -> _Parabola:
        slope = (above - below) / (2 * step)
        return cls(at, slope, (above + below - 2 * at) / (2 * step * step))

    def __call__(self, delta: float) -> Numbers:
        return self.a + self.b * delta + self.c * delta**2


def _shifted(
    asked: Question, imputations: Imputations, arm: str, moved: Flags
) -> Callable[[float], Effect]:
    """Return the pooled effect as a function of the shift, with errors that know of clusters.

    A shift adds a fixed column to the outcome, so each estimate is linear in it and each variance
    quadratic: three fits per imputation give them all.
    """
    labels = np.asarray(asked.cluster).astype(str)
    treated = [asked.treated(one).astype(np.float64) for one, _ in asked.contrasts]
    design, place = arms_first(treated, asked.adjusted), asked.arms[1:].index(arm)
    step = asked.spread or 1.0

    def fits(shift: float) -> tuple[Numbers, Numbers]:
        q, u = [], []
        for completed in imputations.completed[:, :, -1]:
            fit = least_squares(
                completed + shift * moved, design, labels, weights=asked.weights, variance="CR1"
            )
            q.append(float(fit.coefficients[place]))
            u.append(float(fit.covariance[place, place]))
        return np.array(q), np.array(u)

    below, at, above = fits(-step), fits(0.0), fits(step)
    estimate = _Parabola.through(below[0], at[0], above[0], step)
    variance = _Parabola.through(below[1], at[1], above[1], step)
    n_clusters = enough_clusters(labels, len(treated))

    def effect_at(shift: float) -> Effect:
        return pool(
            estimate(shift),
            np.maximum(variance(shift), 0.0),
            df_complete=float(n_clusters - len(treated) - 1),
            n_units=asked.n,
            n_obs=int(np.isfinite(asked.y[:, -1]).sum()),
            n_clusters=n_clusters,
            level=asked.level,
            notes=imputations.notes,
        )[0].effect

    return effect_at
