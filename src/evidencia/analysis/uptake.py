"""Those who came: described, and compared only where chance had a say."""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt

from evidencia.analysis.collect import Collector
from evidencia.analysis.question import Question, arms_first, independent
from evidencia.compliance import cace, dose_response
from evidencia.estimate import Effect

Flags = npt.NDArray[np.bool_]


def uptake(asked: Question, found: Collector) -> None:
    """Add the effect on those who came because they were assigned, and the dose–response slope.

    The first only where chance decided; the second is descriptive always: those who come more
    are others.
    """
    if asked.dose is None or asked.outcome.kind == "time_to_event":
        return
    known = np.isfinite(asked.y[:, -1]) & np.isfinite(asked.dose)
    groups = [(arm, contrast, known & asked.pair(arm)) for arm, contrast in asked.contrasts]
    for arm, contrast, rows in groups:
        if asked.plan.study.randomised:
            effect = found.attempt(asked, "cace", partial(_cace, asked, arm, rows))
            if effect is not None:
                found.add(asked, "cace", contrast, asked.wave(-1), "sensitivity", effect)
    name = str(asked.plan.data.dose)
    for group, rows in _with_sessions(asked, known):
        effect = found.attempt(asked, "dose_response", partial(_slope, asked, rows))
        if effect is not None:
            contrast = f"{name} + 1" if group is None else f"{name} + 1 ({group})"
            names = (contrast, asked.wave(-1))
            found.add(asked, "dose_response", *names, "descriptive", effect)


def _with_sessions(asked: Question, known: Flags) -> list[tuple[str | None, Flags]]:
    """Return the arms where sessions were attended, one by one."""
    dose = np.nan_to_num(np.asarray(asked.dose, dtype=np.float64))
    if not asked.arms:
        return [(None, known)] if (dose[known] > 0).any() else []
    groups: list[tuple[str | None, Flags]] = []
    for arm in asked.arms:
        rows = known & asked.treated(arm)
        if (dose[rows] > 0).any():
            groups.append((arm, rows))
    return groups


def _labels(asked: Question, rows: Flags) -> npt.NDArray[np.str_] | None:
    return None if asked.cluster is None else asked.cluster[rows].astype(str)


def _cace(asked: Question, arm: str, rows: Flags) -> Effect:
    x = independent(asked.adjusted[rows])
    arms_first([asked.treated(arm)[rows].astype(np.float64)], x)  # somebody in both, or no number
    return cace(
        asked.y[rows, -1],
        (np.asarray(asked.dose)[rows] > 0).astype(np.float64),
        asked.treated(arm)[rows].astype(np.float64),
        covariates=x if x.shape[1] else None,
        cluster=_labels(asked, rows),
        level=asked.level,
    ).effect


def _slope(asked: Question, rows: Flags) -> Effect:
    x = independent(asked.adjusted[rows])
    return dose_response(
        asked.y[rows, -1],
        np.asarray(asked.dose)[rows],
        covariates=x if x.shape[1] else None,
        cluster=_labels(asked, rows),
        level=asked.level,
    ).slope
