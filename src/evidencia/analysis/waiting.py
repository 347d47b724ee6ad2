"""How long one group waited for something: the share that had it by a day, and half of them.

Kaplan–Meier, because who came late was not seen for as long as the others: until then she counts.
"""

from __future__ import annotations

from functools import partial
from math import inf
from typing import Final

import numpy as np

from evidencia.analysis.collect import Collector
from evidencia.analysis.question import Question
from evidencia.estimate import Effect
from evidencia.levels import HALF, WITHIN
from evidencia.survival import KaplanMeier, kaplan_meier
from evidencia.words import Note, Refusal

# A month and three, for times in days.
BY: Final = (30.0, 90.0)


def waiting(asked: Question, found: Collector) -> None:
    """Add the share with the event by each of `BY`, and the median, with their intervals.

    Who has no time is missing: not in the curve, and counted beside it.
    """
    if asked.event is None:
        raise ValueError("A time to an event needs its event.")
    time, event = asked.y[:, 0], asked.event
    known = np.isfinite(time) & np.isfinite(event)
    curve = found.attempt(
        asked,
        WITHIN,
        lambda: kaplan_meier(time[known], event[known], level=asked.level),
    )
    if curve is None:
        return
    wanted = [(WITHIN, f"≤ {by:g}", partial(share_by, curve, by)) for by in BY]
    for method, contrast, compute in [*wanted, (HALF, "50 %", partial(median, curve))]:
        effect = found.attempt(asked, method, compute)
        if effect is not None:
            found.add(asked, method, contrast, None, "descriptive", effect)


def share_by(curve: KaplanMeier, by: float) -> Effect:
    """Return the share with the event by `by`.

    Raises
    ------
    Refusal
        If nobody was followed for so long, and not all had it before.
    """
    at = int(np.searchsorted(curve.time, by, side="right")) - 1
    if curve.time[-1] < by and curve.survival[-1] > 0:
        raise Refusal(Note.of("waiting.not_followed", time=by))
    if at < 0:
        # Nobody had it yet: what the exact limit says of all who were seen so long.
        return _effect(curve, 0.0, None, (0.0, 1.0 - float(_none_of(curve))), by)
    share = 1.0 - float(curve.survival[at])
    limits = (1.0 - float(curve.ci_high[at]), 1.0 - float(curve.ci_low[at]))
    return _effect(curve, share, float(curve.se[at]), limits, by)


def median(curve: KaplanMeier) -> Effect:
    """Return the time by which half had it.

    Raises
    ------
    Refusal
        If fewer than half had it while they were seen.
    """
    if curve.median is None:
        raise Refusal(Note.of("waiting.no_median"))
    low, high = curve.median_ci_low, curve.median_ci_high
    limits = (0.0 if low is None else low, inf if high is None else high)
    return _effect(curve, curve.median, None, limits, curve.median)


def _none_of(curve: KaplanMeier) -> float:
    return float(((1.0 - curve.level) / 2.0) ** (1.0 / curve.n))


def _effect(
    curve: KaplanMeier, value: float, se: float | None, limits: tuple[float, float], by: float
) -> Effect:
    """Of how many it is known how they stood on that day is `n_obs`; the others came too late."""
    censored = int(curve.n_censored[curve.time < by].sum())
    return Effect(
        estimate=value,
        se=se,
        df=None,
        ci_low=limits[0],
        ci_high=limits[1],
        p=None,
        n_units=curve.n,
        n_obs=curve.n - censored,
        level=curve.level,
    )
