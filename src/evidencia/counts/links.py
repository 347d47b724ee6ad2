"""Links and variance functions of generalised linear models (McCullagh & Nelder 1989)."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import scipy

from evidencia.clusters.arrays import Floats

Family = Literal["binomial", "poisson", "gaussian"]
Link = Literal["logit", "log", "identity"]

CANONICAL: Final[dict[Family, Link]] = {
    "binomial": "logit",
    "poisson": "log",
    "gaussian": "identity",
}
FAR: Final = 30.0
"""A linear predictor beyond this is infinite for every purpose."""


def link_of(mean: float, link: Link) -> float:
    """Return the linear predictor of a mean."""
    if link == "logit":
        return float(np.log(mean / (1 - mean)))
    return float(np.log(mean)) if link == "log" else mean


def mean_of(eta: Floats, link: Link) -> Floats:
    """Return the means of linear predictors."""
    if link == "logit":
        return np.asarray(scipy.special.expit(np.clip(eta, -FAR, FAR)))
    return np.exp(np.clip(eta, -FAR, FAR)) if link == "log" else eta


def slope_of(mean: Floats, link: Link) -> Floats:
    """Return dμ/dη."""
    if link == "logit":
        return mean * (1 - mean)
    return mean if link == "log" else np.ones_like(mean)


def variance_of(mean: Floats, family: Family) -> Floats:
    """Return the variance function at a mean."""
    if family == "binomial":
        return mean * (1 - mean)
    return mean if family == "poisson" else np.ones_like(mean)


def possible(mean: Floats, family: Family) -> bool:
    """Whether all means are inside the range of the family."""
    if family == "gaussian":
        return bool(np.isfinite(mean).all())
    inside = (mean > 0) & ((mean < 1) if family == "binomial" else np.isfinite(mean))
    return bool(inside.all())
