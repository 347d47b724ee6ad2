"""People asked again in clusters over periods: intercepts of people, clusters, and their periods.

The model of a closed cohort (Hooper, Teerenstra, de Hoop & Eldridge 2016, model 2):
y = X β + person + cluster and period + cluster + e. People and periods cross within a cluster, so
the levels are not nested. People are summed as in `nested`; what a cluster's T periods add is a
change of rank T. With W the inverse for people alone, Z the periods of the cluster, G = τ_p I +
τ_c 1 1' and K = G (I + Z'W Z G)⁻¹, for any D

    V⁻¹ = W − W Z K Z'W,   V⁻¹ D = W (D, Z) B,   B = (I; −K Z'W D)

and every sum that `nested` names is B' A B of sums A of (D, Z) with W alone.

References
----------
Hooper, R., Teerenstra, S., de Hoop, E. & Eldridge, S. (2016). *Stat. Med.* 35, 4718–4728.
Girling, A. J. & Hemming, K. (2016). *Stat. Med.* 35, 2149–2166.
Kasza, J. & Forbes, A. B. (2019). *Stat. Methods Med. Res.* 28, 3112–3122.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidencia.mixed.nested import Nest, Sums, innermost, nest, with_residual

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Crossed:
    """Data summed over people; what a cluster's periods share stands beside.

    Attributes
    ----------
    whole
        Sums of (D, Z) over the people of each cluster.
    width
        Number of columns of D = (1, X, y).
    n_groups
        People, clusters and periods that were seen, clusters.
    """

    whole: Nest
    width: int
    n_groups: tuple[int, ...]

    @property
    def n_obs(self) -> int:
        """Number of rows."""
        return self.whole.n_obs

    @property
    def total(self) -> Floats:
        """D'D of each class of people, shape (C, d, d)."""
        return self.whole.total[:, : self.width, : self.width]

    def sums(self, theta: Floats) -> Sums:
        """Compute the sums at θ = (τ_person, τ_period, τ_cluster, σ²)."""
        *inner, logdet = innermost(self.whole, float(theta[0]), float(theta[-1]))
        starts = self.whole.starts[0]
        m, m1, m2, t, f = (np.add.reduceat(part, starts, axis=0) for part in inner)
        people = People(m, m1[:, 0], m2[:, 0, 0], t[:, 0], f[:, 0, 0])
        return _joined(people, self.width, theta, logdet, self.n_obs)


def cross(d: Floats, person: Ints, period: Ints, cluster: Ints) -> Crossed:
    """Sum the rows of D (N, d); codes from 0, a person in one cluster alone."""
    periods = (period[:, None] == np.arange(period.max() + 1)).astype(np.float64)
    whole = nest(np.hstack((d, periods)), [person, cluster])
    seen = len(np.unique(np.column_stack((cluster, period)), axis=0))
    people, clusters = whole.n_groups
    return Crossed(whole, d.shape[1], (people, seen, clusters))


@dataclass(frozen=True, slots=True)
class People:
    """Sums of each cluster with the inverse W for people alone; S is what a person shares.

    Attributes
    ----------
    m, once, twice
        Shape (g, d + T, d + T): with W, with W S W and with W S W S W in the middle.
    t, f
        Shape (g,): tr(W S) and tr(W S W S).
    """

    m: Floats
    once: Floats
    twice: Floats
    t: Floats
    f: Floats


def _joined(people: People, d: int, theta: Floats, logdet: float, n: int) -> Sums:
    """Add what the periods of each cluster share, and sum over clusters."""
    zz = people.m[:, d:, d:]
    size = zz.shape[-1]
    shared = theta[1] * np.eye(size) + theta[2] * np.ones((size, size))
    grown = np.eye(size) + zz @ shared
    k = shared @ np.linalg.inv(grown)
    b = np.concatenate((np.broadcast_to(np.eye(d), (len(zz), d, d)), -k @ people.m[:, d:, :d]), 1)
    bz = np.concatenate((np.zeros((len(zz), d, size)), np.eye(size) - k @ zz), 1)
    bt, bzt = b.swapaxes(1, 2), bz.swapaxes(1, 2)
    zd, q = people.m[:, d:] @ b, people.m[:, d:] @ bz  # Z'V⁻¹D and Z'V⁻¹Z
    across, both = bt @ people.once @ bz, bzt @ people.once @ bz
    between = people.once[:, :, d:] @ k
    own = bt @ (people.twice - between @ people.once[:, d:]) @ b
    # A cluster is the sum of its periods: its column is Z 1.
    last = np.column_stack((np.eye(size), np.ones(size)))
    m1, m2 = _first_and_second(bt @ people.once @ b, own, across @ last, last.T @ zd, q, size)
    inner = between[:, d:]
    t_person = people.t - np.trace(inner, axis1=1, axis2=2)
    f_person = (
        people.f
        - 2.0 * np.trace(k @ people.twice[:, d:, d:], axis1=1, axis2=2)
        + np.trace(inner @ inner, axis1=1, axis2=2)
    )
    t, f = _traces(t_person, f_person, both, q)
    logdet += float(np.linalg.slogdet(grown)[1].sum())
    m = (people.m[:, :d] @ b).sum(axis=0)
    return with_residual(m, m1, m2, t, f, theta, logdet, n)


def _first_and_second(
    once: Floats, own: Floats, across: Floats, zd: Floats, q: Floats, size: int
) -> tuple[Floats, Floats]:
    """Return the sums with one and with two levels in the middle, over clusters.

    `across` is D'V⁻¹ S V⁻¹ (Z, Z 1), shape (g, d, T + 1); `zd` is (Z, Z 1)'V⁻¹D.
    """
    period, cluster = zd[:, :size], zd[:, size:]
    parts = (period, cluster)
    rows, ones = q, q.sum(axis=2, keepdims=True)
    middle = ((rows, ones), (ones.swapaxes(1, 2), q.sum(axis=(1, 2), keepdims=True)))
    d = once.shape[-1]
    m1, m2 = np.empty((3, d, d)), np.empty((3, 3, d, d))
    m1[0], m2[0, 0] = once.sum(axis=0), own.sum(axis=0)
    ends = (across[:, :, :size], across[:, :, size:])
    for r, left in enumerate(parts):
        turned = left.swapaxes(1, 2)
        m1[r + 1] = (turned @ left).sum(axis=0)
        m2[0, r + 1] = (ends[r] @ left).sum(axis=0)
        m2[r + 1, 0] = m2[0, r + 1].T
        for s, right in enumerate(parts):
            m2[r + 1, s + 1] = (turned @ middle[r][s] @ right).sum(axis=0)
    return m1, m2


def _traces(t_person: Floats, f_person: Floats, both: Floats, q: Floats) -> tuple[Floats, Floats]:
    whole, rows = q.sum(axis=(1, 2)), q.sum(axis=2)
    t = np.array([t_person.sum(), np.trace(q, axis1=1, axis2=2).sum(), whole.sum()])
    f = np.empty((3, 3))
    f[0, 0] = f_person.sum()
    f[0, 1] = f[1, 0] = np.trace(both, axis1=1, axis2=2).sum()
    f[0, 2] = f[2, 0] = both.sum()
    f[1, 1] = (q * q).sum()
    f[1, 2] = f[2, 1] = (rows * rows).sum()
    f[2, 2] = (whole * whole).sum()
    return t, f
