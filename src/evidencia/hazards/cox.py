"""Proportional hazards: how many times as often the event happens, at every moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

from evidencia.estimate import Effect
from evidencia.hazards._partial import Fit, maximise, sandwich
from evidencia.hazards._ratio import log_ratio
from evidencia.hazards._risk import RiskSets
from evidencia.hazards._rows import (
    codes_of,
    design,
    held_by_one_cluster,
    names_of,
    times_and_events,
)
from evidencia.words import Note, Refusal

FEW_CLUSTERS = 30
"""Below it a sandwich variance runs small (Cameron & Miller 2015, *J. Human Resources* 50)."""

EVENTS_PER_COVARIATE = 10
"""Peduzzi, P. et al. (1995). *J. Clin. Epidemiol.* 48, 1503–1510."""


@dataclass(frozen=True, slots=True, eq=False)
class Cox:
    """A fitted proportional hazards model.

    Attributes
    ----------
    names
        Names of the p covariates.
    coefficients
        float64, shape (p,). Logarithms of hazard ratios.
    covariance
        float64, shape (p, p). Of the coefficients; the sandwich where clusters were given.
    covariance_model
        float64, shape (p, p). The inverse information, whether or not it is used.
    log_likelihood_null, log_likelihood
        Partial log likelihood at zero and at the estimate.
    likelihood_ratio, df, p
        Test that all coefficients are zero; it takes people as independent.
    n_units, n_events, n_clusters
        People, events, and clusters (None where there are none).
    iterations
        Newton steps taken.
    in_one_cluster
        Two-valued covariates of which one value is found in a single cluster: no effect.
    level
        Confidence level of the effects.
    notes
        What must be read beside the numbers.
    fit
        What :func:`evidencia.hazards.proportional_hazards` needs; it holds the data.
    """

    names: tuple[str, ...]
    coefficients: NDArray[np.float64]
    covariance: NDArray[np.float64]
    covariance_model: NDArray[np.float64]
    log_likelihood_null: float
    log_likelihood: float
    likelihood_ratio: float
    df: int
    p: float
    n_units: int
    n_events: int
    n_clusters: int | None
    in_one_cluster: tuple[str, ...]
    iterations: int
    level: float
    notes: tuple[Note, ...]
    fit: Fit

    @property
    def effects(self) -> tuple[Effect, ...]:
        """One effect per covariate, on the log scale."""
        return tuple(self.effect(name) for name in self.names)

    def effect(self, name: str) -> Effect:
        """Return the log hazard ratio of one covariate.

        Student's t with G − 1 degrees of freedom where there are G clusters, else the normal.

        Raises
        ------
        Refusal
            If one value of the covariate is found in a single cluster.
        ValueError
            If there is no covariate of that name.
        """
        return log_ratio(self, name, n_obs=self.n_units)


def cox(
    time: ArrayLike,
    event: ArrayLike,
    x: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    entry: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    level: float = 0.95,
) -> Cox:
    """Fit a proportional hazards model with Efron's treatment of ties.

    Parameters
    ----------
    time
        Shape (n,), ≥ 0. Time of the event, or until which there was none.
    event
        Shape (n,). 1 for an event, 0 for a censoring.
    x
        Shape (n, p) or (n,). Covariates without a constant; an arm as 1 and its control as 0.
    names
        p names, ``x1``… where None.
    entry
        Shape (n,), or None when all are observed from the start. At risk when entry < t ≤ time.
    strata
        Shape (n,) labels. Each stratum has its own baseline hazard.
    cluster
        Shape (n,) labels of groups whose people may resemble one another.
    level
        Confidence level.

    Returns
    -------
    Cox
        The fit; :meth:`Cox.effect` gives each contrast.

    Raises
    ------
    Refusal
        Without people or events; when a covariate is constant or a combination of others; when
        a covariate separates (its ratio would be infinite); with one cluster, or no more
        clusters than covariates.
    ValueError
        If shapes disagree or values are not finite.

    Notes
    -----
    The partial likelihood is that of Cox (1972) with ties as in Efron (1977), maximised by
    Newton's method with halving. With clusters the variance is D'D, D the dfbetas of Lin & Wei
    (1989) summed within clusters, without a factor for few of them, as in R's ``survival``; the
    interval uses t with G − 1 degrees of freedom, which is wider than R's normal.

    Under monotone likelihood the steps of Newton's method do not shrink (about 1 on the log
    scale for ever) while the likelihood hardly moves: that is how separation is recognised.

    References
    ----------
    Cox, D. R. (1972). *JRSS B* 34, 187–220. Efron, B. (1977). *JASA* 72, 557–565.
    Lin, D. Y. & Wei, L. J. (1989). *JASA* 84, 1074–1078.
    Therneau, T. & Grambsch, P. (2000). *Modeling Survival Data*, ch. 3 and 7. Springer.
    """
    t, delta = times_and_events(time, event)
    matrix = design(x, t.size)
    called = names_of(names, matrix.shape[1])
    start = _entry(entry, t)
    stratum, _ = codes_of(strata, t.size, "strata")
    group, n_groups = codes_of(cluster, t.size, "cluster")
    if t.size == 0:
        raise Refusal(Note.of("refusal.nobody_followed"))
    if not delta.any():
        raise Refusal(Note.of("hazards.no_events", n=t.size))
    if cluster is not None:
        enough_clusters(n_groups, len(called))
    fit = maximise(RiskSets.of(t, delta, stratum, start), t, delta, start, matrix, called)
    ratio = max(0.0, 2 * (fit.log_likelihood - fit.log_likelihood_null))
    p = len(called)
    return Cox(
        names=called,
        coefficients=fit.coefficients,
        covariance=fit.inverse if cluster is None else sandwich(fit, group, n_groups),
        covariance_model=fit.inverse,
        log_likelihood_null=fit.log_likelihood_null,
        log_likelihood=fit.log_likelihood,
        likelihood_ratio=ratio,
        df=p,
        p=float(scipy.special.chdtrc(p, ratio)),
        n_units=t.size,
        n_events=int(delta.sum()),
        n_clusters=None if cluster is None else n_groups,
        in_one_cluster=() if cluster is None else held_by_one_cluster(matrix, called, group),
        iterations=fit.iterations,
        level=level,
        notes=_notes(int(delta.sum()), p, None if cluster is None else n_groups),
        fit=fit,
    )


def enough_clusters(n_clusters: int, p: int) -> None:
    """Refuse a sandwich whose rank, at most G − 1, is below the number of coefficients.

    Raises
    ------
    Refusal
        With one cluster, or with G ≤ p.
    """
    if n_clusters < 2:
        raise Refusal(Note.of("hazards.one_cluster"))
    if n_clusters <= p:
        raise Refusal(Note.of("hazards.clusters_and_covariates", n=n_clusters, covariates=p))


def _entry(entry: ArrayLike | None, t: NDArray[np.float64]) -> NDArray[np.float64] | None:
    if entry is None:
        return None
    start = np.asarray(entry, dtype=np.float64)
    if start.shape != t.shape or np.isnan(start).any() or (start >= t).any():
        raise ValueError("entry holds one number per person, before that person's time.")
    return start


def _notes(n_events: int, p: int, n_clusters: int | None) -> tuple[Note, ...]:
    notes: list[Note] = []
    if n_events < EVENTS_PER_COVARIATE * p:
        notes.append(Note.of("hazards.few_events", events=n_events, covariates=p))
    if n_clusters is not None and n_clusters < FEW_CLUSTERS:
        notes.append(Note.of("hazards.few_clusters", n=n_clusters))
    return tuple(notes)
