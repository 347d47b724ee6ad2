"""The difference between arms among weighted answers, with a sandwich of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidencia.estimate import Effect
from evidencia.missing.inputs import Array, Mask, column, covariate_matrix, mask
from evidencia.missing.weighting import RetentionWeights, StayingModel, staying_model
from evidencia.words import Note, Refusal

_DEPENDENT = 1e-9
# A variance below this share of the squared outcome is rounding, not variation.
_FLAT = 1e-24


@dataclass(frozen=True, slots=True, eq=False)
class WeightedDifference:
    """A weighted effect and the weights behind it.

    Attributes
    ----------
    effect
        treated − control, in the outcome's units.
    weights
        Weights with their diagnosis.
    """

    effect: Effect
    weights: RetentionWeights


def weighted_difference(
    y: npt.ArrayLike,
    treated: npt.ArrayLike,
    x: npt.ArrayLike,
    *,
    covariates: npt.ArrayLike | None = None,
    cluster: npt.ArrayLike | None = None,
    stabilised: bool = True,
    truncate: tuple[float, float] = (0.01, 0.99),
    level: float = 0.95,
) -> WeightedDifference:
    """Compare the arms among those who answered, weighted to look like all who began.

    Parameters
    ----------
    y
        Shape (n,), NaN where there is no answer.
    treated
        bool, shape (n,).
    x
        Shape (n, p), complete: what predicts staying.
    covariates
        Shape (n, q), complete: what the outcome is adjusted for.
    cluster
        Labels, shape (n,); people of one cluster are not independent.
    stabilised, truncate
        As in :func:`evidencia.missing.retention_weights`.

    Returns
    -------
    WeightedDifference
        Student's t with n − k, or clusters − 1, degrees of freedom.

    Raises
    ------
    Refusal
        As :func:`evidencia.missing.retention_weights`; also if an arm has no answers, there is
        one cluster only, or nothing varies.

    Notes
    -----
    Weighted least squares; the variance is the sandwich of the stacked estimating equations of
    the staying model, the stabilising shares and the outcome model, so that estimating the
    weights is counted (Lunceford & Davidian 2004, *Stat Med* 23, 2937–2960). Truncated weights
    are taken as fixed. Multiplied by n/(n − k), or by G/(G − 1) with clusters. Where support is
    thin (look at the weights) and answers are a few hundred, it is still somewhat too narrow.
    """
    values = column(y)
    n = values.size
    arm = mask(treated, n, "treated")
    seen = ~np.isnan(values)
    if not (seen & arm).any() or not (seen & ~arm).any():
        raise Refusal(Note.of("missing.one_arm"))
    staying = staying_model(seen, x, arm, stabilised, truncate)
    design = np.column_stack([np.ones(n), arm, covariate_matrix(covariates, n)]).astype(np.float64)
    k, n_obs = design.shape[1], int(seen.sum())
    if n_obs <= k:
        raise Refusal(Note.of("missing.too_few", n=n_obs, need=k + 1))
    filled = np.where(seen, values, 0.0)
    estimate, influence = _stacked(filled, seen, design, staying)
    variance, df, n_clusters = _spread(influence, seen, k, cluster)
    if not variance > _FLAT * float(np.mean(values[seen] ** 2)):
        raise Refusal(Note.of("missing.no_variance"))
    effect = Effect.of(
        estimate,
        float(np.sqrt(variance)),
        df=df,
        n_units=n,
        n_obs=n_obs,
        n_clusters=n_clusters,
        level=level,
        notes=staying.weights.notes,
    )
    return WeightedDifference(effect, staying.weights)


def _stacked(y: Array, seen: Mask, design: Array, staying: StayingModel) -> tuple[float, Array]:
    """Return the treated coefficient and each person's influence on it, shape (n,)."""
    w = staying.weights.weights
    bread = (design * w[:, None]).T @ design
    size = np.sqrt(np.diagonal(bread))
    if (size == 0.0).any() or np.linalg.cond(bread / np.outer(size, size)) > 1 / _DEPENDENT:
        raise Refusal(Note.of("missing.singular"))
    beta = np.linalg.solve(bread, design.T @ (w * y))
    residual = np.where(seen, y - design @ beta, 0.0)
    score = design * (w * residual)[:, None]
    p = staying.weights.probability
    moving = np.where(staying.smooth, w, 0.0) * residual
    # How the outcome's score moves with the staying model: dw/dα = −w (1 − p) z.
    by_alpha = -(design * (moving * (1 - p))[:, None]).T @ staying.design
    of_alpha = staying.design * (seen - p)[:, None]
    score = score + of_alpha @ np.linalg.solve(staying.information, by_alpha.T)
    if staying.groups.shape[1]:
        by_share = (design * moving[:, None]).T @ (staying.groups / staying.shares)
        of_share = staying.groups * (seen[:, None] - staying.shares)
        score = score + (of_share / staying.groups.sum(axis=0)) @ by_share.T
    return float(beta[1]), np.asarray(np.linalg.solve(bread, score.T)[1])


def _spread(
    influence: Array, seen: Mask, k: int, cluster: npt.ArrayLike | None
) -> tuple[float, float, int | None]:
    n_obs = int(seen.sum())
    if cluster is None:
        return float(influence @ influence) * n_obs / (n_obs - k), n_obs - k, None
    labels = np.asarray(cluster)
    if labels.shape != influence.shape:
        raise ValueError(f"cluster needs one label a person ({influence.size}).")
    _, place = np.unique(np.array([str(label) for label in labels]), return_inverse=True)
    sums = np.bincount(place, weights=influence)
    g = int(np.unique(place[seen]).size)
    if g < 2:
        raise Refusal(Note.of("missing.too_few", n=g, need=2))
    return float(sums @ sums) * g / (g - 1), g - 1, g
