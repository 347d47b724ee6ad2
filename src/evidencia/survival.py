"""Kaplan–Meier: the share still there after each time, when not all are followed to the end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evidencia.attendance import FEW
from evidencia.intervals import normal_quantile
from evidencia.words import Note, Refusal

# A curve at exactly one half is computed as a product of fractions and may miss it by rounding.
_HALF = 0.5 + 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class KaplanMeier:
    """The product-limit estimate, with pointwise intervals.

    Attributes
    ----------
    n
        People.
    n_events
        People with the event.
    time
        float64, shape (n_times,). The distinct times of events and censorings, ascending, in
        the unit given (for :func:`evidencia.departure`, meetings).
    n_at_risk
        int64, shape (n_times,). Under observation just before each time.
    n_event, n_censored
        int64, shape (n_times,). Events and censorings at each time.
    survival
        float64, shape (n_times,). S(t): probability of having no event up to and including t.
        Before the first time it is 1.
    se
        float64, shape (n_times,). Greenwood's standard error of S(t). 0 where S is 0 or 1,
        the limit of the formula: read the interval there, not the error.
    ci_low, ci_high
        float64, shape (n_times,). Pointwise interval on the log(−log) scale, in [0, 1]; for the
        two defined exceptions see :func:`kaplan_meier`. Not a band for the whole curve.
    level
        Confidence level.
    median
        Smallest time with S(t) ≤ 1/2; None when the curve does not get there.
    median_ci_low, median_ci_high
        Interval of Brookmeyer & Crowley: the times at which 1/2 lies inside the interval of S.
        None where that interval has no end within what was observed.
    notes
        What must be read beside the curve.
    """

    n: int
    n_events: int
    time: NDArray[np.float64]
    n_at_risk: NDArray[np.int64]
    n_event: NDArray[np.int64]
    n_censored: NDArray[np.int64]
    survival: NDArray[np.float64]
    se: NDArray[np.float64]
    ci_low: NDArray[np.float64]
    ci_high: NDArray[np.float64]
    level: float
    median: float | None
    median_ci_low: float | None
    median_ci_high: float | None
    notes: tuple[Note, ...]


def kaplan_meier(
    time: ArrayLike,
    event: ArrayLike,
    entry: ArrayLike | None = None,
    level: float = 0.95,
) -> KaplanMeier:
    """Estimate the survival curve from right-censored, possibly late-entered, times.

    Parameters
    ----------
    time
        Shape (n,), ≥ 0. When each person had the event, or was last known not to have had it.
        At ties events come before censorings: a person censored at t had no event at t.
    event
        Shape (n,), True or 1 for an event, False or 0 for a censoring.
    entry
        Shape (n,), or None when all are observed from the start. A person is at risk at t when
        entry < t ≤ time, so an entry equal to the time is refused; for an event at 0 use a
        negative entry.
    level
        Confidence level of the pointwise intervals.

    Returns
    -------
    KaplanMeier
        The curve at each distinct time.

    Raises
    ------
    Refusal
        If there are no people.
    ValueError
        If shapes disagree, a time is negative or not finite, an event is not 0 or 1, or an
        entry is not before its time.

    Notes
    -----
    With d_i events among n_i at risk at t_i, S(t) = Π (1 − d_i / n_i) and Greenwood's variance
    is S(t)² Σ d_i / (n_i (n_i − d_i)). The interval is S^exp(±z σ / log S), σ² being Greenwood's
    sum, which stays inside [0, 1] (Kalbfleisch & Prentice).

    Two places where that formula is 0/0 have a defined answer instead of NaN:

    - *S = 1, no event yet.* Upper limit 1. Lower limit (α/2)^(1/m), m the smallest number at
      risk so far: the exact limit of Clopper & Pearson for 0 events in m, conservative because
      everybody beyond m is left out.
    - *S = 0.* Lower limit 0. The upper limit is carried on from the time before: S cannot rise,
      so a limit that covered then still covers. If there was no event before, everybody at risk
      had it at once, and the exact limit 1 − (α/2)^(1/n) for 0 survivors in n is used.

    The median is the smallest time with S ≤ 1/2. R's ``survfit`` reports the middle of the step
    when the curve runs level at exactly 1/2; there, and only there, the two differ.

    References
    ----------
    Kaplan, E. L. & Meier, P. (1958). *JASA* 53, 457–481.
    Greenwood, M. (1926). *Reports on Public Health and Medical Subjects* 33, HMSO.
    Kalbfleisch, J. D. & Prentice, R. L. (2002). *The Statistical Analysis of Failure Time
    Data*, 2nd ed., §1.4. Wiley.
    Brookmeyer, R. & Crowley, J. (1982). *Biometrics* 38, 29–41.
    Clopper, C. J. & Pearson, E. S. (1934). *Biometrika* 26, 404–413.
    """
    z = normal_quantile(level)
    t, delta, start = _checked(time, event, entry)
    if t.size == 0:
        raise Refusal(Note.of("refusal.nobody_followed"))
    grid, place = np.unique(t, return_inverse=True)
    d = np.bincount(place[delta], minlength=grid.size)
    c = np.bincount(place[~delta], minlength=grid.size)
    n = _at_risk(grid, t, start)
    survival = np.cumprod((n - d) / n, dtype=np.float64)
    # Once the curve is at 0 the sum no longer matters; the 1 only keeps the division defined.
    greenwood = np.cumsum(d / (n * np.where(n > d, n - d, 1)), dtype=np.float64)
    sigma = np.sqrt(greenwood)
    low, high = _log_log(survival, sigma, z)
    _fill_ends(survival, n, d, (1.0 - level) / 2.0, low, high)
    median, median_low, median_high = _median(grid, survival, low, high)
    return KaplanMeier(
        n=t.size,
        n_events=int(d.sum()),
        time=grid,
        n_at_risk=n,
        n_event=d,
        n_censored=c,
        survival=survival,
        se=survival * sigma,
        ci_low=low,
        ci_high=high,
        level=level,
        median=median,
        median_ci_low=median_low,
        median_ci_high=median_high,
        notes=_notes(t, grid, d, survival, median),
    )


def _checked(
    time: ArrayLike, event: ArrayLike, entry: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    t = np.asarray(time, dtype=np.float64)
    given = np.asarray(event)
    start = np.full(t.shape, -np.inf) if entry is None else np.asarray(entry, dtype=np.float64)
    if t.ndim != 1 or given.shape != t.shape or start.shape != t.shape:
        raise ValueError(
            f"time, event and entry hold one number per person; their shapes are {t.shape}, "
            f"{given.shape} and {start.shape}."
        )
    if not np.isfinite(t).all() or (t < 0).any():
        raise ValueError(
            "time holds finite numbers from 0 upwards. Leave out people whose time is not known "
            "and say how many they are."
        )
    if given.size and not np.isin(given, (0, 1)).all():
        raise ValueError("event is 1 (it happened) or 0 (not known to have happened) for each.")
    if np.isnan(start).any() or (start >= t).any():
        person = int(np.flatnonzero(~(start < t))[0])
        raise ValueError(
            f"Person {person} enters at {start[person]:g}, not before the time {t[person]:g}: "
            "nothing was observed. Leave such people out, or correct the entry."
        )
    return t, given.astype(bool), start


def _at_risk(
    grid: NDArray[np.float64], t: NDArray[np.float64], start: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return how many have entry < g ≤ time at each g, shape (n_times,)."""
    reached = t.size - np.searchsorted(np.sort(t), grid, side="left")
    not_yet_in = t.size - np.searchsorted(np.sort(start), grid, side="left")
    return (reached - not_yet_in).astype(np.int64)


