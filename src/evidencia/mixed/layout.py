"""The mean of an MMRM: arm by visit, covariates by visit or with one effect for all visits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidencia.mixed.products import Products

Floats = npt.NDArray[np.float64]
REDUNDANT = 1e-9
"""Share of a column's sum of squares that the columns before it may leave before it is dropped."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which coefficient stands where.

    A person is described by z = (1, dummies of the arms but the control, covariates by wave,
    covariates with one effect). Coefficients are ordered in blocks of T waves: intercepts, each
    arm against the control, each covariate by wave; then the covariates with one effect.

    Attributes
    ----------
    arms
        Control first.
    waves
        Positions of the waves in the data that was given.
    """

    arms: tuple[str, ...]
    waves: tuple[int, ...]
    n_by_wave: int
    n_common: int

    @property
    def n_columns(self) -> int:
        """Return k, the length of z."""
        return len(self.arms) + self.n_by_wave + self.n_common

    @property
    def n_crossed(self) -> int:
        """Return how many columns of z have an effect per wave."""
        return len(self.arms) + self.n_by_wave

    @property
    def n_coefficients(self) -> int:
        """Return q."""
        return self.n_crossed * len(self.waves) + self.n_common

    @property
    def column_of(self) -> npt.NDArray[np.int64]:
        """Return the column of z that each coefficient multiplies, shape (q,)."""
        crossed = np.repeat(np.arange(self.n_crossed), len(self.waves))
        return np.concatenate((crossed, np.arange(self.n_crossed, self.n_columns)))

    def mean_map(self) -> Floats:
        """Return the map (T, k, q): the mean at wave t is z' map[t] β."""
        waves = len(self.waves)
        out = np.zeros((waves, self.n_columns, self.n_coefficients))
        for j in range(self.n_crossed):
            out[np.arange(waves), j, waves * j + np.arange(waves)] = 1.0
        for j in range(self.n_common):
            out[:, self.n_crossed + j, waves * self.n_crossed + j] = 1.0
        return out

    def mean_at(self, arm: str, wave: int) -> Floats:
        """Return the contrast (q,) of the mean of an arm at a wave, covariates at their mean."""
        at = self.waves.index(wave)
        out = np.zeros(self.n_coefficients)
        out[at] = 1.0
        number = self.arms.index(arm)
        if number:
            out[len(self.waves) * number + at] = 1.0
        return out


def centres_and_units(products: Products, n_arms: int) -> tuple[float, float, Floats, Floats]:
    """Return mean and spread of y, then those of z's columns (0 and 1 up to the arms).

    The spread is the root mean square about the mean; 0 where nothing varies.
    """
    seen = products.observed.astype(np.float64)
    weight = products.zz[:, 0, 0]
    total = float((weight @ seen).sum())
    centre = float(products.zy[:, 0, :].sum()) / total
    square = float(np.einsum("ptt->", products.yy)) / total - centre**2
    means = products.zz[:, 0, :].sum(axis=0) / weight.sum()
    squares = np.einsum("pjj->j", products.zz) / weight.sum() - means**2
    floor = 1e-13 * (means**2 + 1.0)
    units = np.sqrt(np.where(squares > floor, squares, 1.0))
    means[:n_arms], units[:n_arms] = 0.0, 1.0
    spread = float(np.sqrt(square)) if square > 1e-13 * (centre**2 + 1e-300) else 0.0
    return centre, spread, means, units


def independent(gram: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Choose columns, first come first kept, that do not repeat others.

    Parameters
    ----------
    gram
        Shape (q, q), X'X.

    Returns
    -------
    kept
        Positions of the columns kept.
    empty
        Shape (q, d): a basis of the directions β of which X β = 0.
    """
    size = len(gram)
    work = gram.copy()
    scale = np.diag(gram).copy()
    kept: list[int] = []
    largest = scale.max(initial=0.0)
    for j in range(size):
        if scale[j] > 1e-14 * largest and work[j, j] > REDUNDANT * scale[j]:
            kept.append(j)
            work = work - np.outer(work[:, j], work[j, :]) / work[j, j]
    keep = np.array(kept, dtype=np.int64)
    dropped = np.setdiff1d(np.arange(size), keep)
    empty = np.zeros((size, dropped.size))
    empty[dropped, np.arange(dropped.size)] = 1.0
    if keep.size and dropped.size:
        inner = gram[np.ix_(keep, keep)]
        empty[keep] = -np.linalg.solve(inner, gram[np.ix_(keep, dropped)])
    return keep, empty
