"""What is true: a normal variable behind each outcome, and the outcome read off it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.simulate.designs import Outcome
from evidencia.simulate.layout import Layout

Floats = npt.NDArray[np.float64]

HIGHEST = 4
"""Categories of an item are 0 to 4."""


def latent(outcome: Outcome, layout: Layout, rng: np.random.Generator) -> Floats:
    """Return the latent variable of people whom no programme reaches, (n, T).

    Variance 1 at every wave: sites, clusters (and clusters by wave), the person, the moment.
    """
    n, waves = layout.sampled.shape
    sites, clusters = int(layout.site.max()) + 1, int(layout.cluster.max()) + 1
    steady = outcome.cluster_autocorrelation
    person = 1 - outcome.icc - outcome.site_icc
    site = np.sqrt(outcome.site_icc) * rng.standard_normal(sites)[layout.site]
    cluster = np.sqrt(outcome.icc * steady) * rng.standard_normal(clusters)[layout.cluster]
    moment = np.sqrt(outcome.icc * (1 - steady)) * rng.standard_normal((clusters, waves))
    stable = np.sqrt(person * outcome.rho) * rng.standard_normal(n)
    passing = np.sqrt(person * (1 - outcome.rho)) * rng.standard_normal((n, waves))
    trend = outcome.trend * np.arange(waves)
    still: Floats = (site + cluster + stable)[:, None] + moment[layout.cluster] + passing + trend
    return still


def push(outcome: Outcome, since: npt.NDArray[np.int64], waves: int) -> Floats:
    """Return the programme's effect on the latent variable, (n, T)."""
    exposed_for = np.arange(waves) - since[:, None]
    kept = (1 - outcome.fade) ** np.maximum(exposed_for, 0)
    return np.where(exposed_for >= 0, outcome.effect * kept, 0.0)


def read_off(outcome: Outcome, z: Floats, items: Floats | None = None) -> Floats:
    """Return the outcome that a latent variable means, on its own scale and of the same shape."""
    if outcome.kind == "continuous":
        return outcome.baseline + outcome.sd * z
    if outcome.kind == "binary":
        return np.asarray(z > -scipy.special.ndtri(outcome.baseline), np.float64)
    if outcome.kind == "count":
        return _count(outcome, scipy.special.ndtr(z))
    if outcome.kind == "score" and items is not None:
        return np.asarray(item_answers(outcome, z, items).sum(axis=-1), np.float64)
    return _cut(outcome, z)


def item_answers(outcome: Outcome, z: Floats, errors: Floats) -> Floats:
    """Return the answers to each item of a score, (n, T, items), given standard normal errors."""
    own = np.sqrt(1 - outcome.loading**2)
    return _cut(outcome, outcome.loading * z[..., None] + own * errors)


def _cut(outcome: Outcome, z: Floats) -> Floats:
    limits = scipy.special.ndtri(np.cumsum(outcome.shares)[:-1])
    return np.searchsorted(limits, z).astype(np.float64)


def _count(outcome: Outcome, u: Floats) -> Floats:
    """Return quantiles of the zero-inflated negative binomial with the mean of the baseline."""
    extra = outcome.zero_inflation
    mean = outcome.baseline / (1 - extra)
    rest = np.clip((u - extra) / (1 - extra), 0.0, 1 - 1e-12)
    if outcome.dispersion == 0:
        drawn = scipy.stats.poisson.ppf(rest, mean)
    else:
        size = 1 / outcome.dispersion
        drawn = scipy.stats.nbinom.ppf(rest, size, size / (size + mean))
    return np.where(u <= extra, 0.0, np.maximum(drawn, 0.0)).astype(np.float64)
