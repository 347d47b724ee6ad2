"""One arm: a change over time, and the warning that nobody knows what caused it."""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt

from evidencia.analysis.collect import Collector
from evidencia.analysis.question import Question
from evidencia.estimate import Effect, Role
from evidencia.mixed import mmrm
from evidencia.words import Note, Refusal

Numbers = npt.NDArray[np.float64]


def change(asked: Question, found: Collector, first: str) -> None:
    """Add the change since the start at every wave, labelled as no comparison.

    Continuous outcomes by MMRM of all waves with the baseline among them, its error by leaving out
    one circle (where the plan names them) or one person at a time; the others by the mean change
    of those with both answers.
    """
    alone = Note.of("analysis.no_comparison")
    if asked.baseline is None:
        found.caution(Note.of("analysis.no_start"), asked, "change")
        return
    found.caution(alone, asked, "change")
    by_model = _by_model(asked, found) if asked.outcome.kind == "continuous" else None
    for at in range(asked.y.shape[1]):
        names = (f"{asked.waves[at] or 'after'} vs {first}", asked.wave(at))
        paired = found.attempt(asked, "complete_case", partial(_paired, asked, at))
        modelled = by_model[at] if by_model else None
        main = modelled or paired
        if main is None:
            continue
        found.add(asked, "change", *names, "descriptive", main.with_notes(alone))
        if at == asked.y.shape[1] - 1:
            _beside(asked, found, names, paired if modelled else None)


def _by_model(asked: Question, found: Collector) -> list[Effect | None] | None:
    known = asked.start
    if known is None or asked.y.shape[1] < 1:
        return None
    fit = found.attempt(
        asked,
        "mmrm",
        lambda: mmrm(
            np.column_stack([known, asked.y]),
            covariates=asked.x if asked.x.shape[1] else None,
            weights=asked.weights,
            df=asked.plan.inference.df,
            error="jackknife",
            group=None if asked.cluster is None else asked.cluster.astype(str),
            level=asked.level,
        ),
    )
    if fit is None:
        return None
    return [
        found.attempt(asked, "mmrm", partial(fit.change, fit.arms[0], at + 1, 0))
        if at + 1 in fit.waves
        else None
        for at in range(asked.y.shape[1])
    ]


def _beside(
    asked: Question, found: Collector, names: tuple[str, str | None], paired: Effect | None
) -> None:
    role: Role = "sensitivity"
    if paired is not None:
        found.add(asked, "complete_case", *names, role, paired)
    if np.isnan(asked.y[:, -1]).any():
        effect = found.attempt(asked, "returns_to_baseline", partial(_unchanged, asked))
        if effect is not None:
            found.add(asked, "returns_to_baseline", *names, role, effect)


def _paired(asked: Question, at: int) -> Effect:
    return _mean(asked, _differences(asked, at))


def _unchanged(asked: Question) -> Effect:
    """Everybody who did not answer is as at the start: the change of those lost is 0."""
    if asked.start is None:
        raise Refusal(Note.of("analysis.no_start"))
    change_ = np.where(np.isfinite(asked.start), _differences(asked, -1), np.nan)
    known = np.where(np.isfinite(asked.start) & np.isnan(change_), 0.0, change_)
    return _mean(asked, known)


def _differences(asked: Question, at: int) -> Numbers:
    if asked.start is None:
        raise Refusal(Note.of("analysis.no_start"))
    return np.asarray(asked.y[:, at] - asked.start, dtype=np.float64)


def _mean(asked: Question, values: Numbers) -> Effect:
    """Mean with Student's t; by cluster means where people came in groups."""
    rows = np.isfinite(values)
    known = values[rows]
    groups = None
    if asked.cluster is not None:
        labels, place = np.unique(asked.cluster[rows].astype(str), return_inverse=True)
        groups = int(labels.size)
        known = np.bincount(place, weights=known) / np.bincount(place)
    if known.size < 2:
        raise Refusal(Note.of("analysis.too_few_pairs", n=int(known.size)))
    se = float(known.std(ddof=1)) / float(np.sqrt(known.size))
    if se == 0:
        raise Refusal(Note.of("analysis.all_the_same"))
    n = int(rows.sum())
    return Effect.of(
        float(known.mean()),
        se,
        df=float(known.size - 1),
        n_units=n,
        n_obs=n,
        n_clusters=groups,
        level=asked.level,
    )