def _log_log(
    survival: NDArray[np.float64], sigma: NDArray[np.float64], z: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    inside = (survival > 0.0) & (survival < 1.0)
    s = np.where(inside, survival, 0.5)
    spread = np.exp(z * sigma / -np.log(s))
    return np.where(inside, s**spread, survival), np.where(inside, s ** (1.0 / spread), survival)


def _fill_ends(
    survival: NDArray[np.float64],
    n: NDArray[np.int64],
    d: NDArray[np.int64],
    tail: float,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> None:
    """Give the interval, in place, where the log(−log) scale has none: at S = 1 and S = 0."""
    whole = d.cumsum() == 0
    low[whole] = tail ** (1.0 / np.minimum.accumulate(n)[whole])
    zero = np.flatnonzero(survival == 0.0)
    if zero.size:
        first = zero[0]
        at_once = first == 0 or whole[first - 1]
        high[first:] = 1.0 - tail ** (1.0 / n[first]) if at_once else high[first - 1]


def _median(
    grid: NDArray[np.float64],
    survival: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> tuple[float | None, float | None, float | None]:
    # Before the first event nobody has left, so no such time is a candidate for the median.
    left = survival < 1.0
    found: list[float | None] = []
    for limit in (survival, low, high):
        there = np.flatnonzero(left & (limit <= _HALF))
        found.append(float(grid[there[0]]) if there.size else None)
    return found[0], found[1], found[2]


def _notes(
    t: NDArray[np.float64],
    grid: NDArray[np.float64],
    d: NDArray[np.int64],
    survival: NDArray[np.float64],
    median: float | None,
) -> tuple[Note, ...]:
    notes: list[Note] = []
    if t.size < FEW:
        notes.append(Note.of("few_people", n=t.size))
    if not d.any():
        notes.append(Note.of("survival.no_events"))
    elif median is None:
        notes.append(Note.of("survival.no_median"))
    zero = np.flatnonzero(survival == 0.0)
    if zero.size:
        at = float(grid[zero[0]])
        later = int((t > at).sum())
        notes.append(
            Note.of("survival.zero_too_soon", time=at, n=later)
            if later
            else Note.of("survival.reached_zero", time=at)
        )
    return tuple(notes)
