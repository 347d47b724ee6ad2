"""Least squares on one variable of interest, with the variance that the clusters call for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evidencia.words import Note, Refusal

Floats = NDArray[np.float64]

# Below this share of its own size, what is left of a column is rounding.
_NOTHING = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """What the regressions share: covariates and blocks to take out, and clusters.

    Attributes
    ----------
    basis
        float64, shape (n, r). Orthonormal basis of the constant, covariates and blocks.
    cluster
        int64, shape (n,). Cluster codes; each person alone where there are no clusters.
    n_clusters
        None where there are none.
    """

    basis: Floats
    cluster: NDArray[np.int64]
    n_clusters: int | None

    @property
    def n(self) -> int:
        """People."""
        return int(self.basis.shape[0])

    @property
    def k(self) -> int:
        """Coefficients, that of the variable of interest included."""
        return int(self.basis.shape[1]) + 1

    @property
    def df(self) -> int:
        """Clusters − 1, or people − coefficients where there are no clusters."""
        rest = self.n - self.k
        return rest if self.n_clusters is None else min(self.n_clusters - 1, rest)

    @property
    def factor(self) -> float:
        """HC1's n / (n − k), times G / (G − 1) · (n − 1) / n for clusters (Stata's CR1)."""
        if self.n_clusters is None:
            return self.n / (self.n - self.k)
        return self.n_clusters / (self.n_clusters - 1) * (self.n - 1) / (self.n - self.k)

    def residual(self, values: Floats) -> Floats:
        """Return `values`, shape (n,), without what covariates and blocks explain."""
        return _cleaned(values - self.basis @ (self.basis.T @ values), values)


@dataclass(frozen=True, slots=True, eq=False)
class Slopes:
    """Slopes of q variables on one, with their joint sandwich covariance.

    Attributes
    ----------
    value
        float64, shape (q,).
    covariance
        float64, shape (q, q).
    """

    value: Floats
    covariance: Floats


def design_of(
    n: int, covariates: ArrayLike | None, block: ArrayLike | None, cluster: ArrayLike | None
) -> Design:
    """Build the design.

    Raises
    ------
    Refusal
        With one cluster, or when no degrees of freedom are left.
    ValueError
        If shapes disagree or covariates are not finite.
    """
    columns = [np.ones((n, 1))]
    if covariates is not None:
        given = np.asarray(covariates, dtype=np.float64)
        given = given[:, None] if given.ndim == 1 else given
        if given.ndim != 2 or given.shape[0] != n or not np.isfinite(given).all():
            raise ValueError(f"covariates holds {n} rows of finite numbers, one row per person.")
        columns.append((given - given.mean(axis=0)) / np.maximum(given.std(axis=0), 1e-300))
    if block is not None:
        codes, count = _codes(block, n, "block")
        columns.append(np.eye(count)[codes])
    matrix = np.column_stack(columns)
    left, size, _ = np.linalg.svd(matrix, full_matrices=False)
    basis = left[:, size > _NOTHING * size[0]]
    if cluster is None:
        made = Design(basis, np.arange(n), None)
    else:
        codes, count = _codes(cluster, n, "cluster")
        if count < 2:
            raise Refusal(Note.of("compliance.one_cluster"))
        made = Design(basis, codes, count)
    if made.df < 1:
        raise Refusal(Note.of("compliance.too_few", n=n))
    return made


def slopes(on: Floats, variables: tuple[Floats, ...], design: Design) -> Slopes | None:
    """Regress each variable on `on` and the design; None where nothing of `on` is left.

    Notes
    -----
    With z̃ the residual of `on`, slope z̃'y / z̃'z̃ and covariance
    c Σ_g (Σ_i z̃_i e_i)(Σ_i z̃_i e_i)' / (z̃'z̃)², e the residuals of all variables.
    """
    z = design.residual(on)
    size = float(z @ z)
    if size <= _NOTHING * max(float(on @ on), 1e-300):
        return None
    y = np.column_stack([design.residual(one) for one in variables])
    value = z @ y / size
    left = np.column_stack([_cleaned(one - z * b, one) for one, b in zip(y.T, value, strict=True)])
    scores = z[:, None] * left
    sums = np.zeros((int(design.cluster.max()) + 1, y.shape[1]))
    np.add.at(sums, design.cluster, scores)
    return Slopes(value, design.factor * (sums.T @ sums) / size**2)


def _cleaned(rest: Floats, values: Floats) -> Floats:
    """Return `rest`, or exact zeros where it is only the rounding of `values`."""
    rounding = _NOTHING * float(np.abs(values).max(initial=0.0))
    return rest if np.abs(rest).max(initial=0.0) > rounding else np.zeros_like(rest)


def vector(values: ArrayLike, n: int, what: str) -> Floats:
    """Return one finite number per person.

    Raises
    ------
    ValueError
        If the shape differs or a number is missing.
    """
    given = np.asarray(values, dtype=np.float64)
    if given.shape != (n,) or not np.isfinite(given).all():
        raise ValueError(f"{what} holds {n} finite numbers, one per person; leave out the rest.")
    return given


def _codes(labels: ArrayLike, n: int, what: str) -> tuple[NDArray[np.int64], int]:
    given = np.asarray(labels)
    if given.shape != (n,):
        raise ValueError(f"{what} holds one label per person, shape ({n},), not {given.shape}.")
    levels, codes = np.unique(given, return_inverse=True)
    return codes.astype(np.int64), int(levels.size)
