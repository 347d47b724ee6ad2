"""Bounds: how low and how high the effect may be when nothing is supposed about those lost."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.estimate import Effect, quantile
from evidencia.missing.ancova import arm_design, least_squares, refuse_flat
from evidencia.missing.inputs import Array, column, covariate_matrix, mask
from evidencia.words import Note, Refusal

Trimmed = Literal["treated", "control", "none"]


@dataclass(frozen=True, slots=True)
class LeeBounds:
    """Bounds of the effect on those who would answer in either arm.

    Attributes
    ----------
    lower, upper
        Effects with asymptotic standard errors, treated − control.
    trimmed_share
        p, the share of the better-answering arm that was trimmed.
    trimmed
        Which arm that is.
    share_treated, share_control
        Share who answered in each arm.
    ci_low, ci_high
        Imbens & Manski's interval: covers the effect itself (not both bounds) at the level.
    level
        Confidence level.
    notes
        Monotonicity, always.
    """

    lower: Effect
    upper: Effect
    trimmed_share: float
    trimmed: Trimmed
    share_treated: float
    share_control: float
    ci_low: float
    ci_high: float
    level: float
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class ExtremeBounds:
    """Bounds of a regression coefficient over all values that what was lost may have had.

    Attributes
    ----------
    lower, upper
        Effects (treated − control) with what was lost filled against and in favour.
    n_lost_treated, n_lost_control
        Clusters (or people) lost.
    ci_low, ci_high
        Imbens & Manski's interval.
    level
        Confidence level.
    notes
        What must be read beside them.
    """

    lower: Effect
    upper: Effect
    n_lost_treated: int
    n_lost_control: int
    ci_low: float
    ci_high: float
    level: float
    notes: tuple[Note, ...]


def lee_bounds(
    y: npt.ArrayLike, treated: npt.ArrayLike, *, randomised: bool, level: float = 0.95
) -> LeeBounds:
    """Trim the arm that answered more, from the top and from the bottom.

    Parameters
    ----------
    y
        Shape (n,), NaN where there is no answer.
    treated
        bool, shape (n,).
    randomised
        Whether a lottery formed the arms.

    Returns
    -------
    LeeBounds
        A point, with the usual unequal-variance standard error, where both arms answered alike.

    Raises
    ------
    Refusal
        If the arms were not randomised, or an arm has fewer than two answers (after trimming),
        or nothing varies.

    Notes
    -----
    The person at the cut is kept in part, so that the trimmed mass is exactly p and ties do
    not depend on the order of rows.

    References
    ----------
    Lee, D. S. (2009). Training, wages, and sample selection. *Rev Econ Stud* 76, 1071–1102;
    variance of Proposition 3.
    Imbens, G. W. & Manski, C. F. (2004). Confidence intervals for partially identified
    parameters. *Econometrica* 72, 1845–1857.
    """
    if not randomised:
        raise Refusal(Note.of("missing.not_randomised"))
    values = column(y)
    arm = mask(treated, values.size, "treated")
    if not arm.any() or arm.all():
        raise Refusal(Note.of("missing.one_arm"))
    seen = ~np.isnan(values)
    parts = values[seen & arm], values[seen & ~arm]
    for part in parts:
        if part.size < 2:
            raise Refusal(Note.of("missing.too_few", n=part.size, need=2))
    share1, share0 = float(seen[arm].mean()), float(seen[~arm].mean())
    n1, n0 = int(arm.sum()), int((~arm).sum())
    swap = share0 > share1
    more, less = parts[::-1] if swap else parts
    (n_more, q_more), (n_less, q_less) = sorted(
        [(n1, share1), (n0, share0)], key=lambda pair: -pair[1]
    )
    p = 1 - q_less / q_more
    var_p = (1 - p) ** 2 * ((1 - q_more) / (n_more * q_more) + (1 - q_less) / (n_less * q_less))
    sides = [_trimmed_mean(more, p, var_p, top) for top in (True, False)]
    mean, var = float(less.mean()), float(less.var(ddof=1)) / less.size
    ends = [((m - mean) * (-1 if swap else 1), sqrt(v + var)) for m, v in sides]
    if min(se for _, se in ends) <= 0.0:
        raise Refusal(Note.of("missing.no_variance"))
    notes = (Note.of("missing.monotonicity"),)
    low, high = (
        Effect.of(e, se, n_units=values.size, n_obs=int(seen.sum()), level=level, notes=notes)
        for e, se in sorted(ends)
    )
    trimmed: Trimmed = "none" if p <= 0.0 else "control" if swap else "treated"
    interval = imbens_manski(low, high, level)
    return LeeBounds(low, high, max(p, 0.0), trimmed, share1, share0, *interval, level, notes)


def _trimmed_mean(y: Array, p: float, var_p: float, top: bool) -> tuple[float, float]:
    """Mean of the lowest (or highest) 1 − p of y, and its variance with p estimated."""
    ordered = np.sort(y if top else -y)
    kept = np.clip((1 - p) * y.size - np.arange(y.size), 0.0, 1.0)
    mass = float(kept.sum())
    if mass < 2.0:
        raise Refusal(Note.of("missing.too_few", n=int(mass), need=2))
    mean = float(kept @ ordered) / mass
    spread = float(kept @ (ordered - mean) ** 2) / (mass - 1)
    cut = float(ordered[np.flatnonzero(kept > 0.0)[-1]])
    variance = spread / mass
    if p > 0.0:
        variance += (cut - mean) ** 2 * p / mass + ((cut - mean) / (1 - p)) ** 2 * var_p
    return (mean if top else -mean), variance


def imbens_manski(lower: Effect, upper: Effect, level: float) -> tuple[float, float]:
    """Return the interval that covers the effect itself at `level`, wherever in the bounds.

    The half-width c σ solves Φ(c + Δ/max(σ)) − Φ(−c) = level: one-sided where the bounds are
    wide, two-sided where they meet.
    """
    se_low, se_high = lower.se, upper.se
    if se_low is None or se_high is None:
        raise ValueError("Imbens & Manski's interval needs a standard error at each bound.")
    gap = max(upper.estimate - lower.estimate, 0.0) / max(se_low, se_high)
    most = quantile(level, None)
    c = float(
        scipy.optimize.brentq(
            lambda z: scipy.special.ndtr(z + gap) - scipy.special.ndtr(-z) - level,
            0.0,
            most + 1e-6,
            xtol=1e-12,
        )
    )
    return lower.estimate - c * se_low, upper.estimate + c * se_high


def extreme_value_bounds(
    y: npt.ArrayLike,
    treated: npt.ArrayLike,
    *,
    low: float,
    high: float,
    covariates: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> ExtremeBounds:
    """Fill what was lost with the worst and the best values that the outcome can take.

    Parameters
    ----------
    y
        Shape (G,): one value a cluster (its mean) or a person, NaN where lost.
    treated
        bool, shape (G,).
    low, high
        Range of the outcome: logical (0 and 1 for a share) or the extremes observed.
    covariates
        Shape (G, p), complete; blocks as indicators.

    Returns
    -------
    ExtremeBounds
        The sharp bounds of the least-squares coefficient: each value lost goes to the end of
        the range that its own weight in the coefficient asks for. Without covariates, treated
        low and control high for the lower bound, and the reverse.

    Raises
    ------
    Refusal
        If an arm has no values, columns repeat each other, or nothing varies.
    ValueError
        If `low` is not below `high`, or a value lies outside them.

    References
    ----------
    Horowitz, J. L. & Manski, C. F. (2000). Nonparametric analysis of randomized experiments
    with missing covariate and outcome data. *JASA* 95, 77–84.
    """
    values = column(y)
    arm = mask(treated, values.size, "treated")
    lost = np.isnan(values)
    _check_range(values, low, high)
    if not (arm & ~lost).any() or not (~arm & ~lost).any():
        raise Refusal(Note.of("missing.one_arm"))
    design = arm_design(arm.astype(np.int64), 2, 0, covariate_matrix(covariates, arm.size))
    n_lost = int(lost.sum())
    note = (
        Note.of("missing.bounds_not_interval", low=float(low), high=float(high), n=n_lost)
        if n_lost
        else Note.of("missing.nobody_left")
    )
    lower, upper = _filled(values, design, low, high, level, note)
    interval = _with_t(lower, upper, level)
    lost_by_arm = int((lost & arm).sum()), int((lost & ~arm).sum())
    return ExtremeBounds(lower, upper, *lost_by_arm, *interval, level, (note,))


def _check_range(values: Array, low: float, high: float) -> None:
    if not low < high:
        raise ValueError(f"low must lie below high, not {low} and {high}.")
    if ((values < low) | (values > high)).any():
        raise ValueError(f"A value lies outside the range from {low} to {high}.")


def _filled(
    values: Array, design: Array, low: float, high: float, level: float, note: Note
) -> list[Effect]:
    """Fill what was lost against and in favour, and fit both."""
    lost = np.isnan(values)
    counts_up = _coefficient_weights(design) > 0.0
    against, favour = np.where(counts_up, low, high), np.where(counts_up, high, low)
    outcomes = np.stack([np.where(lost, fill, values) for fill in (against, favour)])
    fit = least_squares(outcomes, design[None], 1)
    refuse_flat(fit.residuals, outcomes)
    return [
        Effect.of(
            float(estimate),
            float(np.sqrt(variance)),
            df=fit.df,
            n_units=lost.size,
            n_obs=int((~lost).sum()),
            level=level,
            notes=(note,),
        )
        for estimate, variance in zip(fit.contrasts[:, 0], fit.variances[:, 0], strict=True)
    ]


def _coefficient_weights(design: Array) -> Array:
    """How much each value counts in the treated coefficient, shape (G,); Frisch and Waugh."""
    others = np.delete(design, 1, axis=1)
    arm = design[:, 1]
    return np.asarray(arm - others @ np.linalg.lstsq(others, arm, rcond=None)[0])


def _with_t(lower: Effect, upper: Effect, level: float) -> tuple[float, float]:
    """Imbens & Manski with Student's t in place of the normal: a few clusters are few."""
    low, high = imbens_manski(lower, upper, level)
    factor = quantile(level, lower.df) / quantile(level, None)
    return (
        lower.estimate - factor * (lower.estimate - low),
        upper.estimate + factor * (high - upper.estimate),
    )
