"""Inverse-probability weighting: those who stayed speak for those like them who left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.missing.inputs import Array, Mask, covariate_matrix, mask
from evidencia.words import Note, Refusal

_NEWTON = 50
_STEP = 1e-10
# Beyond this the linear predictor is a probability of 0 or 1: separation.
_FAR = 25.0
# A person with a smaller chance of staying than this stands for twenty others or more.
_POSITIVITY = 0.05
# Below this share of the answers the weights have cost half of the study.
_EFFECTIVE = 0.5
_DEPENDENT = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class RetentionWeights:
    """Weights of those who answered, and whether they can be trusted.

    Attributes
    ----------
    weights
        float64, shape (n,); 0 where there is no answer.
    probability
        float64, shape (n,). Estimated probability of an answer.
    effective_n
        (Σw)² / Σw² (Kish 1965): how many equal answers these weigh as.
    max_weight, mean_weight
        Among those who answered. Stabilised weights should have a mean near 1.
    n_observed, n_truncated
        Who answered; whose weight was cut back to the limits.
    notes
        What must be read beside anything weighted so.
    """

    weights: Array
    probability: Array
    effective_n: float
    max_weight: float
    mean_weight: float
    n_observed: int
    n_truncated: int
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, eq=False)
class StayingModel:
    """The logistic model behind the weights, kept for the sandwich.

    Attributes
    ----------
    weights
        The weights and their diagnosis.
    design
        float64, shape (n, k). Predictors of those whose staying was in doubt, else 0.
    information
        float64, shape (k, k). Σ p (1 − p) z z'.
    groups
        float64, shape (n, g). Indicators of the cells of the stabilising numerator; no columns
        where weights are not stabilised.
    shares
        float64, shape (g,). Share who answered in each cell.
    smooth
        bool, shape (n,). Whose weight moves with the model (not truncated, not certain).
    """

    weights: RetentionWeights
    design: Array
    information: Array
    groups: Array
    shares: Array
    smooth: Mask


def retention_weights(
    observed: npt.ArrayLike,
    x: npt.ArrayLike,
    *,
    treated: npt.ArrayLike | None = None,
    stabilised: bool = True,
    truncate: tuple[float, float] = (0.01, 0.99),
) -> RetentionWeights:
    """Weight those who answered by the inverse of their probability of answering.

    Parameters
    ----------
    observed
        bool, shape (n,).
    x
        Shape (n, p), complete: what predicts staying, known before.
    treated
        bool, shape (n,); if given it is a predictor, and stabilising is by arm.
    stabilised
        Multiply by the share who answered (in the arm), which narrows the weights.
    truncate
        Quantiles of the weights to which the extremes are cut back; (0, 1) for none.

    Returns
    -------
    RetentionWeights
        Equal weights with a note where nobody left. An arm in which everybody answered has
        probability 1 and teaches the model nothing.

    Raises
    ------
    Refusal
        If nobody answered, or the predictors tell who answered without error, or repeat each
        other, or there are fewer people than predictors.
    ValueError
        If shapes disagree.

    References
    ----------
    Robins, J. M., Hernán, M. A. & Brumback, B. (2000). Marginal structural models. *Epidemiology*
    11, 550–560.
    Cole, S. R. & Hernán, M. A. (2008). Constructing inverse probability weights. *Am J
    Epidemiol* 168, 656–664.
    """
    return staying_model(observed, x, treated, stabilised, truncate).weights


def staying_model(
    observed: npt.ArrayLike,
    x: npt.ArrayLike,
    treated: npt.ArrayLike | None,
    stabilised: bool,
    truncate: tuple[float, float],
) -> StayingModel:
    """Fit the model of :func:`retention_weights` and keep what its sandwich needs."""
    n = np.asarray(observed).size
    seen = mask(observed, n, "observed")
    predictors = covariate_matrix(x, n)
    if not 0.0 <= truncate[0] < truncate[1] <= 1.0:
        raise ValueError(f"truncate needs two quantiles between 0 and 1, not {truncate}.")
    if not seen.any():
        raise Refusal(Note.of("missing.too_few", n=0, need=1))
    arm = None if treated is None else mask(treated, n, "treated")
    cells = np.ones((n, 1)) if arm is None else np.column_stack([~arm, arm]).astype(np.float64)
    cells = cells[:, cells.any(axis=0)]
    loses = (cells.T @ ~seen) > 0
    doubt: Mask = np.asarray(
        cells[:, loses].any(axis=1)
    )  # Where everybody answered, answering is not in doubt.
    design = _design(predictors, arm, doubt)
    probability, information = _probabilities(seen, design, doubt)
    groups = cells if stabilised else cells[:, :0]
    shares = (groups.T @ seen) / groups.sum(axis=0)
    numerator = groups @ shares if stabilised else np.ones(n)
    raw = np.where(seen, numerator / probability, 0.0)
    low, high = np.quantile(raw[seen], truncate)
    cut = seen & ((raw < low) | (raw > high))
    weights = np.where(seen, np.clip(raw, low, high), 0.0)
    diagnosed = _diagnosed(weights, probability, seen, int(cut.sum()))
    return StayingModel(diagnosed, design, information, groups, shares, seen & ~cut)


def _design(predictors: Array, arm: Mask | None, doubt: Mask) -> Array:
    """Intercept, arm (where both arms lose people) and predictors; rows without doubt are 0."""
    parts = [np.ones((len(doubt), 1))]
    if arm is not None and arm[doubt].any() and not arm[doubt].all():
        parts.append(arm[:, None].astype(np.float64))
    return np.concatenate([*parts, predictors], axis=1) * doubt[:, None]


def _probabilities(seen: Mask, design: Array, doubt: Mask) -> tuple[Array, Array]:
    n, k = design.shape
    probability = np.ones(n)
    if not doubt.any():
        return probability, np.eye(k)
    z, r = design[doubt], seen[doubt].astype(np.float64)
    if len(z) <= k:
        raise Refusal(Note.of("missing.too_few", n=len(z), need=k + 1))
    size = np.linalg.norm(z, axis=0)
    if (size == 0.0).any() or np.linalg.svd(z / size, compute_uv=False)[-1] < _DEPENDENT:
        raise Refusal(Note.of("missing.singular"))
    alpha = logistic_fit(z, r)
    probability[doubt] = scipy.special.expit(z @ alpha)
    p = probability[doubt]
    return probability, (z * (p * (1 - p))[:, None]).T @ z


def logistic_fit(z: Array, r: Array) -> Array:
    """Return the maximum-likelihood coefficients of r (0 and 1, shape (n,)) on z (n, k).

    Raises
    ------
    Refusal
        If z tells 0 from 1 without error, so that there is no maximum.
    """
    centre, spread = z.mean(axis=0), z.std(axis=0)
    flat = spread == 0.0
    scale = np.where(flat, 1.0, spread)
    standard = np.where(flat, z, (z - centre) / scale)
    alpha = np.zeros(z.shape[1])
    for _ in range(_NEWTON):
        eta = standard @ alpha
        if float(np.abs(eta).max()) > _FAR:
            raise Refusal(Note.of("missing.separation"))
        p = scipy.special.expit(eta)
        information = (standard * (p * (1 - p))[:, None]).T @ standard
        step = np.linalg.solve(information, standard.T @ (r - p))
        alpha = alpha + step
        if float(np.abs(step).max()) < _STEP:
            break
    else:
        raise Refusal(Note.of("missing.separation"))
    back = np.where(flat, alpha, alpha / scale)
    shift = float((alpha / scale * centre)[~flat].sum())
    back[int(np.argmax(flat))] -= shift / float(z[0, int(np.argmax(flat))])
    return np.asarray(back)


def _diagnosed(weights: Array, probability: Array, seen: Mask, cut: int) -> RetentionWeights:
    w, n = weights[seen], int(seen.sum())
    effective = float(w.sum() ** 2 / (w @ w))
    notes = []
    if seen.all():
        notes.append(Note.of("missing.nobody_left"))
    lowest = float(probability[seen].min())
    if lowest < _POSITIVITY:
        notes.append(Note.of("missing.positivity", probability=float(f"{lowest:.2g}")))
    if effective < _EFFECTIVE * n:
        notes.append(Note.of("missing.low_effective_n", n=n, effective=round(effective)))
    if cut:
        notes.append(Note.of("missing.weights_truncated", n=cut))
    return RetentionWeights(
        weights, probability, effective, float(w.max()), float(w.mean()), n, cut, tuple(notes)
    )
