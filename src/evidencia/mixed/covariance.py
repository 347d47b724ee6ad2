"""How the answers of one person go together over the visits: four shapes of covariance.

Parameters are those of SAS PROC MIXED, because Kenward & Roger's correction depends on them:
unstructured (each variance and covariance), compound symmetry (covariance, residual variance),
AR(1) (variance, correlation), heterogeneous AR(1) (a variance per visit, correlation). Visits are
taken as equally spaced.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Covariance = Literal["unstructured", "ar1", "ar1h", "compound_symmetry"]
SIMPLER: Final[dict[Covariance, Covariance]] = {
    "unstructured": "ar1h",
    "ar1h": "ar1",
    "ar1": "compound_symmetry",
}
"""What is tried next when a shape cannot be fitted."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One covariance structure over given visits.

    Attributes
    ----------
    sigma
        θ (r,) → Σ (T, T).
    first
        θ → ∂Σ/∂θ, shape (r, T, T).
    second
        θ → ∂²Σ/∂θ∂θ', shape (r, r, T, T); None where Σ is linear in θ.
    start
        A covariance matrix (T, T) → first θ.
    """

    name: Covariance
    sigma: Callable[[Floats], Floats]
    first: Callable[[Floats], Floats]
    second: Callable[[Floats], Floats] | None
    start: Callable[[Floats], Floats]


def shape(name: Covariance, waves: npt.NDArray[np.int64]) -> Shape:
    """Return the structure `name` over `waves` (their positions, which give the lags)."""
    if name == "unstructured":
        return _unstructured(len(waves))
    if name == "compound_symmetry":
        return _compound_symmetry(len(waves))
    lag = np.abs(waves[:, None] - waves[None, :]).astype(np.float64)
    if name == "ar1":
        return _ar1(lag)
    if name == "ar1h":
        return _ar1h(lag)
    raise ValueError(
        f"covariance is one of unstructured, ar1, ar1h and compound_symmetry, not {name!r}."
    )


def _unstructured(size: int) -> Shape:
    a, b = np.tril_indices(size)
    parts = np.zeros((a.size, size, size))
    parts[np.arange(a.size), a, b] = parts[np.arange(a.size), b, a] = 1.0
    return Shape(
        "unstructured",
        lambda theta: np.tensordot(theta, parts, axes=1),
        lambda theta: parts,
        None,
        lambda start: start[a, b],
    )


def _compound_symmetry(size: int) -> Shape:
    if size == 1:  # One visit: only the variance.
        return _unstructured(1)
    parts = np.stack((np.ones((size, size)), np.eye(size)))

    def start(given: Floats) -> Floats:
        variance = float(np.trace(given)) / size
        between = (float(given.sum()) - size * variance) / (size * (size - 1))
        between = float(np.clip(between, -0.5 * variance / (size - 1), 0.95 * variance))
        return np.array([between, variance - between])

    return Shape(
        "compound_symmetry",
        lambda theta: np.tensordot(theta, parts, axes=1),
        lambda theta: parts,
        None,
        start,
    )


def _power(rho: float, lag: Floats, times: int) -> Floats:
    """Return the derivative of order `times` of ρ^lag in ρ."""
    factor = np.ones_like(lag)
    for j in range(times):
        factor = factor * (lag - j)
    return np.asarray(np.where(factor == 0, 0.0, factor * rho ** np.maximum(lag - times, 0.0)))


def _neighbours(given: Floats, lag: Floats) -> float:
    """Return the mean correlation of visits one step apart, kept away from ±1."""
    spread = np.sqrt(np.diag(given))
    near = lag == lag[lag > 0].min()
    return float(np.clip((given / np.outer(spread, spread))[near].mean(), -0.9, 0.9))


def _ar1(lag: Floats) -> Shape:
    if len(lag) == 1:
        return _unstructured(1)

    def first(theta: Floats) -> Floats:
        s, rho = theta
        return np.stack((_power(rho, lag, 0), s * _power(rho, lag, 1)))

    def second(theta: Floats) -> Floats:
        s, rho = theta
        once, twice = _power(rho, lag, 1), s * _power(rho, lag, 2)
        return np.stack((np.stack((np.zeros_like(lag), once)), np.stack((once, twice))))

    return Shape(
        "ar1",
        lambda theta: (
            theta[0] * _power(theta[1], lag, 0) if abs(theta[1]) < 1 else _impossible(lag)
        ),
        first,
        second,
        lambda given: np.array([np.diag(given).mean(), _neighbours(given, lag)]),
    )


def _ar1h(lag: Floats) -> Shape:
    if len(lag) == 1:
        return _unstructured(1)
    return Shape(
        "ar1h",
        lambda theta: _ar1h_sigma(theta, lag),
        lambda theta: _ar1h_first(theta, lag),
        lambda theta: _ar1h_second(theta, lag),
        lambda given: np.append(np.diag(given), _neighbours(given, lag)),
    )


def _ar1h_sigma(theta: Floats, lag: Floats) -> Floats:
    if abs(theta[-1]) >= 1 or (theta[:-1] <= 0).any():
        return _impossible(lag)
    root = np.sqrt(theta[:-1])
    return np.asarray(np.outer(root, root) * _power(theta[-1], lag, 0))


def _ar1h_first(theta: Floats, lag: Floats) -> Floats:
    size = len(lag)
    root = np.sqrt(theta[:-1])
    once = 0.5 / root
    flat = _power(theta[-1], lag, 0)
    out = np.zeros((size + 1, size, size))
    for t in range(size):
        out[t] = _row_and_column(t, once[t] * root * flat[t])
    out[-1] = np.outer(root, root) * _power(theta[-1], lag, 1)
    return out


def _ar1h_second(theta: Floats, lag: Floats) -> Floats:
    size = len(lag)
    root = np.sqrt(theta[:-1])
    once, twice = 0.5 / root, -0.25 / root**3
    flat, slope = _power(theta[-1], lag, 0), _power(theta[-1], lag, 1)
    out = np.zeros((size + 1, size + 1, size, size))
    cross = np.outer(once, once) * flat
    for t in range(size):
        for s in range(size):
            out[t, s, t, s] = out[t, s, s, t] = cross[t, s]
        bend = _row_and_column(t, twice[t] * root * flat[t])
        bend[t, t] = 0.0  # The variance itself is linear in v_t.
        out[t, t] = bend
        out[t, -1] = out[-1, t] = _row_and_column(t, once[t] * root * slope[t])
    out[-1, -1] = np.outer(root, root) * _power(theta[-1], lag, 2)
    return out


def _row_and_column(t: int, row: Floats) -> Floats:
    half = np.zeros((len(row), len(row)))
    half[t] = row
    return np.asarray(half + half.T)


def _impossible(lag: Floats) -> Floats:
    """Return a matrix that no Cholesky factor has, so that the search steps back."""
    return -np.eye(len(lag))
