"""Power and the smallest detectable effect, by formula."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import scipy

from evidencia.planning.designs import (
    PairedMeans,
    ParallelShares,
    PlanDesign,
    SteppedWedge,
    arms,
)
from evidencia.planning.notes import answer_notes, power_notes
from evidencia.words import Language, Note, Refusal

MOST_PEOPLE = 10_000_000

FARTHEST = 1e5
"""Standard errors beyond which a true effect counts as this many."""


@dataclass(frozen=True, slots=True)
class Power:
    """How often a study would find a true effect.

    Attributes
    ----------
    power
        Probability of a two-sided p value under `alpha`.
    effect
        The true effect: a difference of means in own units, or of shares.
    se, df
        Standard error of the estimate, and degrees of freedom (None: normal).
    alpha
        Two-sided.
    people, effective_people
        Last answers expected, and how many unrelated people's they are worth.
    notes
        What to tell a director.
    """

    power: float
    effect: float
    se: float
    df: float | None
    alpha: float
    people: float
    effective_people: float
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Detectable:
    """The smallest effect that a study would find often enough.

    Attributes
    ----------
    effect
        Difference of means in own units (positive), or fall of the share (negative).
    standardised
        In standard deviations; None for shares.
    power, alpha, se, df, people, effective_people, notes
        As in :class:`Power`.
    """

    effect: float
    standardised: float | None
    power: float
    alpha: float
    se: float
    df: float | None
    people: float
    effective_people: float
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class _Precision:
    """Standard errors under no effect and under this effect, and what stands behind them."""

    null: float
    se: float
    df: float | None
    people: float
    effective: float


def power(design: PlanDesign, effect: float, alpha: float = 0.05) -> Power:
    """Return how often a study would find `effect`.

    Parameters
    ----------
    design
        People, spread and loss.
    effect
        True difference: of means in the outcome's own units, or of shares (programme less
        control; negative where it falls).
    alpha
        Two-sided level.

    Returns
    -------
    Power
        Both tails are counted (``strict = TRUE`` in R), by the noncentral t for means
        (``power.t.test``), the normal with the pooled variance under no effect for shares
        (``power.prop.test``), the normal for a stepped wedge (Hussey & Hughes 2007).

    Raises
    ------
    Refusal
        If too few people or clusters would be left.
    ValueError
        If the effect takes a share out of 0 to 1.
    """
    known = _precision(design, effect)
    found = _power(known, _told(design, effect), alpha)
    answer = Power(found, effect, known.se, known.df, alpha, known.people, known.effective)
    return replace(answer, notes=power_notes(design, found, effect, known.people, known.effective))


def smallest_effect(design: PlanDesign, power: float = 0.8, alpha: float = 0.05) -> Detectable:
    """Return the smallest effect that a study would find with the power given.

    Raises
    ------
    Refusal
        If too few people or clusters would be left, or not even a share of zero is found.
    ValueError
        If the power asked for is not between `alpha` and 1.
    """
    if not alpha < power < 1:
        raise ValueError("The power asked for lies between alpha and 1.")
    low, high = 0.0, 1.0
    if isinstance(design, ParallelShares):
        high = -design.control_share
        if _power_at(design, high, alpha) < power:
            raise Refusal(Note.of("planning.not_even_all", times=round(100 * power)))
    else:
        high = _precision(design, 0.0).se
        while _power_at(design, high, alpha) < power:
            high *= 2
    effect = float(
        scipy.optimize.brentq(lambda e: _power_at(design, e, alpha) - power, low, high, xtol=1e-13)
    )
    known = _precision(design, effect)
    standardised = None if isinstance(design, ParallelShares) else effect / design.sd
    notes = answer_notes(design, power, effect, standardised, known.people, known.effective)
    return Detectable(
        effect,
        standardised,
        power,
        alpha,
        known.se,
        known.df,
        known.people,
        known.effective,
        notes,
    )


def people_needed(
    design: PlanDesign, effect: float, power: float = 0.8, alpha: float = 0.05
) -> int:
    """Return how many people must enter (per arm; per cell in a stepped wedge; in all if one arm).

    The other numbers of the design stay: with clusters, their number.

    Raises
    ------
    Refusal
        If no number of people is enough with these clusters.
    """
    if effect == 0:
        raise ValueError("No number of people finds an effect of zero.")

    def reached(n: int) -> float:
        try:
            return _power_at(_with_people(design, n), effect, alpha)
        except Refusal:
            return 0.0

    high = 2
    while reached(high) < power:
        high *= 2
        if high > MOST_PEOPLE:
            most = round(100 * reached(MOST_PEOPLE))
            raise Refusal(Note.of("planning.more_people_do_not_help", times=most))
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) >= power else (middle, high)
    return low if reached(low) >= power else high


def sentences(answer: Power | Detectable, language: Language = "es") -> list[str]:
    """Return what a small organisation can and cannot find, a sentence at a time."""
    return [note.text(language) for note in answer.notes]


def _with_people(design: PlanDesign, n: int) -> PlanDesign:
    if isinstance(design, PairedMeans):
        return replace(design, people=n)
    if isinstance(design, SteppedWedge):
        return replace(design, people_per_cell=n)
    if design.clusters is not None and max(design.clusters) > n:
        raise Refusal(Note.of("planning.too_few_people", n=n, needed=max(design.clusters)))
    return replace(design, people=(n, n))


def _told(design: PlanDesign, effect: float) -> float:
    if not isinstance(design, ParallelShares):
        return effect
    return design.told(design.control_share + effect) - design.told(design.control_share)


def _power_at(design: PlanDesign, effect: float, alpha: float) -> float:
    return _power(_precision(design, effect), _told(design, effect), alpha)


def _power(known: _Precision, told: float, alpha: float) -> float:
    """Return the probability of either tail."""
    if known.df is None:
        limit = float(scipy.special.ndtri(1 - alpha / 2)) * known.null
        return float(
            scipy.special.ndtr((told - limit) / known.se)
            + scipy.special.ndtr((-told - limit) / known.se)
        )
    limit = float(scipy.special.stdtrit(known.df, 1 - alpha / 2))
    away = min(abs(told) / known.se, FARTHEST)
    # Both tails of a noncentral t are one tail of its square, which scipy has to more digits.
    return float(1 - scipy.special.ncfdtr(1, known.df, away**2, limit**2))


def _precision(design: PlanDesign, effect: float) -> _Precision:
    if isinstance(design, SteppedWedge):
        se = sqrt(design.variance())
        waves = design.steps + 1
        people = design.clusters * waves * design.people_per_cell * (1 - design.attrition)
        alone = replace(design, icc=0.0).variance()
        return _Precision(se, se, None, people, people * alone / design.variance())
    if isinstance(design, PairedMeans):
        stay = design.people * (1 - design.attrition)
        if stay < 2:
            raise Refusal(Note.of("planning.too_few_people", n=round(stay), needed=2))
        se = design.sd * sqrt(2 * (1 - design.correlation) / stay)
        return _Precision(se, se, stay - 1, stay, stay)
    n0, n1, d0, d1 = arms(design)
    effective = n0 / d0 + n1 / d1
    if isinstance(design, ParallelShares):
        return _shares(design, effect, (n0, n1), (n0 / d0, n1 / d1))
    spread = design.sd * sqrt(1 - design.baseline_correlation**2)
    se = spread * sqrt(d0 / n0 + d1 / n1)
    adjusted = 1 if design.baseline_correlation else 0
    units = n0 + n1 if design.clusters is None else sum(design.clusters)
    return _Precision(se, se, max(units - 2 - adjusted, 1), n0 + n1, effective)


def _shares(
    design: ParallelShares,
    effect: float,
    stay: tuple[float, float],
    worth: tuple[float, float],
) -> _Precision:
    share = design.control_share + effect
    if not -1e-12 <= share <= 1 + 1e-12:
        raise ValueError(
            f"An effect of {effect} takes the share {design.control_share} beyond 0–1."
        )
    p0, p1 = design.told(design.control_share), design.told(min(max(share, 0.0), 1.0))
    pooled = (worth[0] * p0 + worth[1] * p1) / sum(worth)
    null = sqrt(pooled * (1 - pooled) * (1 / worth[0] + 1 / worth[1]))
    se = sqrt(p0 * (1 - p0) / worth[0] + p1 * (1 - p1) / worth[1])
    return _Precision(null, se if se > 0 else null, None, sum(stay), sum(worth))
