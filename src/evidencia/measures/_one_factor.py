"""One common factor by maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from evidencia.words import Note, Refusal

Floats = NDArray[np.float64]

# Smallest own variance of a standardised item that is still a maximum inside the limits.
_FLOOR = 1e-4
_STEPS = 200
_STEP = 1e-11


@dataclass(frozen=True, slots=True, eq=False)
class OneFactor:
    """Σ = λλ' + diag ψ.

    Attributes
    ----------
    loadings, uniquenesses
        λ and ψ, shape (k,), in the items' own units.
    covariance
        float64, shape (2 k, 2 k), of (λ, ψ), from the expected information.
    chi2
        n times the discrepancy of the fit.
    """

    loadings: Floats
    uniquenesses: Floats
    covariance: Floats
    chi2: float


def one_factor(s: Floats, n: int) -> OneFactor:
    """Fit one factor to a covariance matrix with divisor n.

    Raises
    ------
    Refusal
        If an item is a combination of the others, or its own variance goes to zero (Heywood).
    """
    sd = np.sqrt(np.diag(s))
    r = s / np.outer(sd, sd)
    if np.linalg.eigvalsh(r)[0] < 1e-10:
        raise Refusal(Note.of("measures.redundant_item"))
    found = _concentrated(r)
    if found.min() <= 1.5 * _FLOOR:
        raise Refusal(Note.of("measures.heywood", item=int(found.argmin()) + 1))
    theta = _polished(r, np.concatenate([_loadings(r, found), found]))
    k = sd.size
    loadings = theta[:k] * (1 if theta[:k] @ sd >= 0 else -1)
    scale = np.concatenate([sd, sd**2])
    sigma = np.outer(loadings, loadings) + np.diag(theta[k:])
    _, logdet = np.linalg.slogdet(sigma)
    _, logdet_r = np.linalg.slogdet(r)
    discrepancy = logdet - logdet_r + float(np.trace(np.linalg.solve(sigma, r))) - k
    signed = np.concatenate([loadings, theta[k:]])
    try:
        covariance = np.linalg.inv(_information(signed)) / n
    except np.linalg.LinAlgError:
        raise Refusal(Note.of("measures.no_common_factor")) from None
    if (np.diag(covariance) <= 0).any():
        raise Refusal(Note.of("measures.no_common_factor"))
    return OneFactor(
        loadings=loadings * sd,
        uniquenesses=theta[k:] * sd**2,
        covariance=covariance * np.outer(scale, scale),
        chi2=max(0.0, n * discrepancy),
    )


def _loadings(r: Floats, psi: Floats) -> Floats:
    """Return the best loadings for given uniquenesses (Jöreskog 1967)."""
    root = np.sqrt(psi)
    values, vectors = np.linalg.eigh(r / np.outer(root, root))
    found: Floats = root * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0))
    return found


def _concentrated(r: Floats) -> Floats:
    """Minimise the discrepancy over the uniquenesses alone."""

    def value(log_psi: Floats) -> tuple[float, Floats]:
        psi = np.exp(log_psi)
        root = np.sqrt(psi)
        values, vectors = np.linalg.eigh(r / np.outer(root, root))
        rest = values[:-1]
        top = max(values[-1], 1.0)
        out = float((rest - np.log(rest) - 1).sum() + (values[-1] / top - 1) + np.log(top))
        out -= float(np.log(values[-1]))
        loading = root * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0))
        sigma = np.outer(loading, loading) + np.diag(psi)
        return out, np.diag(sigma - r) / psi

    start = np.log(np.clip(1 / np.diag(np.linalg.inv(r)), 0.05, 0.95))
    limits = [(float(np.log(_FLOOR)), 0.0)] * r.shape[0]
    best = scipy.optimize.minimize(
        value, start, jac=True, bounds=limits, method="L-BFGS-B",
        options={"maxiter": 2000, "ftol": 1e-15, "gtol": 1e-9},
    )  # fmt: skip
    return np.asarray(np.exp(best.x), dtype=np.float64)


def _jacobian(theta: Floats) -> Floats:
    """Return d Σ / d (λ, ψ), shape (2 k, k, k)."""
    k = theta.size // 2
    unit = np.eye(k)
    by_loading = unit[:, :, None] * theta[:k][None, None, :]
    by_loading = by_loading + by_loading.transpose(0, 2, 1)
    return np.concatenate([by_loading, unit[:, :, None] * unit[:, None, :]])


def _information(theta: Floats) -> Floats:
    """Return the expected information of one person, ½ tr(Σ⁻¹ Σ_a Σ⁻¹ Σ_b)."""
    k = theta.size // 2
    sigma = np.outer(theta[:k], theta[:k]) + np.diag(theta[k:])
    turned = np.linalg.inv(sigma) @ _jacobian(theta)
    found: Floats = 0.5 * np.einsum("aij,bji->ab", turned, turned)
    return found


def _polished(r: Floats, theta: Floats) -> Floats:
    """Fisher scoring to the last digits."""
    k = r.shape[0]
    for _ in range(_STEPS):
        sigma = np.outer(theta[:k], theta[:k]) + np.diag(theta[k:])
        inverse = np.linalg.inv(sigma)
        pull = inverse @ (r - sigma) @ inverse
        score = 0.5 * np.einsum("aij,ji->a", _jacobian(theta), pull)
        step, *_ = np.linalg.lstsq(_information(theta), score, rcond=1e-12)
        if not np.isfinite(step).all() or (theta[k:] + step[k:] <= 0).any():
            return theta
        theta = theta + step
        if np.abs(step).max() < _STEP:
            break
    return theta
