"""What was observed, before any model: who there was, who stayed, and the means."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

import numpy as np
import numpy.typing as npt

from evidencia.designs import Design, Outcome
from evidencia.estimate import quantile
from evidencia.frames import Covariate, Frame, Series
from evidencia.intervals import wilson
from evidencia.results import (
    Attrition,
    AttritionRow,
    Baseline,
    BaselineDifference,
    BaselineRow,
    Flow,
    FlowArm,
    FlowStep,
    LeaverRow,
    MeanPoint,
    RetentionCurve,
)

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def _arms(frame: Frame) -> Iterator[tuple[str | None, Flags]]:
    if not frame.arms:
        yield None, np.ones(frame.n, dtype=np.bool_)
    for arm in frame.arms:
        yield arm, frame.in_arm(arm)


def follows(frame: Frame, design: Design) -> bool:
    """Whether the same people are asked again, so that somebody can be lost."""
    if not design.repeated:
        return False
    again = any(one.asked.sum(axis=1).max(initial=0) > 1 for one in frame.series)
    return again or design.name != "stepped_wedge"


def flow(frame: Frame, followed: bool) -> Flow:
    """Count units, clusters and answers by arm, informant and wave.

    Everybody is expected at every wave where people are followed; otherwise those who were asked.
    """
    arms = tuple(_flow_arm(frame, arm, rows) for arm, rows in _arms(frame))
    steps = tuple(
        step
        for one in frame.series
        for arm, rows in _arms(frame)
        for step in _steps(one, arm, rows & one.present, followed)
    )
    return Flow(arms, steps)


def _flow_arm(frame: Frame, arm: str | None, rows: Flags) -> FlowArm:
    if frame.cluster is None:
        return FlowArm(arm, int(rows.sum()))
    clusters = set(frame.cluster[rows])
    answered = np.zeros(frame.n, dtype=np.bool_)
    for one in frame.series:
        answered |= np.isfinite(one.values[:, list(one.after)]).any(axis=1)
    kept = set(frame.cluster[rows & answered])
    return FlowArm(arm, int(rows.sum()), len(clusters), len(clusters - kept))


def _steps(one: Series, arm: str | None, rows: Flags, followed: bool) -> Iterator[FlowStep]:
    seen = np.isfinite(one.values[rows])
    for at in range(seen.shape[1]):
        before = seen[:, :at] if followed else np.ones((len(seen), 0), dtype=np.bool_)
        skipped = ~before.all(axis=1)
        expected = rows if followed else rows & one.asked[:, at]
        yield FlowStep(
            arm=arm,
            informant=one.informant,
            outcome=one.outcome,
            wave=one.wave(at),
            n_expected=int(expected.sum()),
            n_observed=int(seen[:, at].sum()),
            n_returned=int((seen[:, at] & skipped).sum()),
        )


# --- Baseline ----------------------------------------------------------------------------------


def _variables(frame: Frame) -> Iterator[tuple[str, Covariate, Flags]]:
    """Covariates, and each outcome's baseline as each informant gave it."""
    everybody = np.ones(frame.n, dtype=np.bool_)
    for covariate in frame.covariates:
        yield covariate.name, covariate, everybody
    for one in frame.series:
        if one.baseline is not None:
            name = one.outcome if one.informant is None else f"{one.outcome} ({one.informant})"
            yield name, Covariate(name, values=one.baseline), one.present


def baseline(frame: Frame) -> Baseline:
    """Describe the arms at the start, with standardised differences instead of tests."""
    rows: list[BaselineRow] = []
    differences: list[BaselineDifference] = []
    groups = [*_arms(frame), (None, np.ones(frame.n, dtype=np.bool_))]
    for name, variable, present in _variables(frame):
        for arm, who in groups if frame.arms else groups[:1]:
            rows += _baseline_rows(name, variable, arm, who & present)
        for arm in frame.arms[1:]:
            treated = frame.in_arm(arm) & present
            others = frame.in_arm(frame.arms[0]) & present
            contrast = f"{arm} vs {frame.arms[0]}"
            differences += [
                BaselineDifference(name, level, contrast, _standardised(v[treated], v[others]))
                for level, v in _levels(variable)
            ]
    return Baseline(tuple(rows), tuple(differences))


def _levels(variable: Covariate) -> list[tuple[str | None, Numbers]]:
    """Return the variable as numbers, or each of its categories as 0, 1 and NaN."""
    if variable.values is not None:
        return [(None, variable.values)]
    labels = variable.categories
    if labels is None:
        return []
    known = np.array([label is not None for label in labels])
    levels = sorted({str(label) for label in labels[known]})
    return [(level, np.where(known, labels == level, np.nan).astype(float)) for level in levels]


