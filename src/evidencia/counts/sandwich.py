"""Sandwich covariance of estimating equations, corrected for few clusters.

Everything needs only, for each cluster, its information G_i = D'V⁻¹D and its score u_i = D'V⁻¹r,
because D'V⁻¹ f(H) r = f(G_i M) u_i for the leverage H = D M D'V⁻¹: no matrix is larger than the
number of coefficients.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from evidencia.clusters.arrays import Codes, Floats
from evidencia.clusters.regression import smaller_side
from evidencia.estimate import Effect, Scale
from evidencia.words import Note, Refusal

Correction = Literal["mancl_derouen", "kauermann_carroll", "none"]

POWERS: Final[dict[Correction, float]] = {
    "mancl_derouen": -1.0,
    "kauermann_carroll": -0.5,
    "none": 0.0,
}
FULL_LEVERAGE: Final = 1e-8
NOTHING: Final = 1e-16
FEW_CLUSTERS: Final = 40
FEW_EVENTS: Final = 10


def corrected_sandwich(
    information: Floats, scores: Floats, correction: Correction
) -> tuple[Floats, Floats]:
    """Return M (Σ s_i s_i') M with s_i = (I − G_i M)^power u_i, and M itself.

    Parameters
    ----------
    information : (m, p, p)
        G_i of each cluster.
    scores : (m, p)
        u_i of each cluster.
    correction
        ``"mancl_derouen"`` has power −1, ``"kauermann_carroll"`` −1/2, ``"none"`` 0.

    References
    ----------
    Mancl, L. A. & DeRouen, T. A. (2001). A covariance estimator for GEE with improved
    small-sample properties. *Biometrics* 57, 126–134.
    Kauermann, G. & Carroll, R. J. (2001). A note on the efficiency of sandwich covariance matrix
    estimation. *JASA* 96, 1387–1396.
    """
    root = np.linalg.cholesky(information.sum(axis=0))
    inverse = np.linalg.inv(root)  # M = inverse' inverse
    inside = scores @ inverse.T
    if correction != "none":
        values, vectors = np.linalg.eigh(inverse @ information @ inverse.T)
        free = np.maximum(1.0 - values, FULL_LEVERAGE)
        power = np.where(1.0 - values > FULL_LEVERAGE, free ** POWERS[correction], 0.0)
        turned = power * np.einsum("ijk,ij->ik", vectors, inside)
        inside = np.einsum("ijk,ik->ij", vectors, turned)
    return inverse.T @ (inside.T @ inside) @ inverse, inverse.T @ inverse


def sides_of(design: Floats, groups: Codes, count: int) -> tuple[int | None, ...]:
    """Return, for each column, the clusters of its smaller side where it has two whole sides."""
    return tuple(smaller_side(column, groups, count) for column in design.T)


def refuse_one_on_a_side(contrast: Floats, sides: tuple[int | None, ...]) -> None:
    """Refuse a comparison with a single cluster on a side: nothing says how clusters differ."""
    chosen = np.flatnonzero(contrast)
    if len(chosen) == 1:
        side = sides[int(chosen[0])]
        if side is not None and side < 2:
            raise Refusal(Note.of("clusters.one_per_arm"))


def variance_of_contrast(contrast: Floats, covariance: Floats, model: Floats) -> float:
    """Return c'Vc, or refuse where it is nothing beside the variance that the model expects."""
    variance = float(contrast @ covariance @ contrast)
    if not variance > NOTHING * float(contrast @ model @ contrast):
        raise Refusal(Note.of("counts.no_variance"))
    return variance


def contrast_effect(
    contrast: Floats,
    coefficients: Floats,
    covariance: Floats,
    model: Floats,
    sides: tuple[int | None, ...],
    *,
    df: float,
    scale: Scale,
    n_units: int,
    n_obs: int,
    n_clusters: int,
    level: float,
    notes: tuple[Note, ...],
) -> Effect:
    """Return a contrast with its t interval, or refuse where its variance is nothing."""
    refuse_one_on_a_side(contrast, sides)
    variance = variance_of_contrast(contrast, covariance, model)
    few = (Note.of("counts.few_clusters", n=n_clusters),) if n_clusters < FEW_CLUSTERS else ()
    return Effect.of(
        float(contrast @ coefficients),
        variance**0.5,
        df=df,
        n_units=n_units,
        n_obs=n_obs,
        n_clusters=n_clusters,
        level=level,
        scale=scale,
        notes=few + notes,
    )
