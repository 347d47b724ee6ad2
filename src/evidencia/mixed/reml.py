"""Restricted maximum likelihood from cross-products, by Newton's method with a careful step.

The model: y_i = X_i β + e_i, e_i ~ N(0, Σ(θ)) at the visits that person i answered. The mean at
visit t is Σ_j z_ij map[t, j, :] β, so every sum over people is a sum over patterns of Ω_p, the
inverse of Σ at the pattern's visits (0 elsewhere), times cross-products of z and y.

Write P for Ω − Ω X Φ X' Ω with Φ = (X' Ω X)⁻¹, u for Ω (y − X β), and Σ_r for ∂Σ/∂θ_r. All
traces of the form Σ_p tr(Σ_r A_p Σ_s B_p) come from one T² × T² table, Σ_p A_p ⊗ B_p.

References
----------
Jennrich, R. I. & Schluchter, M. D. (1986). *Biometrics* 42, 805–820.
Lindstrom, M. J. & Bates, D. M. (1988). *JASA* 83, 1014–1022.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log, pi

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.mixed.covariance import Shape
from evidencia.mixed.products import Products

Floats = npt.NDArray[np.float64]

DECREMENT = 1e-10
"""Newton's decrement of −2 log-likelihood after which one more step only adds rounding."""
HALVINGS = 40
EDGE = 1e-6
"""Share of a visit's spread that the visits before it must leave, or Σ counts as singular."""


@dataclass(frozen=True, slots=True)
class State:
    """The model at one θ.

    Attributes
    ----------
    omega
        Shape (P, T, T), Ω_p with zeros at missing visits.
    beta, phi
        Shapes (q,) and (q, q).
    residual
        Shape (P, k, T), sums of z_i (y_i − X_i β)'.
    minus2
        −2 × restricted log-likelihood.
    """

    theta: Floats
    sigma: Floats
    omega: Floats
    beta: Floats
    phi: Floats
    residual: Floats
    spread: Floats
    minus2: float


@dataclass(frozen=True, slots=True)
class Curvature:
    """First and second derivatives at one θ.

    Attributes
    ----------
    slope
        Shape (r,), gradient of −2 log-likelihood.
    observed, expected
        Shape (r, r), observed and expected information of θ (of the log-likelihood).
    steps
        Shape (r, q, q), P_r = ∂(X' Ω X)/∂θ_r = −X' Ω Σ_r Ω X.
    """

    slope: Floats
    observed: Floats
    expected: Floats
    steps: Floats


