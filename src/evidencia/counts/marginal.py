"""What an odds ratio means in people: marginal risks by standardisation."""

from __future__ import annotations

from typing import Literal

import numpy as np

from evidencia.clusters.arrays import Floats
from evidencia.counts.gee import Gee
from evidencia.counts.links import Link, mean_of, slope_of
from evidencia.counts.penalised import Firth
from evidencia.counts.sandwich import refuse_one_on_a_side, variance_of_contrast
from evidencia.estimate import Effect
from evidencia.words import Note, Refusal

Measure = Literal["difference", "ratio"]


def standardise(
    fit: Gee | Firth,
    column: int = 0,
    *,
    measure: Measure = "difference",
    level: float = 0.95,
    n_units: int | None = None,
) -> Effect:
    """Compare everybody with `column` = 1 against the same people with `column` = 0.

    Parameters
    ----------
    fit
        A fitted :class:`Gee` (its corrected sandwich and its degrees of freedom are used) or
        :class:`Firth`.
    column
        The arm in the design.
    measure
        ``"difference"`` of means (risks, counts); ``"ratio"``, its logarithm.
    level
        Confidence level.

    Returns
    -------
    Effect
        By the delta method, for the covariates of these people.

    Raises
    ------
    Refusal
        ``counts.no_variance``.

    References
    ----------
    Localio, A. R., Margolis, D. J. & Berlin, J. A. (2007). Relative risks and confidence
    intervals were easily computed indirectly from multivariable logistic regression. *J. Clin.
    Epidemiol.* 60, 874–882.
    """
    k = len(fit.coefficients)
    if not 0 <= column < k:
        raise ValueError(f"There is no column {column}; the design has {k}.")
    beta = np.concatenate([[fit.intercept], fit.coefficients])
    n = fit.n_obs
    if isinstance(fit, Gee):
        link, offset, weights = fit.link, fit._offset, fit._weights
        df, clusters = fit.df, fit.n_clusters
        refuse_one_on_a_side(np.eye(k)[column], fit._sides)
    else:
        link, offset, weights = "logit", np.zeros(n), np.ones(n)
        df, clusters = None, None
    high, high_slope = _mean(fit._design, beta, offset, weights, link, column, 1.0)
    low, low_slope = _mean(fit._design, beta, offset, weights, link, column, 0.0)
    if measure == "difference":
        estimate, slope = high - low, high_slope - low_slope
    else:
        if min(high, low) <= 0:
            raise Refusal(Note.of("counts.no_convergence"))
        estimate, slope = float(np.log(high / low)), high_slope / high - low_slope / low
    model = fit._model if isinstance(fit, Gee) else fit._whole
    variance = variance_of_contrast(slope, fit._whole, model)
    return Effect.of(
        estimate,
        variance**0.5,
        df=df,
        n_units=n if n_units is None else n_units,
        n_obs=n,
        n_clusters=clusters,
        level=level,
        scale="identity" if measure == "difference" else "log",
        notes=fit._notes if isinstance(fit, Gee) else (Note.of("counts.penalised"), *fit._notes),
    )


def _mean(
    design: Floats,
    beta: Floats,
    offset: Floats,
    weights: Floats,
    link: Link,
    column: int,
    value: float,
) -> tuple[float, Floats]:
    """Return the mean outcome with a column set, and its derivatives."""
    x = design.copy()
    x[:, column + 1] = value
    mean = mean_of(x @ beta + offset, link)
    share = weights / weights.sum()
    return float(share @ mean), (share * slope_of(mean, link)) @ x
