"""The search for variance components of random intercepts, none of them below zero."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi
from typing import Protocol

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.mixed.nested import Sums

Floats = npt.NDArray[np.float64]
DECREMENT = 1e-10
HALVINGS = 40
EDGE = 1e-9
"""Share of the variance that the residual must keep, or V counts as singular."""


class Data(Protocol):
    """What a model keeps of the rows: sums at any θ, whatever its levels are."""

    @property
    def n_obs(self) -> int:
        """Number of rows."""

    @property
    def n_groups(self) -> tuple[int, ...]:
        """Groups of each level."""

    @property
    def total(self) -> Floats:
        """D'D in parts, shape (C, d, d)."""

    def sums(self, theta: Floats) -> Sums:
        """Everything that likelihood and corrections need at θ."""


@dataclass(frozen=True, slots=True)
class Point:
    """The model at one θ = (τ_1, …, τ_L, σ²).

    Attributes
    ----------
    minus2
        −2 × log-likelihood, restricted where `reml`.
    slope, observed, expected
        Gradient of −2 log-likelihood, and information of the log-likelihood.
    steps
        Shape (L + 1, q, q), P_r = −X'V⁻¹ Σ_r V⁻¹X.
    """

    theta: Floats
    sums: Sums
    beta: Floats
    phi: Floats
    minus2: float
    slope: Floats
    observed: Floats
    expected: Floats
    steps: Floats
    iterations: int = 0
    converged: bool = False


def at(data: Data, theta: Floats, *, reml: bool) -> Point | None:
    """Return likelihood and derivatives at θ, None where V is singular; D = (1, X, y)."""
    if theta[-1] < EDGE * theta.sum():
        return None
    s = data.sums(theta)
    xx, xy = s.m[1:-1, 1:-1], s.m[1:-1, -1]
    try:
        root = scipy.linalg.cholesky(xx, lower=True)
    except scipy.linalg.LinAlgError:
        return None
    phi = scipy.linalg.cho_solve((root, True), np.eye(len(root)))
    beta = phi @ xy
    c = np.concatenate(([0.0], -beta, [1.0]))
    q = len(beta)
    steps = -s.m1[:, 1:-1, 1:-1]
    pull = s.m1 @ c  # (r, d): D'V⁻¹ Σ_r u
    v = pull[:, 1:-1]
    quadratic = pull @ c
    slope = s.t - quadratic
    curved = 2.0 * ((s.m2 @ c) @ c - v @ phi @ v.T)
    expected = s.f
    minus2 = s.logdet + float(c @ s.m @ c)
    if reml:
        rotated = np.matmul(phi, steps)
        slope = slope + np.einsum("raa->r", rotated)
        expected = (
            s.f
            - 2.0 * np.einsum("rsab,ab->rs", s.m2[:, :, 1:-1, 1:-1], phi)
            + np.einsum("rab,sba->rs", rotated, rotated)
        )
        minus2 += 2.0 * float(np.log(np.diag(root)).sum()) + (data.n_obs - q) * log(2 * pi)
    else:
        minus2 += data.n_obs * log(2 * pi)
    hessian = curved - expected
    observed = (hessian + hessian.T) / 4.0
    expected = (expected + expected.T) / 4.0
    return Point(theta, s, beta, phi, minus2, slope, observed, expected, steps)


def maximise(data: Data, start: Floats, max_iterations: int, *, reml: bool) -> Point | None:
    """Minimise −2 log-likelihood over τ ≥ 0, σ² > 0; None where `start` is impossible."""
    point = at(data, start, reml=reml)
    if point is None:
        return None
    for iteration in range(1, max_iterations + 1):
        free = (point.theta > 0.0) | (point.slope < 0.0)
        step = np.zeros_like(start)
        step[free] = _direction(point, free)
        decrement = float(-point.slope @ step)
        taken = _halved(data, point, step, decrement, reml=reml)
        if taken is None:
            return _ended(point, iteration, decrement < 1e-6)
        point = taken
        if decrement < DECREMENT and (point.slope[point.theta == 0.0] >= -1e-6).all():
            return _ended(point, iteration, True)
    return _ended(point, max_iterations, False)


def _direction(point: Point, free: npt.NDArray[np.bool_]) -> Floats:
    both = np.ix_(free, free)
    for information in (point.observed[both], point.expected[both]):
        try:
            root = scipy.linalg.cholesky(information, lower=True)
        except scipy.linalg.LinAlgError:
            continue
        return np.asarray(-0.5 * scipy.linalg.cho_solve((root, True), point.slope[free]))
    return -point.slope[free] / np.maximum(np.abs(np.diag(point.expected)[free]), 1e-12)


def _halved(
    data: Data, point: Point, step: Floats, decrement: float, *, reml: bool
) -> Point | None:
    slack = 1e-11 * (1.0 + abs(point.minus2)) if decrement < 1e-6 else 0.0
    size = 1.0
    for _ in range(HALVINGS):
        theta = point.theta + size * step
        theta[:-1] = np.maximum(theta[:-1], 0.0)
        if theta[-1] > 0.0:
            trial = at(data, theta, reml=reml)
            if trial is not None and trial.minus2 <= point.minus2 + slack:
                return trial
        size /= 2.0
    return None


def _ended(point: Point, iterations: int, converged: bool) -> Point:
    return Point(
        point.theta,
        point.sums,
        point.beta,
        point.phi,
        point.minus2,
        point.slope,
        point.observed,
        point.expected,
        point.steps,
        iterations,
        converged,
    )


def kenward_roger(point: Point, theta_cov: Floats) -> Floats:
    """Return Kenward & Roger's covariance of β̂; V is linear in θ, so there is no R.

    Parameters
    ----------
    point
        Where the search ended.
    theta_cov
        Shape (L + 1, L + 1), covariance of θ̂; 0 for variances that ended at 0.
    """
    q_rs = point.sums.m2[:, :, 1:-1, 1:-1]
    gathered = np.tensordot(theta_cov, q_rs, axes=2)
    weighted = np.tensordot(theta_cov, point.steps, axes=1)
    gathered = gathered - np.matmul(np.matmul(point.steps, point.phi), weighted).sum(axis=0)
    adjusted = point.phi + 2.0 * point.phi @ gathered @ point.phi
    return np.asarray((adjusted + adjusted.T) / 2.0)
