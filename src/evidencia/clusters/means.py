"""The analysis that nobody can argue with: one number for each cluster, and a t test."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from evidencia.clusters.arrays import (
    ROUNDING,
    absorb,
    coded,
    group_sums,
    matrix,
    numbers,
    zero_one,
)
from evidencia.clusters.regression import FEW_CLUSTERS, FEW_ON_A_SIDE
from evidencia.estimate import Effect
from evidencia.words import Note, Refusal


def cluster_means(
    outcome: npt.ArrayLike,
    treated: npt.ArrayLike,
    clusters: npt.ArrayLike,
    *,
    strata: npt.ArrayLike | None = None,
    covariates: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Effect:
    """Compare the means of clusters, each cluster counting once.

    Parameters
    ----------
    outcome : (n,)
    treated : (n,)
        0 or 1, the same for all rows of a cluster.
    clusters : (n,)
    strata : (n,), optional
        Strata or blocks of the randomisation, the same for all rows of a cluster; they enter as
        effects (two-way analysis of the cluster means).
    covariates : (n, q), optional
        Averaged in each cluster.
    level
        Confidence level.

    Returns
    -------
    Effect
        Difference of arms with Student's t on G − strata − 1 − q degrees of freedom; without
        strata and covariates it is the two-sample t test of the cluster means. `n_units` counts
        rows and `n_obs` clusters.

    Raises
    ------
    Refusal
        ``clusters.one_cluster``, ``clusters.one_per_arm``, ``clusters.too_small``,
        ``clusters.singular``, ``clusters.no_variance``.

    References
    ----------
    Donner, A. & Klar, N. (2000). *Design and Analysis of Cluster Randomization Trials*. Arnold.
    Hayes, R. J. & Moulton, L. H. (2017). *Cluster Randomised Trials*, 2nd ed. CRC, ch. 10, 12.
    """
    y = numbers(outcome, "outcome")
    n = len(y)
    groups, g = coded(clusters, "clusters", n)
    size = group_sums(np.ones(n), groups, g)
    t = zero_one(treated, "treated", n)
    stratum, s = coded(strata, "strata", n)
    z = np.empty((n, 0)) if covariates is None else matrix(covariates, "covariates", n)
    arm = group_sums(t, groups, g) / size
    of_cluster = group_sums(stratum.astype(np.float64), groups, g) / size
    if not (np.array_equal(arm[groups], t) and np.array_equal(of_cluster[groups], stratum)):
        raise ValueError("treated and strata must be the same for all rows of a cluster.")
    side = int(min(arm.sum(), g - arm.sum()))
    if g < 2:
        raise Refusal(Note.of("clusters.one_cluster"))
    if side < 2:
        raise Refusal(Note.of("clusters.one_per_arm"))
    df = g - s - 1 - z.shape[1]
    if df < 1:
        raise Refusal(Note.of("clusters.too_small", n=g, k=g - df))
    design = np.column_stack([arm, group_sums(z, groups, g) / size[:, None]])
    fit = absorb(group_sums(y, groups, g) / size, design, of_cluster.astype(np.intp), np.ones(g))
    beta = fit.inverse @ (fit.design.T @ fit.outcome)
    rest = fit.outcome - fit.design @ beta
    if not rest @ rest > ROUNDING * g * fit.magnitude**2:
        raise Refusal(Note.of("clusters.no_variance"))
    notes = [Note.of("clusters.few", n=g)] if g < FEW_CLUSTERS else []
    if side < FEW_ON_A_SIDE:
        notes.append(Note.of("clusters.few_treated", n=side))
    return Effect.of(
        float(beta[0]),
        float(np.sqrt(rest @ rest / df * fit.inverse[0, 0])),
        df=df,
        n_units=n,
        n_obs=g,
        n_clusters=g,
        level=level,
        notes=tuple(notes),
    )
