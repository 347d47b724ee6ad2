"""What a Gaussian model needs to know of the data: cross-products per pattern of missing visits.

For people who answered at the same visits, the likelihood of a marginal Gaussian model, its
gradient and its Hessian depend on the data only through sums of squares and products. They are
formed once; every iteration then costs the same for 100 people or 100,000, and the sums of two
organisations are the sums of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Products:
    """Cross-products of P patterns over T waves, with k columns that describe a person.

    Attributes
    ----------
    observed
        Shape (P, T), True where people of the pattern answered.
    n
        Shape (P,), people of each pattern.
    zz, zy, yy
        Shapes (P, k, k), (P, k, T) and (P, T, T): sums of z z', z y' and y y', with 0 where a
        wave is missing. The first column of z is the constant 1.
    log_weights
        Sum over people of (number of answers) × log(weight); 0 without weights.
    """

    observed: npt.NDArray[np.bool_]
    n: npt.NDArray[np.int64]
    zz: Floats
    zy: Floats
    yy: Floats
    log_weights: float = 0.0

    @property
    def n_units(self) -> int:
        """Return how many people there are."""
        return int(self.n.sum())

    @property
    def n_obs(self) -> int:
        """Return how many answers there are."""
        return int((self.observed.sum(axis=1) * self.n).sum())

    @property
    def n_waves(self) -> int:
        """Return T."""
        return int(self.observed.shape[1])

    @property
    def n_columns(self) -> int:
        """Return k."""
        return int(self.zz.shape[1])

    def waves(self, kept: Sequence[int]) -> Products:
        """Return the same products at some of the waves."""
        pick = np.asarray(kept, dtype=np.int64)
        return Products(
            self.observed[:, pick],
            self.n,
            self.zz,
            self.zy[:, :, pick],
            self.yy[:, pick[:, None], pick[None, :]],
            self.log_weights,
        )

    def shifted(self, centre: float, columns: Floats) -> Products:
        """Return the products of y − centre and of z_j − columns[j] (columns[0] must be 0)."""
        one_z, one_y = self.zz[:, 0, :], self.zy[:, 0, :]
        weight = one_z[:, 0]
        seen = self.observed.astype(np.float64)
        zz = (
            self.zz
            - columns[:, None] * one_z[:, None, :]
            - one_z[:, :, None] * columns
            + weight[:, None, None] * np.outer(columns, columns)
        )
        zy = (
            self.zy
            - columns[:, None] * one_y[:, None, :]
            - centre * (one_z - weight[:, None] * columns)[:, :, None] * seen[:, None, :]
        )
        both = seen[:, :, None] * seen[:, None, :]
        yy = (
            self.yy
            - centre * (one_y[:, :, None] + one_y[:, None, :]) * both
            + centre**2 * weight[:, None, None] * both
        )
        return Products(self.observed, self.n, zz, zy, yy, self.log_weights)

    def scaled(self, unit: float, columns: Floats) -> Products:
        """Return the products of y / unit and of z_j / columns[j]."""
        return Products(
            self.observed,
            self.n,
            self.zz / np.outer(columns, columns),
            self.zy / columns[:, None] / unit,
            self.yy / unit**2,
            self.log_weights,
        )


def cross_products(y: Floats, z: Floats, weights: Floats | None = None) -> Products:
    """Sum squares and products within each pattern of answers.

    Parameters
    ----------
    y
        Shape (n, T), NaN where missing. People without any answer do not enter.
    z
        Shape (n, k), finite; its first column is 1.
    weights
        Shape (n,), positive: the covariance of person i is Σ / w_i. None for 1.
    """
    seen = ~np.isnan(y)
    some = seen.any(axis=1)
    y, z, seen = y[some], z[some], seen[some]
    codes = np.packbits(seen, axis=1)
    _, first, member = np.unique(codes, axis=0, return_index=True, return_inverse=True)
    member = member.reshape(-1)
    order = np.argsort(member, kind="stable")
    n = np.bincount(member, minlength=first.size)
    row = np.hstack((z, np.where(seen, y, 0.0)))[order]
    heavy = row if weights is None else row * weights[some][order, None]
    ends = np.cumsum(n)
    k = z.shape[1]
    total = np.empty((first.size, row.shape[1], row.shape[1]))
    for p, (stop, size) in enumerate(zip(ends, n, strict=True)):
        block = slice(stop - size, stop)
        total[p] = heavy[block].T @ row[block]
    total = (total + total.transpose(0, 2, 1)) / 2.0  # Symmetric to the last bit.
    logs = 0.0 if weights is None else float((seen.sum(axis=1) * np.log(weights[some])).sum())
    return Products(
        seen[first], n.astype(np.int64), total[:, :k, :k], total[:, :k, k:], total[:, k:, k:], logs
    )


def add(parts: Sequence[Products]) -> Products:
    """Add the products of several sources, pattern by pattern, in a fixed order of patterns."""
    observed = np.concatenate([part.observed for part in parts])
    patterns, member = np.unique(observed, axis=0, return_inverse=True)
    member = member.reshape(-1)

    def total(name: str) -> npt.NDArray[np.float64]:
        values = np.concatenate([getattr(part, name) for part in parts])
        out = np.zeros((len(patterns), *values.shape[1:]), dtype=values.dtype)
        np.add.at(out, member, values)
        return out

    return Products(
        patterns,
        total("n").astype(np.int64),
        total("zz"),
        total("zy"),
        total("yy"),
        sum(part.log_weights for part in parts),
    )
