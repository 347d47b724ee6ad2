"""How far from the data's prediction the missing values must lie to change the conclusion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from evidencia.estimate import Effect
from evidencia.missing.ancova import completed_design, least_squares, refuse_flat
from evidencia.missing.imputations import Imputations
from evidencia.missing.inputs import Array, Mask, arm_codes, covariate_matrix, mask, place_of
from evidencia.missing.rubin import Analysis, Pooled, analyse, pool
from evidencia.words import Note

Shift = Literal["treated", "control", "both"]
# A tipping point is found to this share of the grid's own width.
_PRECISION = 1e-6
_HALVINGS = 60


@dataclass(frozen=True, slots=True, eq=False)
class TippingPoint:
    """The effect at each shift of the imputed values, and where the conclusion changes.

    Attributes
    ----------
    deltas
        float64, shape (d,), ascending, in the outcome's own units.
    effects
        One per delta.
    tipping
        The shift nearest to 0 at which "p < 1 − level" changes; None where it does not within
        the grid.
    crossings
        Every shift at which it changes, ascending.
    significant_at_zero
        Whether p < 1 − level without shift.
    notes
        What must be read beside it.
    """

    deltas: Array
    effects: tuple[Effect, ...]
    tipping: float | None
    crossings: tuple[float, ...]
    significant_at_zero: bool
    notes: tuple[Note, ...]


def tipping_point(
    imputations: Imputations,
    arm: npt.ArrayLike,
    *,
    control: object,
    treated: object,
    deltas: npt.ArrayLike,
    shift: Shift = "treated",
    covariates: npt.ArrayLike | None = None,
    wave: int = -1,
    baseline_wave: int | None = None,
    level: float = 0.95,
) -> TippingPoint:
    """Shift the imputed values of a wave by each delta and compare the arms by ANCOVA.

    The estimate is linear in delta and the residual sum of squares quadratic, so the models are
    fitted once and any number of deltas, and the search between them, costs next to nothing.

    Parameters
    ----------
    control, treated
        Labels; the contrast is treated − control.
    deltas
        Shape (d,), in the outcome's units; 0 need not be among them.
    shift
        Whose imputed values move.
    covariates, wave, baseline_wave, level
        As in :func:`evidencia.missing.analyse_ancova`.

    Returns
    -------
    TippingPoint

    Raises
    ------
    Refusal, ValueError
        As :func:`evidencia.missing.analyse_ancova`.

    References
    ----------
    Carpenter, J. R. & Kenward, M. G. (2013). *Multiple Imputation and its Application*, ch. 10.
    Yan, X., Lee, S. & Li, N. (2009). Missing data handling methods in medical device clinical
    trials. *J Biopharm Stat* 19, 1085–1098 (tipping point).
    """
    n = imputations.imputed.shape[0]
    arms, codes = arm_codes(arm, n)
    base, other = place_of(control, arms, "control"), place_of(treated, arms, "treated")
    if base == other:
        raise ValueError("treated and control are the same arm.")
    moved = {
        "treated": codes == other,
        "control": codes == base,
        "both": np.isin(codes, (base, other)),
    }
    if shift not in moved:
        raise ValueError(f"shift is treated, control or both, not {shift}.")
    design = completed_design(
        imputations, codes, len(arms), base, covariate_matrix(covariates, n), baseline_wave
    )
    place = other - (other > base)
    where = moved[shift] & imputations.imputed[:, wave]
    effect_at = _ancova_effects(imputations, design, len(arms) - 1, place, where, wave, level)
    return _search(effect_at, np.asarray(deltas, dtype=np.float64), level, bool(where.any()))


def _ancova_effects(
    imputations: Imputations,
    design: Array,
    k: int,
    place: int,
    where: Mask,
    wave: int,
    level: float,
) -> Callable[[float], Pooled]:
    outcome = imputations.completed[:, :, wave]
    fit = least_squares(outcome, design, k)
    moved = least_squares(
        np.broadcast_to(where.astype(np.float64), (len(design), len(where))), design, k
    )
    refuse_flat(fit.residuals, outcome)
    squares = np.einsum("mn,mn->m", fit.residuals, fit.residuals)
    crossed = np.einsum("mn,mn->m", fit.residuals, np.broadcast_to(moved.residuals, outcome.shape))
    lever = np.einsum("mn,mn->m", moved.residuals, moved.residuals)
    n_obs = int((~imputations.imputed[:, wave]).sum())

    def effect_at(delta: float) -> Pooled:
        rss = np.maximum(squares + 2 * delta * crossed + delta**2 * lever, 0.0)
        return pool(
            fit.contrasts[:, place] + delta * moved.contrasts[:, place],
            fit.unscaled[:, place] * rss / fit.df,
            df_complete=fit.df,
            n_units=len(where),
            n_obs=n_obs,
            level=level,
            notes=imputations.notes,
        )[0]

    return effect_at


def tipping_point_of(
    imputations: Imputations,
    analysis: Analysis,
    *,
    deltas: npt.ArrayLike,
    rows: npt.ArrayLike | None = None,
    wave: int = -1,
    contrast: int = 0,
    df_complete: float | None = None,
    n_units: int,
    n_obs: int,
    n_clusters: int | None = None,
    level: float = 0.95,
) -> TippingPoint:
    """Do the same with any complete-data analysis; each delta costs m analyses.

    Parameters
    ----------
    analysis
        Takes a completed matrix (n, T), gives k estimates and their k variances.
    rows
        bool (n,): whose imputed values move; None for everybody's.
    wave
        Index of the wave that moves.
    contrast
        Which of the k estimates.

    Returns
    -------
    TippingPoint
    """
    n = imputations.imputed.shape[0]
    chosen = np.ones(n, dtype=np.bool_) if rows is None else mask(rows, n, "rows")

    def effect_at(delta: float) -> Pooled:
        return analyse(
            imputations.shifted(delta, chosen, [wave]),
            analysis,
            df_complete=df_complete,
            n_units=n_units,
            n_obs=n_obs,
            n_clusters=n_clusters,
            level=level,
        )[contrast]

    any_moved = bool((chosen & imputations.imputed[:, wave]).any())
    return _search(effect_at, np.asarray(deltas, dtype=np.float64), level, any_moved)


def _search(
    effect_at: Callable[[float], Pooled], deltas: Array, level: float, any_moved: bool
) -> TippingPoint:
    if deltas.ndim != 1 or deltas.size == 0 or not np.isfinite(deltas).all():
        raise ValueError("deltas need one finite number or more, in one dimension.")
    grid = np.unique(deltas)
    effects = {float(d): effect_at(float(d)).effect for d in grid}
    zero = effects[0.0] if 0.0 in effects else effect_at(0.0).effect
    points = sorted({**effects, 0.0: zero}.items())
    crossings = tuple(
        _bisect(effect_at, low, high, level)
        for (low, a), (high, b) in pairwise(points)
        if _clear(a, level) != _clear(b, level)
    )
    nearest = min(crossings, key=abs, default=None)
    return TippingPoint(
        grid,
        tuple(effects[float(d)] for d in grid),
        nearest,
        crossings,
        _clear(zero, level),
        _notes(grid, nearest, any_moved),
    )


def _notes(grid: Array, tipping: float | None, any_moved: bool) -> tuple[Note, ...]:
    if not any_moved:
        return (Note.of("missing.nothing_to_shift"),)
    if tipping is None:
        return (Note.of("missing.no_tipping", low=float(grid[0]), high=float(grid[-1])),)
    return (Note.of("missing.tipping", delta=float(f"{tipping:.3g}")),)


def _clear(effect: Effect, level: float) -> bool:
    return effect.p is not None and effect.p < 1 - level


def _bisect(effect_at: Callable[[float], Pooled], low: float, high: float, level: float) -> float:
    before = _clear(effect_at(low).effect, level)
    width = high - low
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _clear(effect_at(middle).effect, level) == before:
            low = middle
        else:
            high = middle
        if high - low <= _PRECISION * width:
            break
    return (low + high) / 2
