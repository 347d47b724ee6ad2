"""Kenward & Roger with full N × N matrices and derivatives by differences: slow and plain."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Covariance = Callable[[np.ndarray], np.ndarray]


def minus2(theta: np.ndarray, v_of: Covariance, x: np.ndarray, y: np.ndarray) -> float:
    """Return −2 × restricted log-likelihood (SAS's constants)."""
    v = v_of(theta)
    w = np.linalg.inv(v)
    information = x.T @ w @ x
    beta = np.linalg.solve(information, x.T @ w @ y)
    r = y - x @ beta
    logs = np.linalg.slogdet(v)[1] + np.linalg.slogdet(information)[1]
    return float(logs + r @ w @ r + (len(y) - x.shape[1]) * np.log(2 * np.pi))


def differences(function: Callable[[np.ndarray], np.ndarray], at: np.ndarray) -> np.ndarray:
    """Return central differences, one per parameter, along the first axis."""
    steps = np.diag(1e-4 * np.maximum(np.abs(at), 0.1))
    return np.array([(function(at + h) - function(at - h)) / (2 * h.sum()) for h in steps])


def kenward_roger(
    theta: np.ndarray,
    v_of: Covariance,
    x: np.ndarray,
    y: np.ndarray,
    information: str = "observed",
    linear: bool = False,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return β̂, Φ, Kenward & Roger's covariance and the degrees of freedom of each effect."""
    w = np.linalg.inv(v_of(theta))
    phi = np.linalg.inv(x.T @ w @ x)
    beta = phi @ x.T @ w @ y
    first = differences(v_of, theta)
    second = differences(lambda at: differences(v_of, at), theta)
    size = len(theta)
    p = -np.array([x.T @ w @ d @ w @ x for d in first])
    big = w - w @ x @ phi @ x.T @ w
    wrong = np.zeros((size, size))
    for r in range(size):
        for s in range(size):
            if information == "expected":
                wrong[r, s] = np.trace(big @ first[r] @ big @ first[s]) / 2
            else:
                curve = y @ big @ first[r] @ big @ first[s] @ big @ y
                curve -= np.trace(big @ first[r] @ big @ first[s]) / 2
                bend = np.trace(big @ second[r, s]) - y @ big @ second[r, s] @ big @ y
                wrong[r, s] = curve + bend / 2
    cov = np.linalg.inv(wrong)
    middle = np.zeros_like(phi)
    for r in range(size):
        for s in range(size):
            q = x.T @ w @ first[r] @ w @ first[s] @ w @ x
            bend = 0.0 if linear else x.T @ w @ second[r, s] @ w @ x
            middle += cov[r, s] * (q - p[r] @ phi @ p[s] - bend / 4)
    gradient = np.array([np.diag(-phi @ step @ phi) for step in p])
    df = 2 * np.diag(phi) ** 2 / np.einsum("ri,rs,si->i", gradient, cov, gradient)
    return beta, phi, phi + 2 * phi @ middle @ phi, df
