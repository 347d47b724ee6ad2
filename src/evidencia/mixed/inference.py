"""How sure a fixed effect is: Satterthwaite's degrees of freedom and Kenward & Roger's correction.

With Φ the covariance of β̂ at θ̂, P_r = ∂Φ⁻¹/∂θ_r and W the inverse of the observed information
of θ (as SAS PROC MIXED has it):

- the adjusted covariance is Φ + 2 Φ {Σ_rs W_rs (Q_rs − P_r Φ P_s − R_rs / 4)} Φ, where the
  linear variant leaves out R, the second derivatives of Σ;
- for one contrast c, Kenward & Roger's degrees of freedom and Satterthwaite's are the same
  number, 2 (c'Φc)² / (g' W g) with g_r = −c'Φ P_r Φ c; they differ in the standard error.

References
----------
Satterthwaite, F. E. (1946). *Biometrics Bulletin* 2, 110–114.
Fai, A. H.-T. & Cornelius, P. L. (1996). *J. Stat. Comput. Simul.* 54, 363–378.
Kenward, M. G. & Roger, J. H. (1997). *Biometrics* 53, 983–997.
Kenward, M. G. & Roger, J. H. (2009). *Comput. Stat. Data Anal.* 53, 2583–2595.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from evidencia.estimate import Effect
from evidencia.mixed.reml import Fit
from evidencia.words import Note, Refusal

Floats = npt.NDArray[np.float64]
DfMethod = Literal["kenward_roger", "kenward_roger_linear", "satterthwaite", "residual"]
SINGULAR = 1e-11
"""Smallest eigenvalue of a correlation matrix of parameters that is more than rounding."""
ESTIMABLE = 1e-7
"""Part of a contrast that may lie outside the data before it is refused (of its length)."""


@dataclass(frozen=True, slots=True)
class Inference:
    """Everything that a contrast of fixed effects needs.

    Attributes
    ----------
    beta, cov
        Shapes (q,) and (q, q); `cov` is the adjusted covariance where the method adjusts.
    phi
        Shape (q, q), covariance without adjustment.
    slopes
        Shape (r, q, q), ∂Φ/∂θ_r.
    theta_cov
        Shape (r, r), W.
    empty
        Shape (q, d): directions of β of which the data say nothing.
    most_df
        The most degrees of freedom that a contrast may have, where `cov` comes from so few groups.
    """

    beta: Floats
    cov: Floats
    phi: Floats
    slopes: Floats
    theta_cov: Floats
    empty: Floats
    df_method: DfMethod
    residual_df: int
    n_units: int
    n_obs: int
    n_clusters: int | None
    level: float
    notes: tuple[Note, ...]
    most_df: float | None = None

    def linear(self, c: Floats) -> Effect:
        """Return c'β with its interval.

        Raises
        ------
        Refusal
            If the data say nothing of c'β, or its variance is 0.
        ValueError
            If c has another length than β, or holds only zeros.
        """
        c = np.asarray(c, dtype=np.float64)
        if c.shape != self.beta.shape:
            raise ValueError(f"A contrast holds {self.beta.size} numbers, not {c.shape}.")
        if not c.any():
            raise ValueError("A contrast of zeros compares nothing (an arm with itself?).")
        if self.empty.size and np.abs(c @ self.empty).max() > ESTIMABLE * np.linalg.norm(c):
            raise Refusal(Note.of("mixed.not_estimable"))
        variance = float(c @ self.cov @ c)
        if not (np.isfinite(variance) and variance > 0):
            raise Refusal(Note.of("mixed.no_variance"))
        return Effect.of(
            float(c @ self.beta),
            sqrt(variance),
            df=min(self.degrees_of_freedom(c), self.most_df or inf),
            n_units=self.n_units,
            n_obs=self.n_obs,
            n_clusters=self.n_clusters,
            level=self.level,
            notes=self.notes,
        )

    def degrees_of_freedom(self, c: Floats) -> float:
        """Return the degrees of freedom of c'β, at least 1e-3 and at most 1e10."""
        if self.df_method == "residual":
            return float(self.residual_df)
        gradient = c @ self.slopes @ c
        spread = float(gradient @ self.theta_cov @ gradient)
        if spread <= 0:
            return float(self.residual_df)
        return float(np.clip(2.0 * float(c @ self.phi @ c) ** 2 / spread, 1e-3, 1e10))


def checked_method(df: str) -> None:
    """Raise ValueError where `df` is not one of the methods."""
    if df not in get_args(DfMethod):
        raise ValueError(f"df is one of {', '.join(get_args(DfMethod))}, not {df!r}.")


def slopes_of(phi: Floats, steps: Floats) -> Floats:
    """Return ∂Φ/∂θ_r = −Φ P_r Φ, shape (r, q, q)."""
    return np.asarray(-np.matmul(np.matmul(phi, steps), phi))


def inverse(information: Floats) -> Floats:
    """Return the inverse of an information matrix, equilibrated.

    Raises
    ------
    Refusal
        If it is not clearly positive definite: the data do not tell the parameters apart.
    """
    diagonal = np.diag(information)
    if (diagonal <= 0.0).any():
        raise Refusal(Note.of("mixed.not_converged"))
    scale = 1.0 / np.sqrt(diagonal)
    values, vectors = np.linalg.eigh(information * np.outer(scale, scale))
    if values[0] < SINGULAR:
        raise Refusal(Note.of("mixed.not_converged"))
    inner = (vectors / values) @ vectors.T
    return np.asarray(inner * np.outer(scale, scale))


def kenward_roger(fit: Fit, theta_cov: Floats, *, linear: bool) -> Floats:
    """Return Kenward & Roger's covariance of β̂, shape (q, q).

    Parameters
    ----------
    fit
        A converged fit.
    theta_cov
        Shape (r, r), covariance of θ̂.
    linear
        True to leave out the second derivatives of Σ (the covariance then depends on the
        parameters chosen; it is what some programs report).
    """
    model, state, steps = fit.model, fit.state, fit.curvature.steps
    omega, phi = state.omega, state.phi
    count, waves = len(omega), omega.shape[1]
    first = model.shape.first(state.theta)
    columns = first.reshape(len(first), -1)
    table = (columns.T @ theta_cov @ columns).reshape((waves,) * 4)  # a b, c d
    outer = table.transpose(1, 2, 0, 3).reshape(waves**2, waves**2)  # b c, a d
    middle = (omega.reshape(count, -1) @ outer).reshape(count, waves, waves)
    second = model.shape.second
    if second is not None and not linear:
        bend = np.einsum("rs,rsab->ab", theta_cov, second(state.theta))
        middle = middle - bend / 4.0
    gathered = model.crossed(omega @ middle @ omega)
    weighted = np.tensordot(theta_cov, steps, axes=1)
    gathered = gathered - np.matmul(np.matmul(steps, phi), weighted).sum(axis=0)
    adjusted = phi + 2.0 * phi @ gathered @ phi
    return np.asarray((adjusted + adjusted.T) / 2.0)
