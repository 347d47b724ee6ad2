"""What is told of the truth, and who is no longer there to tell it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.simulate.designs import Attrition, Informant, Outcome
from evidencia.simulate.layout import Layout

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def by_wave(values: tuple[float, ...], waves: int) -> Floats:
    """Return one value per wave, the last one repeated, (T,)."""
    return np.array([values[min(t, len(values) - 1)] for t in range(waves)])


def tell(
    outcome: Outcome,
    truth: Floats,
    exposed: Mask,
    informant: Informant,
    rng: np.random.Generator,
) -> Floats:
    """Return what an informant would tell if asked, (n, T), without anything missing."""
    waves = truth.shape[1]
    true_if = np.broadcast_to(by_wave(informant.sensitivity, waves), truth.shape)
    if informant.sensitivity_exposed:
        inside = by_wave(informant.sensitivity_exposed, waves)
        true_if = np.where(exposed, inside, true_if)
    silent_if = np.broadcast_to(by_wave(informant.specificity, waves), truth.shape)
    u, v = rng.random(truth.shape), rng.random(truth.shape)
    noise = rng.standard_normal(truth.shape) * informant.noise
    shift = np.broadcast_to(by_wave(informant.shift, waves), truth.shape)
    if informant.shift_exposed:
        shift = np.where(exposed, by_wave(informant.shift_exposed, waves), shift)
    moved = noise + shift
    if outcome.kind == "continuous":
        return truth + moved
    if outcome.kind == "binary":
        return np.where(truth == 1, u < true_if, v >= silent_if).astype(np.float64)
    if outcome.kind == "count":
        told = rng.binomial(truth.astype(np.int64), true_if).astype(np.float64)
        return np.where(truth == 0, (v >= silent_if).astype(np.float64), told)
    top = len(outcome.shares) - 1
    highest = top * outcome.items if outcome.kind == "score" else top
    softened = truth - (u >= true_if) + (v >= silent_if)
    if outcome.kind == "score":
        softened = np.rint(softened + moved)
    return np.clip(softened, 0.0, float(highest))


def present(
    layout: Layout,
    attrition: Attrition,
    informant: Informant,
    told: Floats,
    truth: Floats,
    rng: np.random.Generator,
) -> Mask:
    """Return where an informant answers, (n, T): reached, not yet lost, not away for one wave.

    The baseline is always answered by those reached. At each later wave the expected share of
    those still there who leave is the same, whatever the mechanism: its intercept is solved for.
    """
    n, waves = told.shape
    reached = np.asarray(rng.random(n) < informant.reach)
    away = rng.random((n, waves)) < attrition.intermittent
    draws = rng.random((n, waves))
    hazards = _hazards(layout, attrition, informant, waves)
    here = np.ones(n, np.bool_)
    out = np.zeros((n, waves), np.bool_)
    out[:, 0] = True
    for t in range(1, waves):
        score = np.zeros(n)
        if attrition.mechanism != "mcar":
            source = told[:, t - 1] if attrition.mechanism == "mar" else truth[:, t]
            spread = source.std()
            score = attrition.slope * (source - source.mean()) / (spread if spread > 0 else 1.0)
        for arm in np.unique(layout.arm):
            group = here & (layout.arm == arm)
            rate = hazards[int(arm > 0)]
            group_score = score[group]
            here[group] = draws[group, t] >= leaving(group_score, rate)
        out[:, t] = here & ~away[:, t]
    return np.asarray(out & reached[:, np.newaxis] & layout.sampled, np.bool_)


def _hazards(
    layout: Layout, attrition: Attrition, informant: Informant, waves: int
) -> tuple[float, float]:
    """Return the share leaving at each wave in the control and in the programme."""
    control = attrition.by_informant.get(informant.name, attrition.share)
    treated = control if attrition.share_treated is None else attrition.share_treated
    if waves < 2 or not layout.sampled.all():
        return 0.0, 0.0
    each = 1 / (waves - 1)
    return 1 - (1 - control) ** each, 1 - (1 - treated) ** each


def leaving(score: Floats, rate: float) -> Floats:
    """Return each person's probability of leaving, with mean `rate` and log odds along `score`."""
    if rate == 0 or not score.size:
        return np.zeros(score.size)
    if not score.any():
        return np.full(score.size, rate)
    intercept = scipy.optimize.brentq(
        lambda a: float(scipy.special.expit(a + score).mean()) - rate, -60.0, 60.0
    )
    return np.asarray(scipy.special.expit(intercept + score), np.float64)
