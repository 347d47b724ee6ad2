"""One equation of the chain, for m chains at once: draw what is missing in a column."""

from __future__ import annotations

import numpy as np
import scipy

from evidencia.missing.inputs import Array

# As in mice: keeps repeated predictors solvable, too small to move anything else.
_RIDGE = 1e-5
_NEWTON = 25
_STEP = 1e-8
# A linear predictor further out than this is already a probability of 0 or 1.
_FAR = 30.0


def normal(x: Array, y: Array, wanted: Array, rng: np.random.Generator) -> Array:
    """Draw from a Bayesian linear regression.

    Parameters
    ----------
    x
        Predictors where the column was observed, shape (m, n, k), intercept among them.
    y
        The column there, shape (n,).
    wanted
        Predictors where it was not, shape (m, g, k).

    Returns
    -------
    float64, shape (m, g)
    """
    _, drawn, sigma = _linear(x, y, rng)
    noise = rng.standard_normal(wanted.shape[:2])
    return np.asarray(_times(wanted, drawn) + sigma[:, None] * noise)


def nearest_donor(
    x: Array, y: Array, wanted: Array, donors: int, rng: np.random.Generator
) -> Array:
    """Draw an observed value among the `donors` whose prediction is nearest.

    Type 1 matching: observed predictions from the estimate, missing ones from a posterior draw
    (van Buuren 2018, *Flexible Imputation of Missing Data*, §3.4). Parameters as
    :func:`normal`.
    """
    m, n = x.shape[:2]
    few = min(donors, n)
    shuffle = rng.permutation(n)  # So that equal predictions have no order of their own.
    estimate, drawn, _ = _linear(x, y, rng)
    known, asked = _times(x[:, shuffle], estimate), _times(wanted, drawn)
    low, high = known.min(axis=1, keepdims=True), known.max(axis=1, keepdims=True)
    # One sorted line for all chains: each chain's predictions sit on a segment of their own.
    width = 2.0 * float((high - low).max()) + 1.0
    shift = np.arange(m)[:, None] * width - low
    order = np.argsort(known, axis=1, kind="stable")
    line = np.take_along_axis(known, order, axis=1)
    place = np.searchsorted((line + shift).ravel(), (np.clip(asked, low, high) + shift).ravel())
    place = place.reshape(asked.shape) - np.arange(m)[:, None] * n
    reach = np.clip(place - few, 0, max(n - 2 * few, 0))
    window = reach[:, :, None] + np.arange(min(2 * few, n))
    chain = np.arange(m)[:, None, None]
    far = np.abs(line[chain, window] - asked[:, :, None])
    nearest = np.argpartition(far, few - 1, axis=2)[:, :, :few]
    pick = rng.integers(0, few, size=(*asked.shape, 1))
    chosen = np.take_along_axis(window, np.take_along_axis(nearest, pick, 2), 2)[:, :, 0]
    return np.asarray(y[shuffle][np.take_along_axis(order, chosen, axis=1)])


def logistic(x: Array, y: Array, wanted: Array, rng: np.random.Generator) -> Array:
    """Draw 0 and 1 from a Bayesian logistic regression (normal approximation).

    A few pseudo-observations of small weight keep the estimate finite where the predictors
    tell 0 from 1 without error (White, Daniel & Royston 2010, *Comput Stat Data Anal* 54).
    Parameters as :func:`normal`.
    """
    x, y, weights = _augmented(x, y)
    m, _, k = x.shape
    beta = np.zeros((m, k))
    for _ in range(_NEWTON):
        p = scipy.special.expit(np.clip(_times(x, beta), -_FAR, _FAR))
        information = _information(x, weights * p * (1 - p))
        step = np.linalg.solve(information, _score(x, weights * (y - p))[:, :, None])[:, :, 0]
        beta = beta + step
        if float(np.abs(step).max()) < _STEP:
            break
    p = scipy.special.expit(np.clip(_times(x, beta), -_FAR, _FAR))
    root = np.linalg.inv(np.linalg.cholesky(_information(x, weights * p * (1 - p))))
    drawn = beta + np.einsum("mkj,mk->mj", root, rng.standard_normal((m, k)))
    chance = scipy.special.expit(_times(wanted, drawn))
    return (rng.random(chance.shape) < chance).astype(np.float64)


def _linear(x: Array, y: Array, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Return the estimate, a posterior draw (both (m, k)) and a draw of σ (m,)."""
    m, n, k = x.shape
    inner = np.swapaxes(x, 1, 2) @ x
    places = np.arange(k)
    inner[:, places, places] *= 1 + _RIDGE
    root = np.linalg.inv(np.linalg.cholesky(inner + 1e-12 * n * np.eye(k)))
    scores = np.einsum("mkj,mj->mk", root, np.swapaxes(x, 1, 2) @ y)
    estimate = np.einsum("mkj,mk->mj", root, scores)
    left = y - _times(x, estimate)
    sigma = np.sqrt(np.einsum("mn,mn->m", left, left) / rng.chisquare(n - k, size=m))
    noise = sigma[:, None] * rng.standard_normal((m, k))
    return estimate, estimate + np.einsum("mkj,mk->mj", root, noise), sigma


def _times(x: Array, beta: Array) -> Array:
    return np.asarray((x @ beta[:, :, None])[:, :, 0])


def _score(x: Array, r: Array) -> Array:
    return np.asarray((np.swapaxes(x, 1, 2) @ r[:, :, None])[:, :, 0])


def _information(x: Array, w: Array) -> Array:
    inner = np.swapaxes(x * w[:, :, None], 1, 2) @ x
    return np.asarray(inner + 1e-9 * np.eye(x.shape[2]))


def _augmented(x: Array, y: Array) -> tuple[Array, Array, Array]:
    """Append, for each predictor, its mean ± 1 sd with outcome 0 and 1: total weight k."""
    _, n, k = x.shape
    centre, spread = x.mean(axis=1), x.std(axis=1)
    slopes = np.arange(1, k)
    extra = np.repeat(centre[:, None, :], 4 * len(slopes), axis=1)
    for i, j in enumerate(slopes):
        extra[:, 4 * i : 4 * i + 2, j] += spread[:, None, j]
        extra[:, 4 * i + 2 : 4 * i + 4, j] -= spread[:, None, j]
    outcomes = np.tile([0.0, 1.0], 2 * len(slopes))
    weight = k / max(len(outcomes), 1)
    weights = np.concatenate([np.ones(n), np.full(len(outcomes), weight)])
    return np.concatenate([x, extra], axis=1), np.concatenate([y, outcomes]), weights
