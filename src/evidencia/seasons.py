"""Counts month by month: the direction of the years, apart from the shape of the year.

A log-linear model with a straight line and one effect for each month of the year, fitted to the
months that were reported; a month without a report is left out and is never a zero. The shape of
the year is by day: February is not a month with fewer because it is shorter. Counts vary
more than luck and neighbouring months are alike, so the interval comes from the residuals
themselves (Newey and West) and not from the Poisson law.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
YEAR: Final = 12
# Fewer than three years of months, or fewer than five cases a month, say nothing about months.
LEAST_MONTHS: Final = 36
LEAST_MEAN: Final = 5.0
_LAGS: Final = 6
_Z: Final = 1.959963984540054
_ROUNDS: Final = 60
# Of each calendar month, leap years and all.
_DAYS: Final = np.array([31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
# The normal quantile at 1 - 0.05 / (2 x 12): twelve months are looked at, not one.
_STRICT: Final = 2.865


@dataclass(frozen=True, slots=True)
class Trend:
    """The yearly change as a share (0.12 is 12 % more each year) with its 95 % interval.

    ``season`` holds the cases of a day in each calendar month over those of the mean day;
    ``fitted`` the model's own months. ``most`` and ``least`` are the calendar months (0 is January)
    that stand out by more than what is left to luck, the furthest first; others may not be named.
    """

    yearly: float
    low: float
    high: float
    season: tuple[float, ...]
    most: tuple[int, ...]
    least: tuple[int, ...]
    fitted: tuple[float, ...]
    months: int
    missing: int
    dispersion: float

    @property
    def seasonal(self) -> bool:
        """Tell whether some month of the year stands out."""
        return bool(self.most or self.least)

    @property
    def rises(self) -> bool:
        """Tell whether the whole interval lies above no change."""
        return self.low > 0

    @property
    def falls(self) -> bool:
        """Tell whether the whole interval lies below no change."""
        return self.high < 0


def monthly_trend(counts: Sequence[int | None], *, first_month: int = 1) -> Trend | None:
    """Fit the model; None where there is too little to speak of months.

    ``counts`` follow each other without gaps, beginning in calendar month ``first_month``.
    """
    known = np.array([count is not None for count in counts], dtype=bool)
    y = np.array([count or 0 for count in counts], dtype=float)[known]
    if y.size < LEAST_MONTHS or float(y.mean()) < LEAST_MEAN:
        return None
    at = np.arange(len(counts))
    month = (at + first_month - 1) % YEAR
    if len(set(month[known].tolist())) < YEAR:
        return None
    design = _design(at, month)
    x = design[known]
    beta = _fit(x, y)
    mean = np.exp(x @ beta)
    dispersion = float(np.sum((y - mean) ** 2 / mean) / max(1, y.size - x.shape[1]))
    variance = _newey_west(x, y, mean, at[known])
    slope, spread = float(beta[1]), float(np.sqrt(variance[1, 1]))
    effects = _by_day(beta)
    most, least = _standing_out(effects, variance)
    return Trend(
        yearly=float(np.expm1(slope)),
        low=float(np.expm1(slope - _Z * spread)),
        high=float(np.expm1(slope + _Z * spread)),
        season=tuple((np.exp(effects) / np.exp(effects).mean()).tolist()),
        most=most,
        least=least,
        fitted=tuple(np.exp(design @ beta).tolist()),
        months=int(y.size),
        missing=int(np.sum(~known)),
        dispersion=dispersion,
    )


def _design(at: NDArray[np.int64], month: NDArray[np.int64]) -> Array:
    """A mean, time in years, and eleven months against December, adding up to nothing."""
    columns = [np.ones(at.size), (at - at.mean()) / YEAR]
    last = (month == YEAR - 1).astype(float)
    columns += [(month == which).astype(float) - last for which in range(YEAR - 1)]
    return np.column_stack(columns)


def _fit(x: Array, y: Array) -> Array:
    """Weighted least squares until it stands still; begins at the logarithm of what was seen."""
    mean: Array = y + 0.5
    beta: Array = np.zeros(x.shape[1])
    for _round in range(_ROUNDS):
        working = np.log(mean) + (y - mean) / mean
        weighted = x * mean[:, None]
        new: Array = np.asarray(
            np.linalg.solve(x.T @ weighted, weighted.T @ working), dtype=np.float64
        )
        step = float(np.max(np.abs(new - beta)))
        beta = new
        mean = np.exp(np.clip(x @ beta, -30, 30))
        if step < 1e-10:
            break
    return beta


def _newey_west(x: Array, y: Array, mean: Array, at: NDArray[np.int64]) -> Array:
    """The variance of the coefficients when neighbouring months go together."""
    bread = np.linalg.inv(x.T @ (x * mean[:, None]))
    scores = x * (y - mean)[:, None]
    whole = np.zeros((int(at[-1] - at[0]) + 1, x.shape[1]))
    whole[at - at[0]] = scores
    meat: Array = whole.T @ whole
    for lag in range(1, _LAGS + 1):
        shifted = whole[lag:].T @ whole[:-lag]
        meat += (1 - lag / (_LAGS + 1)) * (shifted + shifted.T)
    small = y.size / max(1, y.size - x.shape[1])
    variance: Array = small * bread @ meat @ bread
    return variance


def _by_day(beta: Array) -> Array:
    """The effect of each month on the cases of a day: the length of a month is no season."""
    effects: Array = np.append(beta[2:], -np.sum(beta[2:])) - np.log(_DAYS)
    centred: Array = effects - effects.mean()
    return centred


def _standing_out(effects: Array, variance: Array) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The months that lie strictly above and below the day in the middle of the year.

    In the middle and not the mean: where one month is low, the others do not stand out for it.
    """
    free = np.vstack([np.eye(YEAR - 1), -np.ones(YEAR - 1)])
    spread = np.sqrt(np.maximum(np.diag(free @ variance[2:, 2:] @ free.T), 1e-12))
    far = (effects - np.median(effects)) / spread
    order = [int(month) for month in np.argsort(-effects)]
    most = tuple(month for month in order if far[month] > _STRICT)
    return most, tuple(month for month in reversed(order) if far[month] < -_STRICT)
