"""What an effect costs, where that may be asked at all.

A cost per effect divides by an estimate. Without a comparison there is no effect to divide by, and
near zero the quotient may be any number: then what the programme cost beyond the comparison, and
the balance at a stated worth of one unit, are said with their intervals, and no quotient.

Money is per person, in the reader's unit. Effects are differences per person (points, shares),
never ratios.

References
----------
Stinnett, A. A. & Mullahy, J. (1998). Net health benefits. *Medical Decision Making* 18, S68–S80.
Willan, A. R. & O'Brien, B. J. (1996). Confidence intervals for cost-effectiveness ratios: an
application of Fieller's theorem. *Health Economics* 5, 297–305.
Briggs, A. H., O'Brien, B. J. & Blackhouse, G. (2002). Thinking outside the box. *Annual Review of
Public Health* 23, 377–401.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import NDArray

from evidencia.designs import Design, Direction
from evidencia.estimate import Effect, quantile
from evidencia.words import Note, Refusal

__all__ = ["Economic", "ExtraCost", "NetBenefit", "compare", "even_leaving", "from_people"]


@dataclass(frozen=True, slots=True)
class ExtraCost:
    """What a person of the programme cost beyond one of the comparison.

    Attributes
    ----------
    value
        Money per person.
    se
        Standard error; None where the cost was counted from books and not sampled.
    covariance
        Of its estimate with that of the gain, both from the same people; 0 where they are apart.
    """

    value: float
    se: float | None = None
    covariance: float = 0.0


@dataclass(frozen=True, slots=True)
class NetBenefit:
    """Worth × gain − cost, per person: above zero it was worth it at that worth."""

    worth: float
    value: float
    ci_low: float
    ci_high: float


@dataclass(frozen=True, slots=True)
class Economic:
    """What may be said of cost and effect together.

    Attributes
    ----------
    gain, gain_low, gain_high
        The effect, turned so that more is better.
    cost, cost_low, cost_high
        Extra cost per person.
    per_effect, per_low, per_high
        Cost of one unit gained; None where it may not be said, and `notes` say why.
    benefits
        Net benefit at each worth that was asked.
    """

    gain: float
    gain_low: float
    gain_high: float
    cost: float
    cost_low: float
    cost_high: float
    per_effect: float | None
    per_low: float | None
    per_high: float | None
    benefits: tuple[NetBenefit, ...]
    level: float
    notes: tuple[Note, ...]


def compare(
    effect: Effect,
    cost: ExtraCost,
    *,
    design: Design,
    direction: Direction,
    worths: Sequence[float] = (),
) -> Economic:
    """Set an estimate of a release beside what it cost.

    Raises
    ------
    Refusal
        If the design has no comparison; if the effect is a ratio; if the cost was sampled and the
        effect has no standard error.
    """
    if not design.compares:
        raise Refusal(Note.of("costing.no_comparison"))
    if effect.scale == "log":
        raise Refusal(Note.of("costing.ratio_scale"))
    if cost.se is not None and effect.se is None:
        raise Refusal(Note.of("costing.no_standard_error"))
    turn = -1.0 if direction == "lower_is_better" else 1.0
    low, high = sorted((turn * effect.ci_low, turn * effect.ci_high))
    # A cost that was counted has no spread, and the limits of the gain stand in the effect.
    spread = 0.0 if cost.se is None else quantile(effect.level, effect.df)
    half = spread * (cost.se or 0.0)
    gain = _Gain(turn * effect.estimate, low, high, effect.se or 0.0, turn * cost.covariance)
    costs = (cost.value, cost.value - half, cost.value + half)
    why = _why_no_quotient((low, high), costs)
    per = _fieller(gain, cost, spread) if why is None else None
    if why is None and per is None:
        why = Note.of("costing.not_told_apart")
    return Economic(
        gain=gain.value,
        gain_low=low,
        gain_high=high,
        cost=cost.value,
        cost_low=cost.value - half,
        cost_high=cost.value + half,
        per_effect=per[0] if per else None,
        per_low=per[1] if per else None,
        per_high=per[2] if per else None,
        benefits=tuple(_net_benefit(worth, gain, cost, spread) for worth in worths),
        level=effect.level,
        notes=_notes(why, worths, counted=cost.se is None),
    )


@dataclass(frozen=True, slots=True)
class _Gain:
    value: float
    low: float
    high: float
    se: float
    covariance: float


def _why_no_quotient(gain: tuple[float, float], cost: tuple[float, float, float]) -> Note | None:
    low, high = gain
    if high < 0:
        return Note.of("costing.harm")
    if low <= 0:
        return Note.of("costing.not_told_apart")
    if cost[2] <= 0:
        return Note.of("costing.saves")
    return Note.of("costing.cost_not_told_apart") if cost[1] <= 0 else None


def _notes(why: Note | None, worths: Sequence[float], *, counted: bool) -> tuple[Note, ...]:
    counted_note = Note.of("costing.counted_cost") if counted else None
    chosen = Note.of("costing.worth_is_chosen") if worths else None
    return tuple(note for note in (why, counted_note, chosen) if note is not None)


def _fieller(gain: _Gain, cost: ExtraCost, spread: float) -> tuple[float, float, float] | None:
    """Return the quotient with its limits; None where the theorem sets none."""
    point = cost.value / gain.value
    if cost.se is None:
        # A known cost over the limits of the gain, which need not be symmetric.
        return point, cost.value / gain.high, cost.value / gain.low
    q2 = spread * spread
    a = gain.value**2 - q2 * gain.se**2
    b = cost.value * gain.value - q2 * gain.covariance
    c = cost.value**2 - q2 * cost.se**2
    inside = b * b - a * c
    if a <= 0 or inside < 0:
        return None
    return point, (b - sqrt(inside)) / a, (b + sqrt(inside)) / a


def _net_benefit(worth: float, gain: _Gain, cost: ExtraCost, spread: float) -> NetBenefit:
    if worth < 0:
        raise ValueError(f"What one unit is worth is not negative, as {worth} is.")
    value = worth * gain.value - cost.value
    if cost.se is None:
        return NetBenefit(
            worth, value, worth * gain.low - cost.value, worth * gain.high - cost.value
        )
    variance = (worth * gain.se) ** 2 + cost.se**2 - 2 * worth * gain.covariance
    half = spread * sqrt(max(variance, 0.0))
    return NetBenefit(worth, value, value - half, value + half)


def from_people(
    costs: NDArray[np.float64],
    gains: NDArray[np.float64],
    programme: NDArray[np.bool_],
    *,
    seed: int,
    clusters: NDArray[np.int64] | None = None,
    worths: Sequence[float] = (),
    draws: int = 2000,
    level: float = 0.95,
) -> Economic:
    """Bootstrap cost and gain together, where both are known of each person.

    Whole people are drawn again within each arm, or whole clusters where those were assigned, so
    that cost and gain keep their correlation. Limits are percentiles.

    Parameters
    ----------
    costs, gains
        Shape (n,). Money, and the outcome turned so that more is better. Complete: what is missing
        is imputed before.
    programme
        Shape (n,). True in the programme, False in the comparison.
    clusters
        Shape (n,). Which group or neighbourhood; None where people were assigned.

    Raises
    ------
    Refusal
        If an arm has fewer than two people, or clusters.
    ValueError
        If something is missing.

    References
    ----------
    Efron, B. & Tibshirani, R. (1993). *An Introduction to the Bootstrap*, ch. 8 and 13.
    """
    if not (np.isfinite(costs).all() and np.isfinite(gains).all()):
        raise ValueError("Costs and gains are complete here: impute before, and say how.")
    units = np.arange(costs.size, dtype=np.int64) if clusters is None else clusters
    rng = np.random.default_rng(seed)
    sums = [_sums(costs[side], gains[side], units[side]) for side in (programme, ~programme)]
    if min(len(one) for one in sums) < 2:
        raise Refusal(Note.of("costing.too_few"))
    (c1, g1), (c0, g0) = (one[:, :2].sum(0) / one[:, 2].sum() for one in sums)
    drawn = [_redrawn(one, rng, draws) for one in sums]
    more = drawn[0] - drawn[1]
    tail = (1 - level) / 2
    gain_limits = _percentiles(more[:, 1], tail)
    cost_limits = _percentiles(more[:, 0], tail)
    gain, cost = float(g1 - g0), float(c1 - c0)
    why = _why_no_quotient(gain_limits, (cost, *cost_limits))
    per = _percentiles(_by_angle(more), tail) if why is None else None
    return Economic(
        gain=gain,
        gain_low=gain_limits[0],
        gain_high=gain_limits[1],
        cost=cost,
        cost_low=cost_limits[0],
        cost_high=cost_limits[1],
        per_effect=cost / gain if per else None,
        per_low=per[0] if per else None,
        per_high=per[1] if per else None,
        benefits=tuple(
            NetBenefit(w, w * gain - cost, *_percentiles(w * more[:, 1] - more[:, 0], tail))
            for w in worths
        ),
        level=level,
        notes=_notes(why, worths, counted=False),
    )


def _sums(
    costs: NDArray[np.float64], gains: NDArray[np.float64], units: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return cost, gain and people of each unit, one row each."""
    _keys, at = np.unique(units, return_inverse=True)
    columns = [np.bincount(at, weights=values) for values in (costs, gains, np.ones(costs.size))]
    return np.column_stack(columns)