def _baseline_rows(
    name: str, variable: Covariate, arm: str | None, who: Flags
) -> Iterator[BaselineRow]:
    for level, values in _levels(variable):
        mine = values[who]
        known = mine[np.isfinite(mine)]
        n, missing = int(known.size), int(mine.size - known.size)
        if level is None:
            mean = float(known.mean()) if n else None
            sd = float(known.std(ddof=1)) if n > 1 else None
            yield BaselineRow(name, None, arm, n, missing, mean, sd)
        else:
            share = float(known.mean()) if n else None
            yield BaselineRow(name, level, arm, n, missing, count=int(known.sum()), share=share)


def _standardised(one: Numbers, other: Numbers) -> float | None:
    a, b = one[np.isfinite(one)], other[np.isfinite(other)]
    if a.size < 2 or b.size < 2:
        return None
    spread = sqrt((float(a.var(ddof=1)) + float(b.var(ddof=1))) / 2)
    return float(a.mean() - b.mean()) / spread if spread > 0 else None


# --- Attrition ---------------------------------------------------------------------------------


def attrition(frame: Frame, level: float) -> Attrition:
    """Count those lost by the last wave, and compare them with those who stayed."""
    rows: list[AttritionRow] = []
    leavers: list[LeaverRow] = []
    for one in frame.series:
        there = np.isfinite(one.values[:, -1])
        for arm, who in _arms(frame):
            n, lost = int((who & one.present).sum()), int((who & one.present & ~there).sum())
            if n:
                low, high = wilson(lost, n, level)
                names = (one.outcome, one.informant, arm, one.wave(-1))
                rows.append(AttritionRow(*names, n, lost, lost / n, low, high))
        leavers += _leavers(frame, one, there)
    return Attrition(tuple(rows), tuple(leavers))


def _leavers(frame: Frame, one: Series, there: Flags) -> Iterator[LeaverRow]:
    groups = [(None, np.ones(frame.n, dtype=np.bool_)), *(_arms(frame) if frame.arms else ())]
    own = f"{one.outcome} ({one.informant})" if one.informant else one.outcome
    for name, variable, _ in _variables(frame):
        if variable.values is not None and name not in (own, *_names(frame)):
            continue
        for level, values in _levels(variable):
            for arm, who in groups:
                known = who & one.present & np.isfinite(values)
                stayed, left = values[known & there], values[known & ~there]
                if stayed.size and left.size:
                    yield LeaverRow(
                        outcome=one.outcome,
                        informant=one.informant,
                        arm=arm,
                        variable=name,
                        level=level,
                        n_stayed=int(stayed.size),
                        n_left=int(left.size),
                        mean_stayed=float(stayed.mean()),
                        mean_left=float(left.mean()),
                        difference=_standardised(left, stayed),
                    )


def _names(frame: Frame) -> tuple[str, ...]:
    return tuple(covariate.name for covariate in frame.covariates)


# --- Over time ---------------------------------------------------------------------------------


def retention(frame: Frame, level: float) -> tuple[RetentionCurve, ...]:
    """Return, per arm that had sessions, the share who came to more than each number of them."""
    if frame.dose is None:
        return ()
    curves = []
    for arm, who in _arms(frame):
        dose = frame.dose[who & np.isfinite(frame.dose)]
        if not dose.size or not (dose > 0).any():
            continue
        n = int(dose.size)
        times = np.unique(np.concatenate([[0.0], dose]))[:-1]
        more = [int((dose > time).sum()) for time in times]
        limits = [wilson(count, n, level) for count in more]
        curves.append(
            RetentionCurve(
                arm=arm,
                n=n,
                time=tuple(float(time) for time in times),
                share=tuple(count / n for count in more),
                ci_low=tuple(low for low, _ in limits),
                ci_high=tuple(high for _, high in limits),
            )
        )
    return tuple(curves)


def means(frame: Frame, outcomes: tuple[Outcome, ...], level: float) -> tuple[MeanPoint, ...]:
    """Return the observed mean of each outcome, arm, informant and wave."""
    kinds = {outcome.name: outcome.kind for outcome in outcomes}
    points = []
    for one in frame.series:
        if kinds[one.outcome] == "time_to_event":
            continue
        for arm, who in _arms(frame):
            for at in range(one.values.shape[1]):
                column = one.values[who, at]
                known = column[np.isfinite(column)]
                if known.size:
                    low, high = _interval(known, kinds[one.outcome] == "binary", level)
                    names = (one.outcome, one.informant, arm, one.wave(at) or "")
                    points.append(
                        MeanPoint(*names, int(known.size), float(known.mean()), low, high)
                    )
    return tuple(points)


def _interval(
    known: Numbers, is_binary: bool, level: float
) -> tuple[float, float] | tuple[None, None]:
    if is_binary:
        return wilson(int(known.sum()), int(known.size), level)
    if known.size < 2:
        return None, None
    n = int(known.size)
    half = quantile(level, n - 1) * float(known.std(ddof=1)) / sqrt(n)
    return float(known.mean()) - half, float(known.mean()) + half
