"""Times to an event: hazard ratios, and the log-rank test that assumes less."""

from __future__ import annotations

from functools import partial
from math import sqrt

import numpy as np
import numpy.typing as npt

from evidencia.analysis.collect import Collector
from evidencia.analysis.question import Question, arms_first
from evidencia.estimate import Effect, Role
from evidencia.hazards import cox, discrete_hazard, log_rank, proportional_hazards
from evidencia.words import Note, Refusal, p_value

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def times(asked: Question, found: Collector, is_primary: bool) -> None:
    """Cox (Efron) with its check of proportional hazards; beside it log-rank and discrete time."""
    role: Role = "primary" if is_primary else "secondary"
    for arm, contrast in asked.contrasts:
        rows = asked.pair(arm) & np.isfinite(asked.y[:, 0]) & np.isfinite(_event(asked))
        for method, its, compute in (
            ("cox", role, _cox),
            ("log_rank", "sensitivity", _log_rank),
            ("discrete_hazard", "sensitivity", _discrete),
        ):
            if method == "discrete_hazard" and not _is_discrete(asked.y[rows, 0]):
                continue
            effect = found.attempt(asked, method, partial(compute, asked, arm, rows))
            if effect is not None:
                found.add(asked, method, contrast, None, its, effect)


def _event(asked: Question) -> Numbers:
    if asked.event is None:
        raise ValueError("A time to an event needs its event.")
    return asked.event


def _is_discrete(time: Numbers) -> bool:
    """Whether the times are few whole numbers from 1, such as sessions or months."""
    whole = bool(time.size) and bool((time == np.floor(time)).all()) and bool(time.min() >= 1)
    return whole and np.unique(time).size <= 60


def _design(asked: Question, arm: str, rows: Flags) -> tuple[Numbers, list[str]]:
    treated = asked.treated(arm)[rows].astype(np.float64)
    x = arms_first([treated], asked.x[rows])
    return x, ["arm", *(f"x{at}" for at in range(1, x.shape[1]))]


def _clusters(asked: Question, rows: Flags) -> npt.NDArray[np.str_] | None:
    return None if asked.cluster is None else asked.cluster[rows].astype(str)


def _cox(asked: Question, arm: str, rows: Flags) -> Effect:
    x, names = _design(asked, arm, rows)
    fit = cox(
        asked.y[rows, 0],
        _event(asked)[rows],
        x,
        names=names,
        cluster=_clusters(asked, rows),
        level=asked.level,
    )
    effect = fit.effect("arm")
    try:
        p = float(proportional_hazards(fit).p_values[0])
    except Refusal:
        return effect
    if p < 1 - asked.level:
        return effect.with_notes(Note.of("analysis.not_proportional", p=p_value(p)))
    return effect


def _log_rank(asked: Question, arm: str, rows: Flags) -> Effect:
    """Peto's one-step hazard ratio, whose test is the log-rank test."""
    arms_first([asked.treated(arm)[rows].astype(np.float64)], asked.x[rows])
    group = np.where(asked.treated(arm)[rows], "1", "0")
    event = _event(asked)[rows]
    found = log_rank(asked.y[rows, 0], event, group)
    place = found.groups.index("1")
    variance = float(found.variance[place, place])
    if variance <= 0:
        raise Refusal(Note.of("analysis.all_the_same"))
    gap = float(found.observed[place] - found.expected[place])
    return Effect.of(
        gap / variance,
        1 / sqrt(variance),
        n_units=int(rows.sum()),
        n_obs=int(rows.sum()),
        level=asked.level,
        scale="log",
        notes=found.notes,
    )


def _discrete(asked: Question, arm: str, rows: Flags) -> Effect:
    x, names = _design(asked, arm, rows)
    fit = discrete_hazard(
        asked.y[rows, 0],
        _event(asked)[rows],
        x,
        names=names,
        cluster=_clusters(asked, rows),
        level=asked.level,
    )
    return fit.effect("arm")