def _redrawn(
    rows: NDArray[np.float64], rng: np.random.Generator, draws: int
) -> NDArray[np.float64]:
    """Return the means of cost and gain in each draw, shape (draws, 2)."""
    times = rng.multinomial(len(rows), np.full(len(rows), 1 / len(rows)), size=draws)
    totals = times @ rows
    means: NDArray[np.float64] = totals[:, :2] / totals[:, 2:]
    return means


def _by_angle(more: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return cost over gain, and infinity for a draw that gained nothing: ordered by its angle."""
    cost, gain = more[:, 0], more[:, 1]
    return np.where(gain > 0, cost / np.where(gain > 0, gain, 1.0), inf)


def _percentiles(values: NDArray[np.float64], tail: float) -> tuple[float, float]:
    """Return order statistics and no mixture of two, which infinity does not take."""
    low = np.quantile(values, tail, method="lower")
    high = np.quantile(values, 1 - tail, method="higher")
    return float(low), float(high)


def even_leaving(sessions: int, needed: int, reaching: float) -> tuple[float, ...]:
    """Return the share that comes to each session if people leave at an even pace.

    A planning assumption with one number in it: `reaching` of those who entered still come at
    session `needed`. In truth more leave early (see :mod:`evidencia.survival`).

    Raises
    ------
    ValueError
        If `reaching` is not above 0 and at most 1, or `needed` is below 1.
    """
    if not 0 < reaching <= 1 or needed < 1:
        raise ValueError(
            f"A share above 0 reaches a session from 1 on, not {reaching} at {needed}."
        )
    return tuple(float(reaching ** (session / needed)) for session in range(1, sessions + 1))