@dataclass(frozen=True, slots=True)
class Model:
    """Products, mean structure and covariance shape, ready to be fitted.

    Attributes
    ----------
    mean
        Shape (T, k, q): the mean at visit t is z' mean[t] β.
    """

    products: Products
    mean: Floats
    shape: Shape

    @property
    def flat(self) -> Floats:
        """Return the mean map as (T k, q)."""
        return self.mean.reshape(-1, self.mean.shape[2])

    def crossed(self, weights: Floats) -> Floats:
        """Return Σ_i X_i' W_p X_i, (q, q), for W (P, T, T); (r, q, q) for W (P, r, T, T)."""
        count, waves, k = len(weights), self.products.n_waves, self.products.n_columns
        zz = self.products.zz.reshape(count, k * k)
        if weights.ndim == 3:
            flat = weights.reshape(count, -1)
            wide = (flat.T @ zz).reshape(waves, waves, k, k).transpose(0, 2, 1, 3)
            return np.asarray(self.flat.T @ wide.reshape(waves * k, -1) @ self.flat)
        size = weights.shape[1]
        flat = weights.reshape(count, -1)
        wide = (flat.T @ zz).reshape(size, waves, waves, k, k).transpose(0, 1, 3, 2, 4)
        half = wide.reshape(size, waves * k, waves * k) @ self.flat
        return np.asarray(np.matmul(self.flat.T, half))

    def pulled(self, weighted: Floats) -> Floats:
        """Return Σ_tj mean[t, j, :] A[t, j] for A (..., T, k)."""
        return np.asarray(weighted.reshape(*weighted.shape[:-2], -1) @ self.flat)

    def at(self, theta: Floats) -> State | None:
        """Return the model at θ, or None where Σ is not positive definite."""
        data = self.products
        sigma = self.shape.sigma(theta)
        if not _positive(sigma):
            return None
        seen = data.observed
        both = seen[:, :, None] & seen[:, None, :]
        filled = np.where(both, sigma, 0.0) + np.einsum("pt,ts->pts", ~seen, np.eye(len(sigma)))
        omega = np.where(both, np.linalg.inv(filled), 0.0)
        information = self.crossed(omega)
        try:
            root = scipy.linalg.cholesky(information, lower=True)
        except scipy.linalg.LinAlgError:
            return None
        phi = scipy.linalg.cho_solve((root, True), np.eye(len(root)))
        beta = phi @ self.pulled(np.einsum("pts,pks->tk", omega, data.zy))
        fitted = (self.mean @ beta).T  # (k, T)
        seen_as = seen.astype(np.float64)
        product = data.zz @ fitted * seen_as[:, None, :]
        residual = data.zy - product
        cross = fitted.T @ data.zy * seen_as[:, :, None]
        inner = (fitted.T @ data.zz @ fitted) * both
        spread = data.yy - cross - cross.transpose(0, 2, 1) + inner
        _, logdet = np.linalg.slogdet(filled)
        minus2 = (
            float(data.n @ logdet)
            - data.log_weights
            + 2.0 * float(np.log(np.diag(root)).sum())
            + float(np.einsum("pts,pts->", omega, spread))
            + (data.n_obs - len(beta)) * log(2 * pi)
        )
        return State(theta, sigma, omega, beta, phi, residual, spread, minus2)

    def curvature(self, state: State) -> Curvature:
        """Return the derivatives of −2 log-likelihood in θ at `state`."""
        data, omega, phi = self.products, state.omega, state.phi
        count, waves = len(omega), data.n_waves
        first = self.shape.first(state.theta)
        size = len(first)
        columns = first.reshape(size, -1)
        leverage = omega @ self.hat(phi) @ omega  # G_p
        pull = omega @ state.spread @ omega  # U_p
        plain = data.n[:, None, None] * omega

        def table(other: Floats) -> Floats:
            both = omega.reshape(count, -1).T @ other.reshape(count, -1)
            four = both.reshape(waves, waves, waves, waves)  # b c, d a
            square = four.transpose(3, 0, 1, 2).reshape(waves**2, waves**2)  # a b, c d
            return np.asarray(columns @ square @ columns.T)

        steps = self.steps(omega, first)
        rotated = np.matmul(phi, steps)
        turned = rotated.transpose(0, 2, 1).reshape(size, -1)
        # tr(Φ P_r Φ P_s) = Σ_ab (Φ P_r)_ab (Φ P_s)_ba
        expected = table(plain - 2.0 * leverage) + rotated.reshape(size, -1) @ turned.T
        v = self._score_of_beta(omega, first, state.residual)
        slack = (plain - leverage - pull).sum(axis=0)
        slope = columns @ slack.reshape(-1)
        hessian = -expected + 2.0 * (table(pull) - v @ phi @ v.T)
        if self.shape.second is not None:
            second = self.shape.second(state.theta)
            hessian = hessian + np.einsum("rsab,ab->rs", second, slack)
        return Curvature(slope, _even(hessian) / 2.0, _even(expected) / 2.0, steps)

    def _score_of_beta(self, omega: Floats, first: Floats, residual: Floats) -> Floats:
        """Return Σ_i X_i' Ω Σ_r u_i, shape (r, q)."""
        count, waves, k = len(omega), self.products.n_waves, self.products.n_columns
        moved = np.matmul(omega, residual.transpose(0, 2, 1))
        both = omega.reshape(count, -1).T @ moved.reshape(count, -1)
        four = both.reshape(waves, waves, waves, k).transpose(1, 2, 0, 3).reshape(waves**2, -1)
        return self.pulled((first.reshape(len(first), -1) @ four).reshape(-1, waves, k))

    def hat(self, phi: Floats) -> Floats:
        """Return H_p = Σ_i X_i Φ X_i', shape (P, T, T), at every visit."""
        waves, k = self.products.n_waves, self.products.n_columns
        spread = (self.flat @ phi @ self.flat.T).reshape(waves, k, waves, k)
        square = spread.transpose(0, 2, 1, 3).reshape(waves * waves, k * k)
        count = len(self.products.zz)
        return np.asarray(self.products.zz.reshape(count, -1) @ square.T).reshape(
            count, waves, waves
        )

    def steps(self, omega: Floats, first: Floats) -> Floats:
        """Return P_r, shape (r, q, q)."""
        inner = np.matmul(np.matmul(omega[:, None], first[None]), omega[:, None])
        return -self.crossed(inner)


