"""Checks and small array work that the estimators for grouped data share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from evidencia.words import Note, Refusal

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]

SINGULAR: Final = 1e-9
"""A column that keeps less than this share of its length, once the others are taken out, is a
copy of them."""
ROUNDING: Final = 1e-24
"""A variance below this share of the squared outcome is what rounding leaves of zero."""


def numbers(values: npt.ArrayLike, name: str, n: int | None = None) -> Floats:
    """Return a vector of finite floats.

    Raises
    ------
    ValueError
        If it is not a vector of length `n`, or holds a missing or infinite value.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or (n is not None and len(array) != n):
        raise ValueError(f"{name} must be a vector with one value for each row.")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} has missing values; leave those rows out first.")
    return array


def matrix(values: npt.ArrayLike, name: str, n: int) -> Floats:
    """Return an (n, k) matrix of finite floats; a vector becomes one column."""
    array = np.asarray(values, dtype=np.float64)
    array = array[:, None] if array.ndim == 1 else array
    if array.ndim != 2 or len(array) != n:
        raise ValueError(f"{name} must have one row for each value of the outcome.")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} has missing values; leave those rows out first.")
    return array


def positive_weights(values: npt.ArrayLike | None, n: int) -> Floats:
    """Return weights, 1 for everybody where there are none."""
    if values is None:
        return np.ones(n)
    weights = numbers(values, "weights", n)
    if (weights <= 0).any():
        raise ValueError("weights must be positive.")
    return weights


def coded(labels: npt.ArrayLike | None, name: str, n: int) -> tuple[Codes, int]:
    """Return labels as 0…m−1 and m; no labels at all is a single group.

    Codes follow the order of first appearance, so that a new name changes nothing.
    """
    if labels is None:
        return np.zeros(n, dtype=np.intp), 1
    array = np.asarray(labels)
    if array.ndim != 1 or len(array) != n:
        raise ValueError(f"{name} must be a vector with one label for each row.")
    if array.dtype.kind == "f" and np.isnan(array).any():
        raise ValueError(f"{name} has missing labels; leave those rows out first.")
    values, first, inverse = np.unique(array, return_index=True, return_inverse=True)
    rank = np.empty(len(values), dtype=np.intp)
    rank[np.argsort(first, kind="stable")] = np.arange(len(values))
    return rank[inverse], len(values)


def zero_one(values: npt.ArrayLike, name: str, n: int | None = None) -> Floats:
    """Return a vector of zeros and ones."""
    array = numbers(values, name, n)
    if not np.isin(array, (0.0, 1.0)).all():
        raise ValueError(f"{name} must be 0 or 1.")
    return array


def contrast_vector(contrast: int | npt.ArrayLike, k: int) -> Floats:
    """Return a contrast of `k` coefficients; a number names one column."""
    if isinstance(contrast, (int, np.integer)):
        if not 0 <= contrast < k:
            raise ValueError(f"There is no column {contrast}; the design has {k}.")
        chosen = np.zeros(k)
        chosen[contrast] = 1.0
        return chosen
    return numbers(contrast, "contrast", k)


def group_sums(values: Floats, codes: Codes, count: int) -> Floats:
    """Return the sums of the rows of each group: (count,) or (count, k)."""
    if values.ndim == 1:
        return np.asarray(np.bincount(codes, values, minlength=count), dtype=np.float64)
    total = np.zeros((count, values.shape[1]))
    np.add.at(total, codes, values)
    return total


@dataclass(frozen=True, slots=True)
class Absorbed:
    """A design without its block effects (Frisch & Waugh 1933; Lovell 1963).

    Attributes
    ----------
    outcome : (n,)
    design : (n, k)
        Both as deviations from their weighted block means.
    blocks : (n,)
        Block of each row, 0…n_blocks−1.
    weights : (n,)
    block_weight : (n_blocks,)
        Sum of the weights of each block.
    inverse : (k, k)
        (Z'WZ)⁻¹ of the deviations.
    magnitude
        Largest value of the outcome, without its sign: what rounding is measured against.
    """

    outcome: Floats
    design: Floats
    blocks: Codes
    weights: Floats
    block_weight: Floats
    inverse: Floats
    magnitude: float

    @property
    def full(self) -> Floats:
        """Deviations and block columns side by side, (n, k + n_blocks)."""
        dummies = np.zeros((len(self.blocks), len(self.block_weight)))
        dummies[np.arange(len(self.blocks)), self.blocks] = 1.0
        return np.hstack([self.design, dummies])

    @property
    def full_inverse(self) -> Floats:
        """(X'WX)⁻¹ of `full`: the two parts are orthogonal, so it is block diagonal."""
        k, b = self.design.shape[1], len(self.block_weight)
        inverse = np.zeros((k + b, k + b))
        inverse[:k, :k] = self.inverse
        inverse[np.arange(k, k + b), np.arange(k, k + b)] = 1.0 / self.block_weight
        return inverse


def deviations(values: Floats, blocks: Codes, weights: Floats, block_weight: Floats) -> Floats:
    """Return values less their weighted block means."""
    w = weights if values.ndim == 1 else weights[:, None]
    sums = group_sums(values * w, blocks, len(block_weight))
    means = sums / (block_weight if values.ndim == 1 else block_weight[:, None])
    return np.asarray(values - means[blocks], dtype=np.float64)


def absorb(outcome: Floats, design: Floats, blocks: Codes, weights: Floats) -> Absorbed:
    """Take the block effects out of the outcome and the design.

    Raises
    ------
    Refusal
        ``clusters.singular`` where a column can be written with the others and the blocks.
    """
    block_weight = group_sums(weights, blocks, int(blocks.max()) + 1)
    z = deviations(design, blocks, weights, block_weight)
    length = np.sqrt(weights @ np.square(z))
    before = np.sqrt(weights @ np.square(design))
    if (length <= SINGULAR * np.maximum(before, np.finfo(float).tiny)).any():
        raise Refusal(Note.of("clusters.singular"))
    unit = z / length * np.sqrt(weights)[:, None]
    singular = np.linalg.svd(unit, compute_uv=False)
    if len(singular) < design.shape[1] or singular[-1] <= SINGULAR * singular[0]:
        raise Refusal(Note.of("clusters.singular"))
    inverse = np.linalg.inv(unit.T @ unit) / np.outer(length, length)
    return Absorbed(
        deviations(outcome, blocks, weights, block_weight),
        z,
        blocks,
        weights,
        block_weight,
        inverse,
        float(np.abs(outcome).max()),
    )
