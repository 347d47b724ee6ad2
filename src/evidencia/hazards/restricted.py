"""Restricted mean survival time: how long without the event, on average, up to a horizon."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evidencia.estimate import Effect
from evidencia.hazards._rows import times_and_events
from evidencia.survival import kaplan_meier
from evidencia.words import Note, Refusal

FEW_EVENTS = 5
"""Fewer events in an arm and a normal interval of its mean is not trusted."""


@dataclass(frozen=True, slots=True)
class Rmst:
    """The mean time without the event up to a horizon.

    Attributes
    ----------
    horizon
        τ, in the unit of time.
    effect
        The mean with its interval; no p value, since nothing is compared.
    n, n_events
        People, and events up to the horizon.
    notes
        What must be read beside the number.
    """

    horizon: float
    effect: Effect
    n: int
    n_events: int
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class RmstDifference:
    """Two restricted means and their difference.

    Attributes
    ----------
    effect
        Treated − control, in the unit of time.
    treated, control
        The mean of each arm.
    horizon
        τ, in the unit of time.
    notes
        What must be read beside the number.
    """

    effect: Effect
    treated: Rmst
    control: Rmst
    horizon: float
    notes: tuple[Note, ...]


def rmst(time: ArrayLike, event: ArrayLike, horizon: float, *, level: float = 0.95) -> Rmst:
    """Return the mean time without the event up to a horizon.

    Parameters
    ----------
    time, event
        Shape (n,). As in :func:`evidencia.kaplan_meier`.
    horizon
        τ > 0, in the unit of time.
    level
        Confidence level.

    Returns
    -------
    Rmst
        The area under the Kaplan–Meier curve up to τ.

    Raises
    ------
    Refusal
        Without people; without events before τ (no variance); when nobody was followed to τ and
        the curve had not reached 0: nobody knows what happened after.
    ValueError
        If τ is not positive.

    Notes
    -----
    μ(τ) = ∫₀^τ S(t) dt, with variance Σ A_i² d_i / (n_i (n_i − d_i)), A_i the area from t_i to
    τ (Greenwood's formula carried through the integral).

    References
    ----------
    Royston, P. & Parmar, M. (2011). *Stat. Med.* 30, 2409–2421.
    Uno, H. et al. (2014). *J. Clin. Oncol.* 32, 2380–2385.
    """
    t, delta = times_and_events(time, event)
    if t.size == 0:
        raise Refusal(Note.of("refusal.nobody_followed"))
    if not (np.isfinite(horizon) and horizon > 0):
        raise ValueError(f"The horizon is a positive time, not {horizon}.")
    curve = kaplan_meier(t, delta)
    if horizon > t.max() and curve.survival[-1] > 0:
        raise Refusal(
            Note.of("hazards.horizon_too_far", horizon=float(horizon), last=float(t.max()))
        )
    inside = curve.time <= horizon
    knots = np.concatenate([[0.0], curve.time[inside], [horizon]])
    level_of = np.concatenate([[1.0], curve.survival[inside]])
    pieces = np.diff(knots) * level_of
    mean = float(pieces.sum())
    se = _error(pieces, curve.n_event[inside], curve.n_at_risk[inside])
    events = int(curve.n_event[inside].sum())
    if se <= 0:
        raise Refusal(Note.of("hazards.no_variance", n=t.size, horizon=float(horizon)))
    notes = () if events >= FEW_EVENTS else (Note.of("hazards.few_events_mean", events=events),)
    base = Effect.of(mean, se, n_units=t.size, n_obs=t.size, level=level, notes=notes)
    effect = Effect(
        estimate=mean,
        se=se,
        df=None,
        ci_low=max(0.0, base.ci_low),
        ci_high=min(float(horizon), base.ci_high),
        p=None,
        n_units=t.size,
        n_obs=t.size,
        level=level,
        notes=notes,
    )
    return Rmst(float(horizon), effect, t.size, events, notes)


def _error(pieces: NDArray[np.float64], d: NDArray[np.int64], n: NDArray[np.int64]) -> float:
    after = pieces[::-1].cumsum()[::-1][1:]
    left = np.where(n > d, n - d, 1)
    return float(np.sqrt((after**2 * d / (n * left)).sum()))


def rmst_difference(
    time: ArrayLike,
    event: ArrayLike,
    arm: ArrayLike,
    *,
    treated: object,
    control: object,
    horizon: float | None = None,
    level: float = 0.95,
) -> RmstDifference:
    """Return the difference of two arms in mean time without the event up to a horizon.

    It needs no proportional hazards, which makes it the number to show when they do not hold.

    Parameters
    ----------
    time, event
        Shape (n,). As in :func:`evidencia.kaplan_meier`.
    arm
        Shape (n,). Labels; people of other arms are left out.
    treated, control
        The two labels compared.
    horizon
        τ; where None, the shorter of the two longest follow-ups. Set it in the plan, before
        looking: a horizon chosen afterwards can be chosen to please.
    level
        Confidence level.

    Returns
    -------
    RmstDifference
        Treated − control, in the unit of time.

    Raises
    ------
    Refusal
        As :func:`rmst`, for either arm; when an arm has nobody.
    ValueError
        If shapes disagree.
    """
    t, delta = times_and_events(time, event)
    label = np.asarray(arm)
    if label.shape != t.shape:
        raise ValueError(f"arm holds one label per person, shape {t.shape}, not {label.shape}.")
    chosen = [label == treated, label == control]
    for who, name in zip(chosen, (treated, control), strict=True):
        if not who.any():
            raise Refusal(Note.of("hazards.empty_arm", arm=str(name)))
    shared = horizon is None
    tau = min(float(t[who].max()) for who in chosen) if horizon is None else float(horizon)
    one, two = (rmst(t[who], delta[who], tau, level=level) for who in chosen)
    notes = one.notes + tuple(note for note in two.notes if note not in one.notes)
    if shared:
        notes += (Note.of("hazards.horizon_from_data", horizon=tau),)
    effect = Effect.of(
        one.effect.estimate - two.effect.estimate,
        float(np.hypot(_se(one), _se(two))),
        n_units=one.n + two.n,
        n_obs=one.n + two.n,
        level=level,
        notes=notes,
    )
    return RmstDifference(effect, one, two, tau, notes)


def _se(mean: Rmst) -> float:
    if mean.effect.se is None:
        raise ValueError("A restricted mean always has a standard error.")
    return mean.effect.se
