"""Rubin's rules: one answer from many completed data sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

from evidencia.estimate import Effect, Scale
from evidencia.missing.imputations import Imputations
from evidencia.missing.inputs import Array
from evidencia.words import Note, Refusal

Analysis = Callable[[Array], tuple[npt.ArrayLike, npt.ArrayLike]]


@dataclass(frozen=True, slots=True)
class Pooled:
    """A pooled effect, and how much of its doubt comes from what is missing.

    Attributes
    ----------
    effect
        Estimate, standard error √T, Barnard and Rubin's degrees of freedom.
    m
        Imputations.
    within, between, total
        W̄, B and T = W̄ + (1 + 1/m) B, in squared units of the estimate.
    relative_increase
        r = (1 + 1/m) B / W̄, how much the missing values widen the variance.
    fraction_missing
        Fraction of the information that is missing, (r + 2/(ν + 3)) / (r + 1), in [0, 1].
    """

    effect: Effect
    m: int
    within: float
    between: float
    total: float
    relative_increase: float
    fraction_missing: float


def barnard_rubin(m: int, share: float, df_complete: float) -> float:
    """Return the degrees of freedom of a pooled estimate.

    Parameters
    ----------
    m
        Imputations.
    share
        λ = (1 + 1/m) B / T, the share of the variance that is due to what is missing.
    df_complete
        Degrees of freedom had nothing been missing; inf for the normal.

    References
    ----------
    Barnard, J. & Rubin, D. B. (1999). Small-sample degrees of freedom with multiple
    imputation. *Biometrika* 86, 948–955.
    """
    old = inf if share <= 0.0 else (m - 1) / share**2
    if df_complete == inf:
        return old
    observed = (df_complete + 1) / (df_complete + 3) * df_complete * (1 - share)
    return observed if old == inf else old * observed / (old + observed)


def pool(
    estimates: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    df_complete: float | None = None,
    n_units: int,
    n_obs: int,
    n_clusters: int | None = None,
    level: float = 0.95,
    scale: Scale = "identity",
    notes: tuple[Note, ...] = (),
) -> tuple[Pooled, ...]:
    """Pool m estimates of each of k quantities.

    Parameters
    ----------
    estimates, variances
        Shape (m, k), or (m,) for one quantity; variances are squared standard errors.
    df_complete
        Degrees of freedom of the analysis had nothing been missing; None for the normal.

    Returns
    -------
    tuple of Pooled
        k of them. Where all m estimates are equal (nothing was imputed), the answer is the
        complete-data one, degrees of freedom included.

    Raises
    ------
    Refusal
        If an estimate has no variance.
    ValueError
        If shapes disagree, m < 2, or a number is not finite.

    References
    ----------
    Rubin, D. B. (1987). *Multiple Imputation for Nonresponse in Surveys*. Wiley.
    """
    q, u = np.asarray(estimates, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    if q.ndim == 1:
        q, u = q[:, None], u[:, None] if u.ndim == 1 else u
    if q.shape != u.shape or q.ndim != 2:
        raise ValueError(f"estimates {q.shape} and variances {u.shape} must both be (m, k).")
    if q.shape[0] < 2:
        raise ValueError("Rubin's rules need at least two imputations.")
    if not (np.isfinite(q).all() and np.isfinite(u).all() and (u >= 0).all()):
        raise ValueError("Every estimate must be finite and every variance finite and not below 0.")
    df = inf if df_complete is None else float(df_complete)
    return tuple(
        _pool_one(q[:, j], u[:, j], df, (n_units, n_obs, n_clusters), level, scale, notes)
        for j in range(q.shape[1])
    )


def _pool_one(
    q: Array,
    u: Array,
    df_complete: float,
    counts: tuple[int, int, int | None],
    level: float,
    scale: Scale,
    notes: tuple[Note, ...],
) -> Pooled:
    m = q.size
    within = float(u.mean())
    same = bool((q == q[0]).all())
    between = 0.0 if same else float(q.var(ddof=1))
    extra = (1 + 1 / m) * between
    total = within + extra
    if total <= 0.0:
        raise Refusal(Note.of("missing.no_variance"))
    df = df_complete if same else barnard_rubin(m, extra / total, df_complete)
    increase = extra / within if within > 0.0 else inf
    fraction = _fraction(increase, df) if extra else 0.0
    effect = Effect.of(
        float(q[0] if same else q.mean()),
        float(np.sqrt(total)),
        df=None if df == inf else df,
        n_units=counts[0],
        n_obs=counts[1],
        n_clusters=counts[2],
        level=level,
        scale=scale,
        notes=notes,
    )
    return Pooled(effect, m, within, between, total, increase, fraction)


def _fraction(increase: float, df: float) -> float:
    return 1.0 if increase == inf else (increase + 2 / (df + 3)) / (increase + 1)


def analyse(
    imputations: Imputations,
    analysis: Analysis,
    *,
    df_complete: float | None = None,
    n_units: int,
    n_obs: int,
    n_clusters: int | None = None,
    level: float = 0.95,
    scale: Scale = "identity",
) -> tuple[Pooled, ...]:
    """Run any complete-data analysis on every completed data set, and pool.

    Parameters
    ----------
    analysis
        Takes a completed matrix (n, T), gives k estimates and their k variances.

    Returns
    -------
    tuple of Pooled
        k of them, with the imputations' notes.
    """
    answers = [analysis(completed) for completed in imputations.completed]
    return pool(
        np.array([np.atleast_1d(np.asarray(q, dtype=np.float64)) for q, _ in answers]),
        np.array([np.atleast_1d(np.asarray(u, dtype=np.float64)) for _, u in answers]),
        df_complete=df_complete,
        n_units=n_units,
        n_obs=n_obs,
        n_clusters=n_clusters,
        level=level,
        scale=scale,
        notes=imputations.notes,
    )
