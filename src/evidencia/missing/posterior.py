"""Draws from the posterior of a multivariate normal seen through drop-out.

Factored in the order of the waves, the normal is one regression per wave on all waves before
it. When people only ever leave (a monotone pattern) each regression uses whoever has not left
yet, and its posterior is exact: no chain, no convergence to judge. Holes (an answer missing
between two others) are filled along the way by data augmentation, so the chain only has to
settle what the holes leave open, and all imputations run side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidencia.missing.inputs import Array, Codes, Mask
from evidencia.words import Note, Refusal

# Keeps repeated columns factorable; in standardised units, far below any real variance.
_RIDGE = 1e-10
_JITTER = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """m draws of the parameters of y | x ~ N(x'B, Σ).

    Attributes
    ----------
    coefficients
        B, float64, shape (m, p, T).
    covariance
        Σ, float64, shape (m, T, T).
    """

    coefficients: Array
    covariance: Array


def last_seen(observed: Mask) -> Codes:
    """Return how many waves each person lasted: 1 + index of the last answer, 0 for none."""
    reverse = np.argmax(observed[:, ::-1], axis=1)
    return np.where(observed.any(axis=1), observed.shape[1] - reverse, 0).astype(np.int64)


def draw(
    y: Array, x: Array, m: int, iterations: int, rng: np.random.Generator, group: str
) -> Draws:
    """Draw the parameters of one group from their posterior.

    Parameters
    ----------
    y
        Shape (n, T), NaN where missing, about standardised.
    x
        Shape (n, p), the intercept among them, of full rank.
    m
        Draws, independent of each other.
    iterations
        Rounds of data augmentation where there are holes; without holes one is exact.
    group
        What to call the group in a refusal.

    Notes
    -----
    Prior: p(β_t, σ_t²) ∝ σ_t⁻² for each wave's regression.

    References
    ----------
    Schafer, J. L. (1997). *Analysis of Incomplete Multivariate Data*, §6.5. Chapman & Hall.
    """
    observed = ~np.isnan(y)
    lasted = last_seen(observed)
    _refuse_thin(observed, x.shape[1], group)
    holes = ~observed & (np.arange(y.shape[1]) < lasted[:, None])
    holed = holes.any(axis=1)
    fixed = _cross_products(np.where(observed, y, 0.0)[~holed], x[~holed], lasted[~holed])
    if not holed.any():
        return _regressions(fixed[None], m, rng)
    filled = _first_filling(y[holed], holes[holed], m, rng)
    for _ in range(max(1, iterations)):
        moving = _moving_products(filled, x[holed], lasted[holed])
        draws = _regressions(fixed[None] + moving, m, rng)
        fill(filled, x[holed], observed[holed], holes[holed], draws, rng)
    return draws


def fill(
    completed: Array,
    x: Array,
    observed: Mask,
    wanted: Mask,
    draws: Draws,
    rng: np.random.Generator,
) -> None:
    """Write draws of the wanted values, given everything observed, into `completed`.

    Parameters
    ----------
    completed
        Shape (m, n, T); changed in place where `wanted`, read where `observed`.
    x
        Shape (n, p).
    observed, wanted
        Shape (n, T); a value is observed, wanted, or neither.
    """
    key = np.concatenate([observed, wanted], axis=1)
    patterns, member = np.unique(key, axis=0, return_inverse=True)
    waves = observed.shape[1]
    for place, pattern in enumerate(patterns):
        seen, target = np.flatnonzero(pattern[:waves]), np.flatnonzero(pattern[waves:])
        if target.size == 0:
            continue
        rows = np.flatnonzero(member.ravel() == place)
        mean = x[rows] @ draws.coefficients
        slope, root = conditional(draws.covariance, draws.covariance, seen, target)
        values = (
            mean[:, :, target] + rng.standard_normal((len(mean), rows.size, target.size)) @ root
        )
        if seen.size:
            gap = completed[:, rows][:, :, seen] - mean[:, :, seen]
            values += gap @ slope
        completed[:, rows[:, None], target[None, :]] = values


def conditional(
    joint: Array,
    marginal: Array,
    seen: Codes,
    target: Codes,
) -> tuple[Array, Array]:
    """Return the slopes (m, seen, target) and the root (m, target, target) of target | seen.

    A row vector of standard normals times the root has the conditional covariance.
    """
    covariance = marginal[:, target[:, None], target[None, :]]
    slope: Array = np.zeros((len(joint), seen.size, target.size))
    if seen.size:
        inner = joint[:, seen[:, None], seen[None, :]] + _JITTER * np.eye(seen.size)
        cross = joint[:, seen[:, None], target[None, :]]
        slope = np.asarray(np.linalg.solve(inner, cross))
        covariance = covariance - np.swapaxes(cross, 1, 2) @ slope
    covariance = (covariance + np.swapaxes(covariance, 1, 2)) / 2
    return slope, np.swapaxes(_root(covariance), 1, 2)


def _root(covariance: Array) -> Array:
    try:
        return np.asarray(np.linalg.cholesky(covariance + _JITTER * np.eye(covariance.shape[-1])))
    except np.linalg.LinAlgError:
        values, vectors = np.linalg.eigh(covariance)
        return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :])


def _refuse_thin(observed: Mask, p: int, group: str) -> None:
    for wave, n in enumerate(observed.sum(axis=0)):
        if n == 0:
            raise Refusal(Note.of("missing.wave_empty", wave=wave + 1, arm=group))
        need = p + wave + 2
        if n < need:
            raise Refusal(
                Note.of("missing.too_few_at_wave", wave=wave + 1, arm=group, n=int(n), need=need)
            )


def _cross_products(y: Array, x: Array, lasted: Codes) -> Array:
    """Z'Z over those who lasted beyond each wave, Z = [x, y]; how many in the last corner."""
    z = np.concatenate([x, y], axis=1)
    kept = lasted[:, None] > np.arange(y.shape[1])
    products = np.empty((y.shape[1], z.shape[1] + 1, z.shape[1] + 1))
    for wave in range(y.shape[1]):
        rows = z[kept[:, wave]]
        products[wave, :-1, :-1] = rows.T @ rows
        products[wave, -1, :] = products[wave, :, -1] = 0.0
        products[wave, -1, -1] = len(rows)
    return products


def _moving_products(filled: Array, x: Array, lasted: Codes) -> Array:
    m, _, waves = filled.shape
    z = np.concatenate([np.broadcast_to(x, (m, *x.shape)), filled], axis=2)
    products = np.zeros((m, waves, z.shape[2] + 1, z.shape[2] + 1))
    for length in range(1, waves + 1):
        rows = z[:, lasted == length]
        products[:, :length, :-1, :-1] += (np.swapaxes(rows, 1, 2) @ rows)[:, None]
        products[:, :length, -1, -1] += rows.shape[1]
    return products


def _first_filling(y: Array, holes: Mask, m: int, rng: np.random.Generator) -> Array:
    known = np.where(np.isnan(y), 0.0, y)
    own = known.sum(axis=1) / np.maximum((~np.isnan(y)).sum(axis=1), 1)
    filled = np.broadcast_to(known, (m, *y.shape)).copy()
    noise = rng.standard_normal((m, int(holes.sum())))
    filled[:, holes] = np.repeat(own, holes.sum(axis=1)) + noise
    return filled


def _regressions(products: Array, m: int, rng: np.random.Generator) -> Draws:
    """Draw each wave's regression on x and the waves before; join them into B and Σ."""
    waves = products.shape[1]
    p = products.shape[2] - 1 - waves
    own = np.zeros((m, p, waves))
    before = np.zeros((m, waves, waves))
    sigma2 = np.empty((m, waves))
    for wave in range(waves):
        k = p + wave
        beta, sigma2[:, wave] = _one_regression(products[:, wave], k, m, rng)
        own[:, :, wave] = beta[:, :p]
        before[:, wave, :wave] = beta[:, p:]
    spread = np.linalg.inv(np.eye(waves) - before)
    return Draws(
        own @ np.swapaxes(spread, 1, 2), (spread * sigma2[:, None]) @ np.swapaxes(spread, 1, 2)
    )


def _one_regression(
    products: Array, k: int, m: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    n = products[:, -1, -1]
    inner = products[:, :k, :k] + _RIDGE * n[:, None, None] * np.eye(k)
    root = np.linalg.inv(np.linalg.cholesky(inner))
    scores = (root @ products[:, :k, k, None])[:, :, 0]
    rss = np.maximum(products[:, k, k] - np.einsum("mk,mk->m", scores, scores), 0.0)
    sigma2 = rss / rng.chisquare(np.broadcast_to(n - k, m))
    noise = np.sqrt(sigma2)[:, None] * rng.standard_normal((m, k))
    return np.asarray(
        np.einsum("mkj,mk->mj", np.broadcast_to(root, (m, k, k)), scores + noise)
    ), sigma2
