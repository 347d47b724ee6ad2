"""Cox's partial likelihood with Efron's ties: value, score, information, residuals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidencia.hazards._risk import RiskSets
from evidencia.hazards._rows import refuse_if_singular
from evidencia.words import Note, Refusal

Floats = NDArray[np.float64]

_STEPS = 40
_HALVINGS = 30
# Newton's method squares its error, so a step this small (in standard deviations of a covariate)
# leaves nothing but rounding.
_STEP = 1e-9
# A coefficient about which this share of the information at zero is left has run away.
_VANISHED = 1e-8


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """What the checks after a fit need; arrays over people, events or event times."""

    sets: RiskSets
    time: Floats
    event: NDArray[np.bool_]
    entry: Floats | None
    x: Floats
    coefficients: Floats
    information: Floats
    inverse: Floats
    log_likelihood_null: float
    log_likelihood: float
    iterations: int


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """The partial likelihood at one value of the coefficients.

    With c_il = S0(t_i) − (l / d_i) S0_D(t_i), S0 the sum of weights at risk and S0_D that of
    the d_i people with the event: `total` is c_il and `mean` the weighted mean x̄_il.
    """

    weight: Floats
    total: Floats
    mean: Floats
    log_likelihood: float
    score: Floats


def state(sets: RiskSets, x: Floats, beta: Floats) -> State:
    """Return value and score of the log partial likelihood at `beta`."""
    eta = x @ beta
    eta = eta - eta.max()
    weight = np.exp(eta)
    both = np.column_stack([weight, weight[:, None] * x])
    sums = sets.sums(both)[sets.tied] - sets.share[:, None] * sets.sums_of_tied(both)[sets.tied]
    total = sums[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sums[:, 1:] / total[:, None]
        value = float(eta[sets.row].sum() - np.log(total).sum())
    return State(weight, total, mean, value, (x[sets.row] - mean).sum(axis=0))


def information(sets: RiskSets, x: Floats, at: State, g: Floats | None = None) -> Floats:
    """Return Σ_il g_i V_il, V_il the weighted covariance of x; shape (p, p).

    Parameters
    ----------
    g
        Shape (d,), one weight per event; all 1 where None.
    """
    one = np.ones(at.total.size) if g is None else g
    first = at.weight * exposure(sets, one / at.total)
    return (x.T * first) @ x - (at.mean.T * one) @ at.mean


def exposure(sets: RiskSets, values: Floats) -> Floats:
    """Sum a value per event over the events for which each person was at risk.

    A person with the event at t_i counts 1 − l / d_i of the l-th term there, as in Efron's sums.
    """
    columns = values[:, None] if values.ndim == 1 else values
    every = sets.over_times(sets.per_time(columns))
    own = sets.per_time(sets.share[:, None] * columns)
    every[sets.row] -= own[sets.tied]
    return every[:, 0] if values.ndim == 1 else every


def maximise(
    sets: RiskSets,
    time: Floats,
    event: NDArray[np.bool_],
    entry: Floats | None,
    x: Floats,
    names: tuple[str, ...],
) -> Fit:
    """Maximise by Newton's method with halving; refuse what has no maximum."""
    centred = x - x.mean(axis=0)
    spread = centred.std(axis=0)
    constant = np.flatnonzero(spread <= 1e-12 * np.maximum(1.0, np.abs(x).max(axis=0)))
    if constant.size:
        raise Refusal(Note.of("hazards.singular", name=names[int(constant[0])]))
    z = centred / spread
    beta = np.zeros(z.shape[1])
    here = state(sets, z, beta)
    null = here.log_likelihood
    info = information(sets, z, here)
    refuse_if_singular(info, names)
    floor = _VANISHED / np.diag(np.linalg.inv(info))
    taken = 0
    size = np.inf
    while size >= _STEP:
        step = _solve(info, here.score, floor)
        if step is None or taken == _STEPS:
            raise _separated(sets, beta, names)
        beta, here = _climb(sets, z, beta, step, here)
        info = information(sets, z, here)
        size = float(np.abs(step).max())
        taken += 1
    inverse = np.linalg.inv(info)
    return Fit(
        sets=sets,
        time=time,
        event=event,
        entry=entry,
        x=centred,
        coefficients=beta / spread,
        information=info * np.outer(spread, spread),
        inverse=(inverse + inverse.T) / 2 / np.outer(spread, spread),
        log_likelihood_null=null,
        log_likelihood=here.log_likelihood,
        iterations=taken,
    )


def _solve(info: Floats, score: Floats, floor: Floats) -> Floats | None:
    """Return Newton's step; None where the information about a coefficient has vanished."""
    try:
        inverse = np.linalg.inv(info)
    except np.linalg.LinAlgError:
        return None
    known = 1.0 / np.diag(inverse)
    return inverse @ score if np.isfinite(known).all() and (known > floor).all() else None


def _climb(
    sets: RiskSets, z: Floats, beta: Floats, step: Floats, here: State
) -> tuple[Floats, State]:
    """Take the step, halved until the likelihood does not fall by more than rounding."""
    slack = 1e-10 * (1.0 + abs(here.log_likelihood))
    for _ in range(_HALVINGS):
        there = state(sets, z, beta + step)
        if there.log_likelihood >= here.log_likelihood - slack:
            return beta + step, there
        step = step / 2
    return beta, here


def _separated(sets: RiskSets, direction: Floats, names: tuple[str, ...]) -> Refusal:
    name = names[int(np.abs(direction).argmax())]
    return Refusal(Note.of("hazards.separation", name=name, events=int(sets.row.size)))


def score_residuals(fit: Fit) -> Floats:
    """Return each person's share of the score, shape (n, p); the columns add up to zero."""
    here = state(fit.sets, fit.x, fit.coefficients)
    hazard = exposure(fit.sets, 1.0 / here.total)
    pulled = exposure(fit.sets, here.mean / here.total[:, None])
    residual = -here.weight[:, None] * (fit.x * hazard[:, None] - pulled)
    residual[fit.sets.row] += schoenfeld(fit)
    return residual


def schoenfeld(fit: Fit) -> Floats:
    """Return x − x̄(t_i) for each event, shape (d, p), in the order of ``fit.sets.row``."""
    here = state(fit.sets, fit.x, fit.coefficients)
    mean = fit.sets.per_time(here.mean) / fit.sets.n_events[:, None]
    return fit.x[fit.sets.row] - mean[fit.sets.tied]


def sandwich(fit: Fit, group: NDArray[np.int64], n_groups: int) -> Floats:
    """Return D'D with D the dfbetas summed within clusters (Lin & Wei 1989)."""
    influence = score_residuals(fit) @ fit.inverse
    sums = np.zeros((n_groups, influence.shape[1]))
    np.add.at(sums, group, influence)
    return sums.T @ sums
