"""Nested random intercepts by REML, one level at a time, without a matrix larger than d × d.

The model: y = X β + Σ_l Z_l b_l + e, with b_l ~ N(0, τ_l) for the groups of level l (innermost
first, each inside one group of the next level) and e ~ N(0, σ²). Adding a level to a block with
W = V⁻¹ is a change of rank one, W − κ w w' with w = W 1 and κ = τ / (1 + τ 1'w). So everything
that the likelihood, its Hessian and Kenward & Roger's correction need travels up the levels as
sums of small matrices. With D = (1, X, y), for levels r and s and Σ_r = Z_r Z_r':

    M    = D'V⁻¹D               M_r = D'V⁻¹ Σ_r V⁻¹D      M_rs = D'V⁻¹ Σ_r V⁻¹ Σ_s V⁻¹D
    t_r  = tr(V⁻¹ Σ_r)          f_rs = tr(V⁻¹ Σ_r V⁻¹ Σ_s)

What belongs to the residual follows from V = Σ_r τ_r Σ_r + σ² I.

Reference
---------
Harville, D. A. (1977). *JASA* 72, 320–338.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Nest:
    """Data summed as far as the model allows.

    Groups of the innermost level with the same number of rows and the same parent are one
    class, so a model with people alone costs the same for any number of them.

    Attributes
    ----------
    total, outer
        Shape (C, d, d): sums of D'D and of (D'1)(D'1)' over the groups of a class.
    count, size
        Shape (C,): groups in a class, and rows of each.
    starts
        For each level but the outermost, where each group of the next level begins among its
        members (for ``np.add.reduceat``); the first counts classes. The last is (0,).
    n_groups
        Groups of each level.
    """

    total: Floats
    outer: Floats
    count: Floats
    size: Floats
    starts: tuple[Ints, ...]
    n_groups: tuple[int, ...]
    n_obs: int

    def sums(self, theta: Floats) -> Sums:
        """Compute the sums at θ = (τ_1, …, τ_L, σ²)."""
        return climb(self, theta)


def nest(d: Floats, codes: list[Ints]) -> Nest:
    """Sum the rows of D (N, d) by the groups of `codes`, innermost first, already nested."""
    inner, first, member = np.unique(codes[0], return_index=True, return_inverse=True)
    order = np.argsort(member, kind="stable")
    size = np.bincount(member)
    begin = np.concatenate(([0], np.cumsum(size)[:-1]))
    one = np.add.reduceat(d[order], begin, axis=0)
    parents = [code[first] for code in codes[1:]]
    keys = np.column_stack([size, *parents]) if parents else size[:, None]
    classes, label = np.unique(keys[:, ::-1], axis=0, return_inverse=True)
    label = label.reshape(-1)
    by_row = label[member]
    total, outer = _sums(d, by_row, len(classes)), _sums(one, label, len(classes))
    columns = classes[:, :-1][:, ::-1]  # Parents, innermost first; rows sorted outermost first.
    starts = []
    for level in range(columns.shape[1]):
        changed = np.flatnonzero(np.diff(columns[:, level], prepend=-1))
        starts.append(changed)
        columns = columns[changed]
    n_groups = (len(inner), *(len(np.unique(parent)) for parent in parents))
    return Nest(
        total,
        outer,
        np.bincount(label).astype(np.float64),
        classes[:, -1].astype(np.float64),
        (*starts, np.array([0])),
        n_groups,
        len(d),
    )


def _sums(rows: Floats, label: Ints, n: int) -> Floats:
    """Return Σ row row' by label, shape (n, d, d)."""
    order = np.argsort(label, kind="stable")
    ends = np.cumsum(np.bincount(label, minlength=n))
    out = np.empty((n, rows.shape[1], rows.shape[1]))
    begin = 0
    for i, end in enumerate(ends):
        block = rows[order[begin:end]]
        out[i] = block.T @ block
        begin = end
    return out


@dataclass(frozen=True, slots=True)
class Sums:
    """The quantities of the module's head at one θ; the residual is the last component.

    Attributes
    ----------
    m, m1, m2
        Shapes (d, d), (r, d, d) and (r, r, d, d).
    t, f
        Shapes (r,) and (r, r).
    logdet
        log |V|.
    """

    m: Floats
    m1: Floats
    m2: Floats
    t: Floats
    f: Floats
    logdet: float


def climb(data: Nest, theta: Floats) -> Sums:
    """Compute the sums at θ = (τ_1, …, τ_L, σ²)."""
    tau = theta[:-1]
    m, m1, m2, t, f, logdet = innermost(data, float(tau[0]), float(theta[-1]))
    for level, starts in enumerate(data.starts):
        m, m1, m2, t, f = (np.add.reduceat(part, starts, axis=0) for part in (m, m1, m2, t, f))
        if level + 1 < len(tau):
            logdet += float(np.log1p(tau[level + 1] * m[:, 0, 0]).sum())
            m, m1, m2, t, f = _rise(m, m1, m2, t, f, float(tau[level + 1]))
    return with_residual(m[0], m1[0], m2[0], t[0], f[0], theta, logdet, data.n_obs)


def innermost(
    data: Nest, tau: float, residual: float
) -> tuple[Floats, Floats, Floats, Floats, Floats, float]:
    """Return m, m1, m2, t, f of each class and log |V|, with the innermost level alone."""
    a = 1.0 / residual
    row = data.size * a
    kappa = tau / (1.0 + tau * row)
    kept = 1.0 - kappa * row
    once = (a * kept) ** 2
    m = a * data.total - (kappa * a * a)[:, None, None] * data.outer
    m1 = (once[:, None, None] * data.outer)[:, None]
    m2 = ((once * row * kept)[:, None, None] * data.outer)[:, None, None]
    t = (data.count * row * kept)[:, None]
    f = (data.count * (row * kept) ** 2)[:, None, None]
    logdet = data.n_obs * log(residual) + float(data.count @ np.log1p(tau * row))
    return m, m1, m2, t, f, logdet


def _rise(
    m: Floats, m1: Floats, m2: Floats, t: Floats, f: Floats, tau: float
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Add one random intercept with variance τ to each block, and its own level to the sums."""
    k = tau / (1.0 + tau * m[:, 0, 0])
    w = m[:, :, 0]  # D'w
    a = m1[..., 0]  # (g, r, d): D'W Σ_r w
    aa = a[..., 0]  # (g, r): w'Σ_r w
    b = m2[..., :, 0]  # (g, r, s, d): D'W Σ_r W Σ_s w
    bb = b[..., 0]
    k1, k2, k3, k4 = (
        k[:, None],
        k[:, None, None],
        k[:, None, None, None],
        k[:, None, None, None, None],
    )
    new_m = m - k2 * w[:, :, None] * w[:, None, :]
    aw = a[..., :, None] * w[:, None, None, :]
    ww = (w[:, :, None] * w[:, None, :])[:, None]
    new_m1 = m1 - k3 * (aw + aw.swapaxes(-1, -2)) + (k1**2 * aa)[..., None, None] * ww
    bw = b[..., :, None] * w[:, None, None, None, :]
    cw = b.swapaxes(1, 2)[..., None, :] * w[:, None, None, :, None]  # w'Σ_r W Σ_s W D
    ar = a[:, :, None, :, None]
    as_ = a[:, None, :, None, :]
    wl, wr = w[:, None, None, :, None], w[:, None, None, None, :]
    ass, arr = aa[:, None, :, None, None], aa[:, :, None, None, None]
    new_m2 = (
        m2
        - k4 * (ar * as_ + bw + cw)
        + k4**2 * (ar * ass * wr + wl * arr * as_ + bb[..., None, None] * wl * wr)
        - k4**3 * arr * ass * wl * wr
    )
    new_t = t - k1 * aa
    new_f = f - 2.0 * k2 * bb + k2**2 * aa[:, :, None] * aa[:, None, :]
    return _own_level(new_m, new_m1, new_m2, new_t, new_f)


def _own_level(
    m: Floats, m1: Floats, m2: Floats, t: Floats, f: Floats
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Append the sums of the level just added, whose Z is a column of ones in each block."""
    w, alone = m[:, :, 0], m[:, 0, 0]
    mine = w[:, :, None] * w[:, None, :]
    across = m1[..., 0][..., :, None] * w[:, None, None, :]  # (g, r, d, d)
    both = m1[..., 0, 0]
    g, r, d = len(m), m1.shape[1], m.shape[1]
    out1 = np.concatenate((m1, mine[:, None]), axis=1)
    out2 = np.empty((g, r + 1, r + 1, d, d))
    out2[:, :r, :r] = m2
    out2[:, :r, r] = across
    out2[:, r, :r] = across.swapaxes(-1, -2)
    out2[:, r, r] = alone[:, None, None] * mine
    out_t = np.concatenate((t, alone[:, None]), axis=1)
    out_f = np.empty((g, r + 1, r + 1))
    out_f[:, :r, :r] = f
    out_f[:, :r, r] = out_f[:, r, :r] = both
    out_f[:, r, r] = alone**2
    return m, out1, out2, out_t, out_f


def with_residual(
    m: Floats, m1: Floats, m2: Floats, t: Floats, f: Floats, theta: Floats, logdet: float, n: int
) -> Sums:
    """Append the residual, by V = Σ τ_r Σ_r + σ² I."""
    tau, residual = theta[:-1], theta[-1]
    r = len(tau)
    t_e = (n - tau @ t) / residual
    f_e = (t - tau @ f) / residual
    f_ee = (t_e - tau @ f_e) / residual
    m_e = (m - np.tensordot(tau, m1, axes=1)) / residual
    m_es = (m1 - np.tensordot(tau, m2, axes=1)) / residual
    m_ee = (m_e - np.tensordot(tau, m_es.swapaxes(-1, -2), axes=1)) / residual
    out2 = np.empty((r + 1, r + 1, *m.shape))
    out2[:r, :r] = m2
    out2[r, :r] = m_es
    out2[:r, r] = m_es.swapaxes(-1, -2)
    out2[r, r] = m_ee
    out_f = np.block([[f, f_e[:, None]], [f_e[None, :], np.array([[f_ee]])]])
    return Sums(m, np.concatenate((m1, m_e[None])), out2, np.append(t, t_e), out_f, logdet)
