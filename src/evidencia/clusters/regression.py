"""Least squares whose standard errors respect clusters, also when the clusters are few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from evidencia.clusters.arrays import (
    ROUNDING,
    Absorbed,
    Codes,
    Floats,
    absorb,
    coded,
    contrast_vector,
    group_sums,
    matrix,
    numbers,
    positive_weights,
)
from evidencia.estimate import Effect
from evidencia.words import Note, Refusal

Variance = Literal["CR0", "CR1", "CR1S", "CR2"]

FEW_CLUSTERS: Final = 20
FEW_ON_A_SIDE: Final = 4
LOW_DF: Final = 4.0
FULL_LEVERAGE: Final = 1e-8


@dataclass(frozen=True, slots=True)
class LeastSquares:
    """A fitted linear model with its cluster-robust covariance.

    Attributes
    ----------
    coefficients : (k,)
        In units of the outcome per unit of the column.
    covariance : (k, k)
    residuals : (n,)
    n_obs, n_clusters
        Rows, and clusters (the rows again where none were given).
    variance
        ``"CR0"``, ``"CR1"``, ``"CR1S"`` or ``"CR2"``.
    """

    coefficients: Floats
    covariance: Floats
    residuals: Floats
    n_obs: int
    n_clusters: int
    variance: Variance
    _influence: Floats  # (n, k): adjusted weights of the residuals in each coefficient
    _absorbed: Absorbed
    _clusters: Codes
    _raw: Floats  # (n, k): the design as it was given
    _clustered: bool

    def df(self, contrast: int | npt.ArrayLike = 0) -> float:
        """Return the degrees of freedom of a contrast.

        Satterthwaite's for CR2, under a working model of independent rows with one variance
        (Bell & McCaffrey 2002; Pustejovsky & Tipton 2018, eq. 11); clusters − 1 otherwise.
        """
        if self.variance != "CR2":
            return float(self.n_clusters - 1)
        c = contrast_vector(contrast, len(self.coefficients))
        a, w = self._influence @ c, self._absorbed.weights
        x, m = self._absorbed.full, self._absorbed.full_inverse
        s = group_sums(x * a[:, None], self._clusters, self.n_clusters) @ m
        t = group_sums(x * (a * w)[:, None], self._clusters, self.n_clusters)
        own = group_sums(a * a, self._clusters, self.n_clusters)
        return _satterthwaite(own, s, t, x.T * w**2 @ x)

    def effect(
        self,
        contrast: int | npt.ArrayLike = 0,
        *,
        level: float = 0.95,
        n_units: int | None = None,
    ) -> Effect:
        """Return a contrast with its t interval.

        Parameters
        ----------
        contrast
            A column number, or a vector (k,).
        level
            Confidence level.
        n_units
            People, where they are not the rows.

        Raises
        ------
        Refusal
            ``clusters.one_per_arm`` where a two-valued column that is constant in each cluster
            has fewer than two clusters on a side; ``clusters.no_variance``.
        """
        c = contrast_vector(contrast, len(self.coefficients))
        on_a_side = self._clusters_on_a_side(c)
        if on_a_side is not None and on_a_side < 2:
            raise Refusal(Note.of("clusters.one_per_arm"))
        variance = float(c @ self.covariance @ c)
        scale = self._absorbed.magnitude**2 * float(np.square(self._influence @ c).sum())
        if not variance > ROUNDING * scale:
            raise Refusal(Note.of("clusters.no_variance"))
        df = self.df(c)
        notes = []
        if self._clustered and self.n_clusters < FEW_CLUSTERS:
            notes.append(Note.of("clusters.few", n=self.n_clusters))
        if self._clustered and on_a_side is not None and on_a_side < FEW_ON_A_SIDE:
            notes.append(Note.of("clusters.few_treated", n=on_a_side))
        if df < LOW_DF:
            notes.append(Note.of("clusters.low_df", df=round(df, 1)))
        return Effect.of(
            float(c @ self.coefficients),
            variance**0.5,
            df=df,
            n_units=self.n_obs if n_units is None else n_units,
            n_obs=self.n_obs,
            n_clusters=self.n_clusters if self._clustered else None,
            level=level,
            notes=tuple(notes),
        )

    def _clusters_on_a_side(self, c: Floats) -> int | None:
        """Clusters of the smaller side of a two-valued column; None where there are no sides."""
        chosen = np.flatnonzero(c)
        if len(chosen) != 1:
            return None
        return smaller_side(self._raw[:, chosen[0]], self._clusters, self.n_clusters)


def _satterthwaite(own: Floats, s: Floats, t: Floats, middle: Floats) -> float:
    """Return (tr P)²/ΣP² of P = diag(own) + S·middle·S' − ST' − TS', without forming it.

    P is G × G: with every row its own cluster it would not fit in memory.
    """
    k = s.shape[1]
    u = np.hstack([s, t])
    core = np.block([[middle, -np.eye(k)], [-np.eye(k), np.zeros((k, k))]])
    low = np.einsum("ij,ij->i", u @ core, u)
    turned = core @ (u.T @ u)
    squares = own @ own + 2 * (own @ low) + np.einsum("ij,ji->", turned, turned)
    return float((own + low).sum() ** 2 / squares)


def smaller_side(column: Floats, clusters: Codes, count: int) -> int | None:
    """Return the clusters of the smaller side of a two-valued column constant in each cluster."""
    values = np.unique(column)
    if len(values) != 2:
        return None
    high = group_sums((column == values[1]).astype(np.float64), clusters, count)
    size = np.bincount(clusters, minlength=count)
    if not ((high == 0) | (high == size)).all():
        return None
    treated = int((high > 0).sum())
    return min(treated, count - treated)


def least_squares(
    outcome: npt.ArrayLike,
    design: npt.ArrayLike,
    clusters: npt.ArrayLike | None = None,
    *,
    blocks: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    variance: Variance = "CR2",
) -> LeastSquares:
    """Fit a linear model by (weighted) least squares with cluster-robust errors.

    Parameters
    ----------
    outcome : (n,)
    design : (n, k)
        Without an intercept: it is always in the model, one for each block where there are
        blocks.
    clusters : (n,), optional
        Labels. Without them every row is its own cluster, and CR2 is HC2.
    blocks : (n,), optional
        Labels of randomisation blocks or strata, absorbed; their leverage is not forgotten.
    weights : (n,), optional
        Positive; for example inverse probabilities of response.
    variance
        ``"CR0"``; ``"CR1"``, CR0 × G/(G−1); ``"CR1S"``, Stata's, CR0 × G/(G−1) × (n−1)/(n−K);
        ``"CR2"``, unbiased where rows are independent with one variance.

    Raises
    ------
    Refusal
        ``clusters.one_cluster``, ``clusters.singular``, ``clusters.too_small``.

    References
    ----------
    Bell, R. M. & McCaffrey, D. F. (2002). Bias reduction in standard errors for linear
    regression with multi-stage samples. *Survey Methodology* 28, 169–181.
    Pustejovsky, J. E. & Tipton, E. (2018). Small-sample methods for cluster-robust variance
    estimation and hypothesis testing in fixed effects models. *JBES* 36, 672–683.
    """
    y = numbers(outcome, "outcome")
    n = len(y)
    raw = matrix(design, "design", n)
    if clusters is None:
        groups, count = np.arange(n), n
    else:
        groups, count = coded(clusters, "clusters", n)
    w = positive_weights(weights, n)
    block, n_blocks = coded(blocks, "blocks", n)
    if count < 2:
        raise Refusal(Note.of("clusters.one_cluster"))
    if n <= raw.shape[1] + n_blocks:
        raise Refusal(Note.of("clusters.too_small", n=n, k=raw.shape[1] + n_blocks))
    fit = absorb(y, raw, block, w)
    bread = fit.inverse @ (fit.design * w[:, None]).T
    beta = bread @ fit.outcome
    residuals = fit.outcome - fit.design @ beta
    influence = bread.T.copy()
    if variance == "CR2":
        _adjust(influence, fit, groups, count)
    scores = group_sums(influence * residuals[:, None], groups, count)
    factor = _factor(variance, count, n, raw.shape[1] + n_blocks)
    covariance = scores.T @ scores * factor
    return LeastSquares(
        beta,
        covariance,
        residuals,
        n,
        count,
        variance,
        influence,
        fit,
        groups,
        raw,
        clusters is not None,
    )


def _factor(variance: Variance, g: int, n: int, k: int) -> float:
    if variance == "CR1":
        return g / (g - 1)
    return g / (g - 1) * (n - 1) / (n - k) if variance == "CR1S" else 1.0


def _adjust(influence: Floats, fit: Absorbed, groups: Codes, count: int) -> None:
    """Multiply, in place, the influence of each cluster by its matrix A_g of CR2."""
    x, m, w = fit.full, fit.full_inverse, fit.weights
    middle = m @ (x.T * w**2 @ x) @ m
    size = np.bincount(groups, minlength=count)
    alone = np.flatnonzero(size[groups] == 1)
    own = 1.0 + np.einsum("ij,ij->i", x[alone] @ middle, x[alone])
    own -= 2 * w[alone] * np.einsum("ij,ij->i", x[alone] @ m, x[alone])
    influence[alone] *= _power(own)[:, None]
    order = np.argsort(groups, kind="stable")
    for rows in np.split(order, np.cumsum(size)[:-1]):
        if len(rows) == 1:
            continue
        used = np.flatnonzero((x[rows] != 0).any(axis=0))
        square = np.ix_(used, used)
        influence[rows] = _root(
            x[np.ix_(rows, used)], w[rows], m[square], middle[square], influence[rows]
        )


def _root(x: Floats, w: Floats, m: Floats, middle: Floats, target: Floats) -> Floats:
    """Return B^{-1/2} `target`, B = [(I−H)(I−H)']_gg, never forming it where g is large.

    B differs from the identity only in the space of X_g and W_g X_g.
    """
    wx = x * w[:, None]
    span = x if (w == w[0]).all() else np.hstack([x, wx])
    q = np.linalg.qr(span)[0] if span.shape[1] < len(x) else np.eye(len(x))
    qx, qwx = q.T @ x, q.T @ wx
    cross = qx @ m @ qwx.T
    values, vectors = np.linalg.eigh(np.eye(q.shape[1]) - cross - cross.T + qx @ middle @ qx.T)
    inside = q @ vectors
    return np.asarray(target + inside @ ((_power(values) - 1.0)[:, None] * (inside.T @ target)))


def _power(values: Floats) -> Floats:
    """Return values^{-1/2}, and 0 for 0: a cluster that alone decides a coefficient leaves no
    residual there (pseudo-inverse)."""
    solid = values > FULL_LEVERAGE
    return np.where(solid, np.where(solid, values, 1.0) ** -0.5, 0.0)
