"""One person's change: more than the measure's own error, or in counts stopped or less."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evidencia.intervals import Share, normal_quantile, share
from evidencia.words import Note, Refusal

LOW_RELIABILITY = 0.7
"""Nunnally, J. (1978). *Psychometric Theory*, 2nd ed., p. 245."""


@dataclass(frozen=True, slots=True, eq=False)
class ReliableChange:
    """Who changed by more than the measure's own error.

    Attributes
    ----------
    change, index
        float64, shape (n,). After − before in points, and divided by `se_difference`; only of
        people with both scores, in the order given.
    threshold
        Points from which a change is reliable.
    se_difference, sd, reliability
        S_diff = SD √2 √(1 − r), and its ingredients.
    n, n_missing
        People with both scores; people who lack one.
    better, same, worse
        Shares of people with both scores.
    notes
        What must be read beside the numbers.
    """

    change: NDArray[np.float64]
    index: NDArray[np.float64]
    threshold: float
    se_difference: float
    sd: float
    reliability: float
    n: int
    n_missing: int
    better: Share
    same: Share
    worse: Share
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CountChange:
    """What became of a count, for outcomes that are often zero.

    Attributes
    ----------
    categories
        str, shape (n,). ``stopped``, ``reduced``, ``same``, ``worse`` for people with a count
        above 0 before; ``none`` (0 and 0) and ``started`` (0, then more) for the others.
    n, n_missing
        People with both counts; people who lack one.
    n_before, n_none, n_started
        People with more than 0 before; with 0 and 0; with 0 and then more.
    stopped, reduced, same, worse
        Shares of the `n_before` people; None where there are none.
    notes
        What must be read beside the numbers.
    """

    categories: NDArray[np.str_]
    n: int
    n_missing: int
    n_before: int
    n_none: int
    n_started: int
    stopped: Share | None
    reduced: Share | None
    same: Share | None
    worse: Share | None
    notes: tuple[Note, ...]


def reliable_change(
    before: ArrayLike,
    after: ArrayLike,
    *,
    reliability: float,
    sd: float | None = None,
    lower_is_better: bool = True,
    level: float = 0.95,
) -> ReliableChange:
    """Return who changed by more than the measurement error of the scale.

    Parameters
    ----------
    before, after
        Shape (n,). Scores; NaN is "not measured".
    reliability
        r, published test–retest reliability (or α), strictly between 0 and 1.
    sd
        Published standard deviation before; where None, that of `before` here.
    lower_is_better
        Whether a lower score is the better one.
    level
        Confidence level; 0.95 is the usual |RCI| > 1.96.

    Returns
    -------
    ReliableChange
        Index, threshold and shares.

    Raises
    ------
    Refusal
        If nobody has both scores, or the scores do not vary.
    ValueError
        If shapes disagree or the reliability is not strictly between 0 and 1.

    Notes
    -----
    RCI = (x₂ − x₁) / (SD √2 √(1 − r)). It judges error of measurement, not importance; and
    without a comparison group it does not say what the change is due to.

    References
    ----------
    Jacobson, N. & Truax, P. (1991). *J. Consult. Clin. Psychol.* 59, 12–19.
    """
    if not 0 < reliability < 1:
        raise ValueError(f"A reliability lies strictly between 0 and 1, not {reliability}.")
    one, two, missing = _both(before, after)
    if one.size == 0:
        raise Refusal(Note.of("measures.nobody_twice", missing=missing))
    notes = []
    if sd is None:
        every = np.asarray(before, dtype=np.float64)
        every = every[~np.isnan(every)]
        spread = float(every.std(ddof=1)) if every.size > 1 else 0.0
        notes.append(Note.of("measures.sd_from_data", sd=round(spread, 3)))
    else:
        spread = float(sd)
    if not spread > 0:
        raise Refusal(Note.of("measures.no_variance"))
    if reliability < LOW_RELIABILITY:
        notes.append(Note.of("measures.low_reliability", reliability=float(reliability)))
    error = spread * sqrt(2) * sqrt(1 - reliability)
    z = normal_quantile(level)
    change = two - one
    index = change / error
    gain = -index if lower_is_better else index
    better, worse = int((gain > z).sum()), int((gain < -z).sum())
    n = int(change.size)
    return ReliableChange(
        change=change,
        index=index,
        threshold=z * error,
        se_difference=error,
        sd=spread,
        reliability=float(reliability),
        n=n,
        n_missing=missing,
        better=share(better, n, level=level),
        same=share(n - better - worse, n, level=level),
        worse=share(worse, n, level=level),
        notes=tuple(notes),
    )


def count_change(before: ArrayLike, after: ArrayLike, *, level: float = 0.95) -> CountChange:
    """Return how many stopped, reduced, stayed the same or got worse.

    Parameters
    ----------
    before, after
        Shape (n,). Whole numbers ≥ 0; NaN is "not answered".
    level
        Confidence level of the shares.

    Returns
    -------
    CountChange
        Shares of those with more than 0 before. Those with 0 before are counted apart: they
        cannot stop, and a 0 may be silence.

    Raises
    ------
    Refusal
        If nobody has both counts.
    ValueError
        If shapes disagree or a count is not a whole number from 0 upwards.

    Notes
    -----
    A reliable change index supposes roughly normal scores and says nothing about counts with
    many zeros; categories do. Without a comparison group part of the fall is regression to the
    mean: people often join after their worst months.
    """
    one, two, missing = _both(before, after)
    if one.size == 0:
        raise Refusal(Note.of("measures.nobody_twice", missing=missing))
    both = np.concatenate([one, two])
    if (both < 0).any() or (both != np.floor(both)).any():
        raise ValueError("Counts are whole numbers from 0 upwards.")
    had = one > 0
    names = np.select(
        [~had & (two == 0), ~had, two == 0, two < one, two == one],
        ["none", "started", "stopped", "reduced", "same"],
        "worse",
    )
    n_before = int(had.sum())

    def of(name: str) -> Share | None:
        return share(int((names == name).sum()), n_before, level=level) if n_before else None

    notes = [] if n_before else [Note.of("measures.nobody_before")]
    if (names == "started").any():
        notes.append(Note.of("measures.some_started", n=int((names == "started").sum())))
    return CountChange(
        categories=names,
        n=int(one.size),
        n_missing=missing,
        n_before=n_before,
        n_none=int((names == "none").sum()),
        n_started=int((names == "started").sum()),
        stopped=of("stopped"),
        reduced=of("reduced"),
        same=of("same"),
        worse=of("worse"),
        notes=tuple(notes),
    )


def _both(
    before: ArrayLike, after: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
    one, two = (np.asarray(side, dtype=np.float64) for side in (before, after))
    if one.ndim != 1 or one.shape != two.shape:
        raise ValueError(f"before and after hold one number per person: {one.shape}, {two.shape}.")
    if np.isinf(one).any() or np.isinf(two).any():
        raise ValueError("before and after hold an infinite number.")
    whole = ~(np.isnan(one) | np.isnan(two))
    return one[whole], two[whole], int((~whole).sum())
