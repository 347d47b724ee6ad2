"""Random-effects meta-analysis: several studies, and how much they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import Literal

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

from evidencia.estimate import Effect, Scale, quantile
from evidencia.words import Note, Refusal

Floats = NDArray[np.float64]
Method = Literal["reml", "paule_mandel"]

FEW_STUDIES = 5
"""Below it the spread between studies is hardly known (IntHout, Ioannidis & Borm 2014)."""


@dataclass(frozen=True, slots=True, eq=False)
class MetaAnalysis:
    """The mean of several studies and their spread.

    Attributes
    ----------
    effect
        The mean, with t on k − 1 and the error of Hartung & Knapp where asked for.
    tau2, tau2_low, tau2_high
        Variance between studies with its interval (Q profile); `tau2_high` may be inf.
    i2
        Share of the variance that lies between studies, 0 to 1.
    q, q_df, q_p
        Cochran's test that the studies do not differ.
    prediction_low, prediction_high
        Where the effect of a new study may lie; None for two studies.
    weights
        float64, shape (k,). They add up to 1.
    names
        Names of the k studies.
    method
        ``"reml"`` or ``"paule_mandel"``.
    k
        Studies.
    notes
        What must be read beside the numbers.
    """

    effect: Effect
    tau2: float
    tau2_low: float
    tau2_high: float
    i2: float
    q: float
    q_df: int
    q_p: float
    prediction_low: float | None
    prediction_high: float | None
    weights: Floats
    names: tuple[str, ...]
    method: Method
    k: int
    notes: tuple[Note, ...]


def meta_analysis(
    estimates: ArrayLike,
    ses: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    method: Method = "reml",
    hartung_knapp: bool = True,
    scale: Scale = "identity",
    level: float = 0.95,
    n_units: int | None = None,
) -> MetaAnalysis:
    """Combine the estimates of several studies.

    Parameters
    ----------
    estimates, ses
        Shape (k,). Estimates and standard errors; logarithms for ratios.
    names
        k names; ``1``, ``2``… where None.
    method
        How τ² is found: restricted maximum likelihood or Paule & Mandel.
    hartung_knapp
        Whether the error takes in that τ² is estimated. Without it the normal distribution.
    scale
        ``"log"`` for ratios.
    level
        Confidence level.
    n_units
        People in all studies together; where None, the effect counts studies.

    Returns
    -------
    MetaAnalysis
        Mean, spread, prediction interval.

    Raises
    ------
    Refusal
        With fewer than two studies.
    ValueError
        If shapes disagree, or an error is not positive and finite.

    Notes
    -----
    With w_i = 1 / (s_i² + τ²), the mean is Σ w y / Σ w and the variance of Hartung & Knapp is
    Σ w (y − μ)² / ((k − 1) Σ w). Where that is below 1 / Σ w, which happens by chance with few
    studies, the wider of the two is used and a note says so (Röver, Knapp & Friede 2015). The
    prediction interval is μ ± t_{k−2} √(τ² + se²) (Higgins, Thompson & Spiegelhalter 2009).

    References
    ----------
    Viechtbauer, W. (2005). *J. Educ. Behav. Stat.* 30, 261–293; (2007) *Stat. Med.* 26, 37–52.
    Paule, R. & Mandel, J. (1982). *J. Res. NBS* 87, 377–385.
    Hartung, J. & Knapp, G. (2001). *Stat. Med.* 20, 3875–3889.
    Röver, C., Knapp, G. & Friede, T. (2015). *BMC Med. Res. Methodol.* 15, 99.
    Higgins, J., Thompson, S. & Spiegelhalter, D. (2009). *JRSS A* 172, 137–159.
    """
    y, v, called = _checked(estimates, ses, names)
    if method not in ("reml", "paule_mandel"):
        raise ValueError(f"method is reml or paule_mandel, not {method!r}.")
    k = y.size
    tau2 = _reml(y, v) if method == "reml" else _solve_q(y, v, float(k - 1))
    w = 1 / (v + tau2)
    mean = float(w @ y / w.sum())
    plain = 1 / sqrt(float(w.sum()))
    knapp = sqrt(float(w @ (y - mean) ** 2) / ((k - 1) * float(w.sum())))
    se = max(knapp, plain) if hartung_knapp else plain
    q = _q(y, v, 0.0)
    tail = (1 - level) / 2
    notes = _notes(k, hartung_knapp and knapp < (1 - 1e-9) * plain)
    effect = Effect.of(
        mean,
        se,
        df=k - 1 if hartung_knapp else None,
        n_units=k if n_units is None else n_units,
        n_obs=k,
        level=level,
        scale=scale,
        notes=notes,
    )
    half = quantile(level, k - 2) * sqrt(tau2 + se**2) if k > 2 else None
    return MetaAnalysis(
        effect=effect,
        tau2=tau2,
        tau2_low=_solve_q(y, v, float(scipy.special.chdtri(k - 1, tail))),
        tau2_high=_solve_q(y, v, float(scipy.special.chdtri(k - 1, 1 - tail))),
        i2=tau2 / (tau2 + _typical(v)),
        q=q,
        q_df=k - 1,
        q_p=float(scipy.special.chdtrc(k - 1, q)),
        prediction_low=None if half is None else mean - half,
        prediction_high=None if half is None else mean + half,
        weights=w / w.sum(),
        names=called,
        method=method,
        k=k,
        notes=notes,
    )


def _checked(
    estimates: ArrayLike, ses: ArrayLike, names: Sequence[str] | None
) -> tuple[Floats, Floats, tuple[str, ...]]:
    y, se = (np.asarray(side, dtype=np.float64) for side in (estimates, ses))
    if y.ndim != 1 or y.shape != se.shape:
        raise ValueError(f"estimates and ses hold one number per study: {y.shape}, {se.shape}.")
    if not np.isfinite(y).all() or not np.isfinite(se).all() or (se <= 0).any():
        raise ValueError("Estimates are finite and standard errors positive and finite.")
    called = tuple(str(k + 1) for k in range(y.size)) if names is None else tuple(names)
    if len(called) != y.size:
        raise ValueError(f"names holds {y.size} names, one per study.")
    if y.size < 2:
        raise Refusal(Note.of("measures.one_study", n=int(y.size)))
    return y, se**2, called


def _q(y: Floats, v: Floats, tau2: float) -> float:
    w = 1 / (v + tau2)
    return float(w @ (y - w @ y / w.sum()) ** 2)


def _solve_q(y: Floats, v: Floats, target: float) -> float:
    """Return τ² ≥ 0 at which the generalised Q is `target`; Q falls as τ² grows."""
    if _q(y, v, 0.0) <= target:
        return 0.0
    if target <= 0:
        return inf
    high = float(np.var(y)) + float(v.max())
    while _q(y, v, high) > target:
        high *= 2
    return float(
        scipy.optimize.brentq(lambda t: _q(y, v, t) - target, 0.0, high, xtol=1e-300, rtol=1e-14)
    )


def _score(y: Floats, v: Floats, tau2: float) -> float:
    """Return twice the slope of the restricted log likelihood in τ²."""
    w = 1 / (v + tau2)
    total = float(w.sum())
    mean = w @ y / total
    return float(w**2 @ (y - mean) ** 2) - total + float(w @ w) / total


def _restricted(y: Floats, v: Floats, tau2: float) -> float:
    w = 1 / (v + tau2)
    return float(0.5 * np.log(w).sum() - 0.5 * np.log(w.sum()) - 0.5 * _q(y, v, tau2))


def _reml(y: Floats, v: Floats) -> float:
    """Return the highest of 0 and the roots of the score, found on a grid and refined."""
    top = 100 * (float(np.var(y)) + float(v.max()))
    grid = np.concatenate([[0.0], np.geomspace(1e-8 * top, top, 400)])
    w = 1 / (v + grid[:, None])
    total = w.sum(axis=1)
    rest = y - ((w @ y) / total)[:, None]
    slope = (w**2 * rest**2).sum(axis=1) - total + (w**2).sum(axis=1) / total
    falls = [i for i in range(grid.size - 1) if slope[i] > 0 >= slope[i + 1]]
    found = [0.0]
    for i in falls:
        low, high = float(grid[i]), float(grid[i + 1])
        found.append(
            float(
                scipy.optimize.brentq(lambda t: _score(y, v, t), low, high, xtol=1e-300, rtol=1e-14)
            )
        )
    return max(found, key=lambda t: _restricted(y, v, t))


def _typical(v: Floats) -> float:
    """Return the typical variance within studies of Higgins & Thompson (2002)."""
    w = 1 / v
    return float((v.size - 1) * w.sum() / (w.sum() ** 2 - w @ w))


def _notes(k: int, widened: bool) -> tuple[Note, ...]:
    notes: list[Note] = []
    if k < FEW_STUDIES:
        notes.append(Note.of("measures.few_studies", n=k))
    if widened:
        notes.append(Note.of("measures.knapp_widened"))
    return tuple(notes)
