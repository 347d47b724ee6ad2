"""Do the items of a scale go together? Cronbach's alpha and McDonald's omega."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

from evidencia.estimate import Effect
from evidencia.intervals import normal_quantile
from evidencia.measures._one_factor import one_factor
from evidencia.measures._table import complete_rows, figure
from evidencia.words import Note, Refusal, p_value

FEW = 30
"""People below which a reliability is a rough guess: a round number, not a theorem."""

POOR_FIT = 0.05
"""p value of the one-factor model below which a note says that the items measure more."""


@dataclass(frozen=True, slots=True, eq=False)
class Alpha:
    """Cronbach's alpha.

    Attributes
    ----------
    effect
        Alpha with Feldt's interval; it has no standard error and no p value.
    standardised
        Alpha of the items divided by their standard deviations.
    item_rest
        float64, shape (k,). Correlation of each item with the sum of the others.
    if_dropped
        float64, shape (k,). Alpha without each item; None for two items.
    n, n_missing, n_items
        People with all items; people who lack one, left out; items.
    notes
        What must be read beside the numbers.
    """

    effect: Effect
    standardised: float
    item_rest: NDArray[np.float64]
    if_dropped: NDArray[np.float64] | None
    n: int
    n_missing: int
    n_items: int
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Omega:
    """McDonald's omega (total, one factor).

    Attributes
    ----------
    effect
        Omega with an interval on the logit scale.
    loadings, uniquenesses
        float64, shape (k,). In the items' own units; the loadings add up to a positive number.
    chi2, df, p
        Fit of one factor; p is None for three items, which always fit.
    n, n_missing, n_items
        People with all items; people who lack one, left out; items.
    notes
        What must be read beside the numbers.
    """

    effect: Effect
    loadings: NDArray[np.float64]
    uniquenesses: NDArray[np.float64]
    chi2: float
    df: int
    p: float | None
    n: int
    n_missing: int
    n_items: int
    notes: tuple[Note, ...]


def cronbach_alpha(items: ArrayLike, *, level: float = 0.95) -> Alpha:
    """Return the internal consistency of a sum of items.

    Parameters
    ----------
    items
        Shape (n, k), k ≥ 2. One row per person; rows with a NaN are left out and counted.
    level
        Confidence level.

    Returns
    -------
    Alpha
        α = k / (k − 1) (1 − Σ σ²_j / σ²_sum).

    Raises
    ------
    Refusal
        With fewer than 3 people, an item that does not vary, or a sum that does not.
    ValueError
        If `items` is not a table.

    Notes
    -----
    Feldt's interval: (1 − α) / (1 − α̂) is an F with n − 1 and (n − 1)(k − 1) degrees of freedom,
    exact for normal parallel items. Alpha is high for many items whatever they measure.

    References
    ----------
    Cronbach, L. (1951). *Psychometrika* 16, 297–334.
    Feldt, L., Woodruff, D. & Salih, F. (1987). *Appl. Psychol. Meas.* 11, 93–103.
    """
    table, missing = _items(items)
    n, k = table.shape
    covariance = np.cov(table, rowvar=False)
    if covariance.sum() <= 1e-12 * np.trace(covariance):
        raise Refusal(Note.of("measures.sum_constant"))
    alpha = _alpha(covariance)
    tail = (1 - level) / 2
    limits = [
        1 - (1 - alpha) * float(scipy.special.fdtri(n - 1, (n - 1) * (k - 1), p))
        for p in (1 - tail, tail)
    ]
    rest = covariance.sum(axis=1) - np.diag(covariance)
    others = covariance.sum() - 2 * covariance.sum(axis=1) + np.diag(covariance)
    with_rest = np.zeros(k)
    np.divide(rest, np.sqrt(np.maximum(others, 0) * np.diag(covariance)), out=with_rest,
              where=others > 1e-12 * np.trace(covariance))  # fmt: skip
    sd = np.sqrt(np.diag(covariance))
    notes = _notes(n, missing)
    turned = np.flatnonzero(with_rest < 0)
    if turned.size:
        notes += (Note.of("measures.reversed_items", items=_list(turned)),)
    return Alpha(
        effect=figure(alpha, (limits[0], limits[1]), n=n, n_obs=n * k, level=level, notes=notes),
        standardised=_alpha(covariance / np.outer(sd, sd)),
        item_rest=with_rest,
        if_dropped=_without_each(covariance) if k > 2 else None,
        n=n,
        n_missing=missing,
        n_items=k,
        notes=notes,
    )


def mcdonald_omega(items: ArrayLike, *, level: float = 0.95) -> Omega:
    """Return the share of the variance of a sum that one common factor explains.

    Parameters
    ----------
    items
        Shape (n, k), k ≥ 3. One row per person; rows with a NaN are left out and counted.
    level
        Confidence level.

    Returns
    -------
    Omega
        ω = (Σ λ)² / ((Σ λ)² + Σ ψ), from one factor by maximum likelihood.

    Raises
    ------
    Refusal
        With fewer than three items (not identified), fewer people than items + 1, an item that
        does not vary or is a combination of others, a loading pattern with an own variance of
        zero (Heywood), or no common factor.
    ValueError
        If `items` is not a table.

    Notes
    -----
    Standard error by the delta method from the expected information, interval on the logit
    scale, so that it stays inside (0, 1) (Raykov & Marcoulides 2011). Items in few categories
    are treated as numbers, which usually makes omega a little low.

    References
    ----------
    McDonald, R. (1999). *Test Theory: A Unified Treatment*, ch. 6. Erlbaum.
    Jöreskog, K. (1967). *Psychometrika* 32, 443–482.
    Raykov, T. & Marcoulides, G. (2011). *Introduction to Psychometric Theory*. Routledge.
    """
    table, missing = _items(items)
    n, k = table.shape
    if k < 3:
        raise Refusal(Note.of("measures.two_items"))
    if n <= k:
        raise Refusal(Note.of("measures.fewer_than_items", n=n, items=k))
    fit = one_factor(np.cov(table, rowvar=False, bias=True), n)
    common, own = float(fit.loadings.sum()) ** 2, float(fit.uniquenesses.sum())
    omega = common / (common + own)
    if omega <= 1e-6:
        raise Refusal(Note.of("measures.no_common_factor"))
    # d ω / d λ_j = 2 (Σ λ) Σψ / total²; d ω / d ψ_j = −(Σ λ)² / total².
    slope = np.repeat([2 * sqrt(common) * own, -common], k) / (common + own) ** 2
    se = sqrt(float(slope @ fit.covariance @ slope))
    half = normal_quantile(level) * se / (omega * (1 - omega))
    middle = float(scipy.special.logit(omega))
    df = k * (k - 3) // 2
    p = float(scipy.special.chdtrc(df, fit.chi2)) if df else None
    notes = _notes(n, missing)
    turned = np.flatnonzero(fit.loadings < 0)
    if turned.size:
        notes += (Note.of("measures.reversed_items", items=_list(turned)),)
    if p is not None and p < POOR_FIT:
        notes += (Note.of("measures.more_than_one_factor", p=p_value(p)),)
    return Omega(
        effect=figure(
            omega,
            (float(scipy.special.expit(middle - half)), float(scipy.special.expit(middle + half))),
            n=n,
            n_obs=n * k,
            level=level,
            se=se,
            notes=notes,
        ),
        loadings=fit.loadings,
        uniquenesses=fit.uniquenesses,
        chi2=fit.chi2,
        df=df,
        p=p,
        n=n,
        n_missing=missing,
        n_items=k,
        notes=notes,
    )


def _items(items: ArrayLike) -> tuple[NDArray[np.float64], int]:
    table, missing = complete_rows(items, "items")
    if table.shape[0] < 3:
        raise Refusal(Note.of("measures.too_few_people", n=table.shape[0]))
    spread = table.std(axis=0)
    still = np.flatnonzero(spread <= 1e-12 * np.maximum(1.0, np.abs(table).max(axis=0)))
    if still.size:
        raise Refusal(Note.of("measures.constant_item", items=_list(still)))
    return table, missing


def _alpha(covariance: NDArray[np.float64]) -> float:
    k = covariance.shape[0]
    return float(k / (k - 1) * (1 - np.trace(covariance) / covariance.sum()))


def _without_each(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    k = covariance.shape[0]
    own = np.diag(covariance)
    total = covariance.sum() - 2 * covariance.sum(axis=1) + own
    if (total <= 1e-12 * np.trace(covariance)).any():
        raise Refusal(Note.of("measures.sum_constant"))
    found: NDArray[np.float64] = (k - 1) / (k - 2) * (1 - (np.trace(covariance) - own) / total)
    return found


def _notes(n: int, missing: int) -> tuple[Note, ...]:
    notes: list[Note] = []
    if n < FEW:
        notes.append(Note.of("measures.few_people_scale", n=n))
    if missing:
        notes.append(Note.of("measures.rows_missing", n=missing))
    return tuple(notes)


def _list(places: NDArray[np.intp]) -> str:
    return ", ".join(str(int(k) + 1) for k in places)