def _even(matrix: Floats) -> Floats:
    return np.asarray((matrix + matrix.T) / 2.0)


def _positive(sigma: Floats) -> bool:
    """Return whether Σ is positive definite, and not only by rounding."""
    variances = np.diag(sigma)
    if not np.isfinite(sigma).all() or (variances <= 0.0).any():
        return False
    spread = np.sqrt(variances)
    try:
        root = np.linalg.cholesky(sigma / np.outer(spread, spread))
    except np.linalg.LinAlgError:
        return False
    return bool(np.diag(root).min() > EDGE)


@dataclass(frozen=True, slots=True)
class Fit:
    """Where the search ended."""

    model: Model
    state: State
    curvature: Curvature
    iterations: int
    converged: bool


def search(model: Model, start: Floats, max_iterations: int) -> Fit | None:
    """Minimise −2 log-likelihood from θ = `start`; None where `start` itself is impossible.

    Each step is Newton's where the observed information is positive definite and Fisher's
    elsewhere, halved until the likelihood does not fall.
    """
    state = model.at(start)
    if state is None:
        return None
    curvature = model.curvature(state)
    for iteration in range(1, max_iterations + 1):
        step = _direction(curvature)
        if step is None:
            return Fit(model, state, curvature, iteration, False)
        decrement = float(-curvature.slope @ step)
        taken = _halved(model, state, step, decrement)
        if taken is None:
            return Fit(model, state, curvature, iteration, decrement < 1e-6)
        state = taken
        curvature = model.curvature(state)
        if decrement < DECREMENT:
            good = _root(curvature.observed) is not None
            return Fit(model, state, curvature, iteration, good)
    return Fit(model, state, curvature, max_iterations, False)


def one_step(model: Model, start: Floats) -> State | None:
    """Return where one step of the search leads; None where `start` itself is impossible."""
    state = model.at(start)
    if state is None:
        return None
    curvature = model.curvature(state)
    step = _direction(curvature)
    if step is None:
        return None
    return _halved(model, state, step, float(-curvature.slope @ step))


def _direction(curvature: Curvature) -> Floats | None:
    for information in (curvature.observed, curvature.expected):
        root = _root(information)
        if root is not None:
            solved = scipy.linalg.cho_solve((root, True), curvature.slope)
            return np.asarray(-0.5 * solved)
    return None


def _root(information: Floats) -> Floats | None:
    """Return the Cholesky factor, or None where the matrix is not clearly positive definite."""
    scale = np.sqrt(np.abs(np.diag(information)))
    if not np.isfinite(information).all() or (scale == 0).any():
        return None
    try:
        inner = scipy.linalg.cholesky(information / np.outer(scale, scale), lower=True)
    except scipy.linalg.LinAlgError:
        return None
    if np.diag(inner).min() < 1e-7:
        return None
    return np.asarray(inner * scale[:, None])


def _halved(model: Model, state: State, step: Floats, decrement: float) -> State | None:
    slack = 1e-11 * (1.0 + abs(state.minus2)) if decrement < 1e-6 else 0.0
    size = 1.0
    best: float = state.minus2 + slack
    for _ in range(HALVINGS):
        trial = model.at(state.theta + size * step)
        if trial is not None and trial.minus2 < inf and trial.minus2 <= best:
            return trial
        size /= 2.0
    return None
