"""What of an evaluation may leave: the same result with everything taken out that tells too much.

An evaluation knows exact counts, and with them anybody could undo the rounding of another page.
Here every number of people is rounded or gone (R1, R2), nothing computed on fewer than twenty
stays (R4), and effects are cut to two digits of their standard error: a tenth of a person's
answer no longer shows in them. Notes are kept by a list, because a sentence may tell what a number
does not ("everybody gave the same answer"). Findings are made again from what is left.

What a reader can deduce from the counts of a release is what single rounded counts say, and no
more: no two of them add up to a third that is told more exactly (tests/…/test_leaving.py asks the
linear programs of :mod:`evidencia.disclosure.attackers`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import ceil, floor, isfinite, log10
from typing import Final

import numpy as np

from evidencia.estimate import Effect, Estimate
from evidencia.findings import find
from evidencia.intervals import wilson
from evidencia.levels import HALF, LEVELS
from evidencia.publishing import RELEASED, Policy, allowed
from evidencia.results import (
    Attrition,
    AttritionRow,
    Baseline,
    BaselineRow,
    Caution,
    Flow,
    FlowArm,
    FlowStep,
    MeanPoint,
    Multiplicity,
    Result,
    RetentionCurve,
    Tipping,
)
from evidencia.words import Note

# Sentences that the design and the plan alone bring with them, whatever anybody answered.
KEPT_NOTES: Final = frozenset(
    {
        "analysis.no_comparison",
        "analysis.reports_not_facts",
        "analysis.no_start",
        "analysis.only_continuous",
        "analysis.without_clusters",
    }
)


def leaving(result: Result, policy: Policy = RELEASED) -> Result | None:
    """Return what may leave of `result`, with its findings; None where it is not enough.

    Parameters
    ----------
    result
        An evaluation.
    policy
        The numbers of the rules.

    Returns
    -------
    Result or None
        None if nothing of a primary outcome is left at the last wave, which is the question. Then
        nothing at all leaves: not even how much was missing.
    """
    estimates = tuple(e for e in result.estimates if _stands(result, e, policy))
    primary = {outcome.name for outcome in result.outcomes if outcome.primary}
    last = (None, *result.waves[-1:])
    answered = {e.outcome for e in estimates if e.wave in last}
    if not allowed(result.n_units, policy) or not primary & answered:
        return None
    left = replace(
        result,
        n_units=_count(result.n_units, policy),
        n_rows=_count(result.n_rows, policy),
        flow=_flow(result, policy),
        baseline=_baseline(result, policy),
        attrition=_attrition(result, policy),
        retention=tuple(c for c in (_curve(c, policy) for c in result.retention) if c),
        means=tuple(m for m in (_mean(result, m, policy) for m in result.means) if m),
        estimates=tuple(
            replace(e, effect=_level(e, policy))
            if e.method in LEVELS
            else replace(e, effect=_effect(e.effect, policy, _is_difference(result, e)))
            for e in estimates
        ),
        tipping=_tipping(result, estimates, policy),
        multiplicity=_multiplicity(result, estimates),
        agreement=(),
        warnings=_warnings(result.warnings),
        findings=(),
    )
    return replace(left, findings=find(left))


# --- Counts ---------------------------------------------------------------------------------------


def _count(n: int, policy: Policy) -> int:
    """Return a rounded count; what is hidden is 0, which every page writes as "too few"."""
    if not allowed(n, policy):
        return 0
    return int(policy.rounded(np.array([n], np.int64))[0])


def _flow(result: Result, policy: Policy) -> Flow:
    arms = tuple(
        FlowArm(arm.arm, _count(arm.n_units, policy), arm.n_clusters, None)
        for arm in result.flow.arms
    )
    steps = tuple(
        FlowStep(
            step.arm,
            step.informant,
            step.outcome,
            step.wave,
            _count(step.n_expected, policy),
            _count(step.n_observed, policy),
            _count(step.n_returned, policy),
        )
        for step in result.flow.steps
    )
    return Flow(arms, steps)


def _attrition(result: Result, policy: Policy) -> Attrition:
    rows = []
    for row in result.attrition.rows:
        lost, there = _count(row.n_lost, policy), _count(row.n_expected, policy)
        if row.n_expected < policy.percent_from or not lost:
            continue
        if not allowed(row.n_expected - row.n_lost, policy):
            continue
        share = _share(lost, there)
        low, high = (_whole(x) for x in wilson(min(lost, there), there, result.level))
        rows.append(
            AttritionRow(
                row.outcome, row.informant, row.arm, row.wave, there, lost, share, low, high
            )
        )
    return Attrition(tuple(rows), ())


def _share(k: int, n: int) -> float:
    return min(1.0, round(100 * k / n) / 100)


def _whole(share: float) -> float:
    return round(share, 2)


# --- What was observed ----------------------------------------------------------------------------


def _baseline(result: Result, policy: Policy) -> Baseline:
    rows = tuple(
        made for row in result.baseline.rows if (made := _baseline_row(row, policy)) is not None
    )
    # A difference between arms gives back a mean that was withheld.
    return Baseline(rows, ())


def _baseline_row(row: BaselineRow, policy: Policy) -> BaselineRow | None:
    if row.n < policy.percent_from:
        return None
    n, missing = _count(row.n, policy), _count(row.n_missing, policy)
    made = replace(row, n=n, n_missing=missing, mean=_digits(row.mean), sd=_digits(row.sd))
    if row.count is None:
        return None if _is_share(row) else made
    if not allowed(row.count, policy) or not allowed(row.n - row.count, policy):
        return None
    count = _count(row.count, policy)
    return replace(made, count=count, share=_share(count, n))


def _is_share(row: BaselineRow) -> bool:
    """A mean between 0 and 1 may be a count in other words: it leaves among the means alone."""
    return row.mean is not None and 0 <= row.mean <= 1


def _mean(result: Result, point: MeanPoint, policy: Policy) -> MeanPoint | None:
    if point.n < policy.percent_from:
        return None
    n = _count(point.n, policy)
    if not _binary(result, point.outcome):
        low_, high_ = _digits(point.ci_low), _digits(point.ci_high)
        return replace(point, n=n, mean=_digits(point.mean) or 0.0, ci_low=low_, ci_high=high_)
    with_it = round(point.mean * point.n)
    if not allowed(with_it, policy) or not allowed(point.n - with_it, policy):
        return None
    k = min(n, _count(with_it, policy))
    low, high = (_whole(x) for x in wilson(k, n, result.level))
    return replace(point, n=n, mean=_share(k, n), ci_low=low, ci_high=high)


def _curve(curve: RetentionCurve, policy: Policy) -> RetentionCurve | None:
    """The curve in steps of more people than the threshold, and not to its very end."""
    if curve.n < policy.percent_from:
        return None
    n, kept, before = _count(curve.n, policy), [], curve.n
    for at, share in enumerate(curve.share):
        there = round(share * curve.n)
        if allowed(before - there, policy) and allowed(there, policy):
            kept.append(at)
            before = there
    if not kept:
        return None

    def of(values: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(_whole(values[at]) for at in kept)

    time = tuple(curve.time[at] for at in kept)
    return RetentionCurve(curve.arm, n, time, of(curve.share), of(curve.ci_low), of(curve.ci_high))


def _digits(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.3g}")


# --- What was estimated ---------------------------------------------------------------------------


def _stands(result: Result, estimate: Estimate, policy: Policy) -> bool:
    """Whether enough people stand behind an estimate, in each arm and in each of two answers."""
    if estimate.effect.n_units < policy.percent_from:
        return False
    if estimate.method in LEVELS:
        return _waited(result, estimate, policy)
    last = estimate.wave
    mine = [
        point
        for point in result.means
        if point.outcome == estimate.outcome
        and point.informant == estimate.informant
        and (last is None or point.wave in (last, *result.waves[:1]))
        and (point.arm is None or not result.arms or point.arm in estimate.contrast)
    ]
    return all(_mean(result, point, policy) is not None for point in mine) and bool(mine)


def _waited(result: Result, estimate: Estimate, policy: Policy) -> bool:
    """Whether enough had it by then, enough still waited, and enough had it since the time before.

    Who was not seen for so long may stand on either side, and is counted on neither.
    """
    if estimate.method == HALF:
        n = estimate.effect.n_units
        return n >= policy.order_from and allowed(n // 2 - _unseen(estimate), policy)
    before = 0.0
    for one in result.estimates:
        if one.method != estimate.method or _asked(one) != _asked(estimate):
            continue
        n, share = one.effect.n_units, one.effect.estimate
        since, left = round(n * (share - before)), round(n * (1 - share))
        stands = all(allowed(many - _unseen(one), policy) for many in (since, left))
        if one is estimate:
            return stands
        before = share if stands else before
    return False


def _asked(estimate: Estimate) -> tuple[str, str | None]:
    return estimate.outcome, estimate.informant


def _unseen(estimate: Estimate) -> int:
    return estimate.effect.n_units - estimate.effect.n_obs


def _level(estimate: Estimate, policy: Policy) -> Effect:
    """Cut a share to steps of half of `base` people and a time to `base` days, limits outwards.

    The day of half is the day of one person: to so many days it is nobody's.
    """
    effect, half = estimate.effect, estimate.method == HALF
    step = float(policy.base) if half else policy.base / (2 * effect.n_units)

    def cut(value: float, to: Callable[[float], float]) -> float:
        cut_ = round(to(value / step) * step, 3) if isfinite(value) else value
        return max(0.0, cut_ if half else min(1.0, cut_))

    n = _count(effect.n_units, policy)
    return replace(
        effect,
        estimate=cut(effect.estimate, round),
        se=None,
        ci_low=cut(effect.ci_low, floor),
        ci_high=cut(effect.ci_high, ceil),
        n_units=n,
        n_obs=n,
        notes=(),
    )


def _effect(effect: Effect, policy: Policy, of_shares: bool) -> Effect:
    """Cut an effect. A difference of shares moves in steps of half of `base` people, its limits
    outwards: finer ones would give back how many changed their answer, and in which direction.
    """
    share = of_shares and effect.scale == "identity"
    step = policy.base / (2 * effect.n_units) if share else 10.0 ** -_places(effect)
    places = 3 if share else max(0, _places(effect))

    def cut(value: float, to: Callable[[float], float]) -> float:
        return round(to(value / step) * step, places) if isfinite(value) else value

    return replace(
        effect,
        estimate=cut(effect.estimate, round),
        se=None if effect.se is None else _two(effect.se),
        df=None,
        ci_low=cut(effect.ci_low, floor if share else round),
        ci_high=cut(effect.ci_high, ceil if share else round),
        p=None if effect.p is None else round(effect.p, 3),
        n_units=_count(effect.n_units, policy),
        n_obs=_count(effect.n_obs, policy),
        notes=tuple(note for note in effect.notes if _says_nothing(note)),
    )


def _is_difference(result: Result, estimate: Estimate) -> bool:
    """Whether it is a difference of two shares; what a session more goes with is none."""
    return _binary(result, estimate.outcome) and estimate.method != "dose_response"


def _places(effect: Effect) -> int:
    """Decimals that hold two digits of the standard error."""
    width = effect.ci_high - effect.ci_low
    unit = effect.se or (width / 4 if isfinite(width) and width > 0 else 0.01)
    return 1 - floor(log10(unit))


def _two(value: float) -> float:
    return float(f"{value:.2g}")


def _tipping(
    result: Result, estimates: tuple[Estimate, ...], policy: Policy
) -> tuple[Tipping, ...]:
    there = {(e.outcome, e.informant, e.contrast, e.wave) for e in estimates}
    return tuple(
        replace(
            one,
            steps=tuple(
                replace(step, effect=_effect(step.effect, policy, _binary(result, one.outcome)))
                for step in one.steps
            ),
        )
        for one in result.tipping
        if (one.outcome, one.informant, one.contrast, one.wave) in there
    )


def _multiplicity(result: Result, estimates: tuple[Estimate, ...]) -> Multiplicity:
    there = {(e.outcome, e.informant, e.contrast, e.wave) for e in estimates}
    kept = tuple(
        replace(one, p=round(one.p, 3), p_adjusted=round(one.p_adjusted, 3))
        for one in result.multiplicity.adjusted
        if (one.outcome, one.informant, one.contrast, one.wave) in there
    )
    return replace(result.multiplicity, adjusted=kept)


def _warnings(cautions: tuple[Caution, ...]) -> tuple[Caution, ...]:
    return tuple(one for one in cautions if _says_nothing(one.note))


def _says_nothing(note: Note) -> bool:
    """Whether a note tells nothing of anybody: it is of the list, and holds no number."""
    return note.code in KEPT_NOTES and all(isinstance(value, str) for _, value in note.values)


def _binary(result: Result, name: str) -> bool:
    return result.outcome(name).kind == "binary"
