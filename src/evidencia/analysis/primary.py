"""The comparison of arms, by the kind of outcome: what a good trial statistician would do first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from evidencia.analysis.cells import Cells, cells
from evidencia.analysis.collect import Collector
from evidencia.analysis.question import Question
from evidencia.analysis.resampled import BY_METHOD
from evidencia.counts import firth, gee, ordinal_gee, standardise, two_proportions
from evidencia.estimate import Effect, Role
from evidencia.mixed import LMM, ancova, lmm, mmrm
from evidencia.words import Refusal

Numbers = npt.NDArray[np.float64]


def compare(asked: Question, found: Collector, is_primary: bool) -> None:
    """Compare every arm with the control at every wave.

    Continuous outcomes by MMRM (one wave: ANCOVA; clusters assigned: mixed model with random
    intercepts of person and cluster); binary, count and ordinal ones by GEE wave by wave, read as
    a difference of shares or means. Where the plan names a cluster method, the last wave's
    primary is that one.
    """
    chosen = asked.plan.inference.cluster_method
    if chosen not in (None, "mixed"):
        _by_cluster_method(asked, found, is_primary, str(chosen))
        if asked.outcome.primary:
            _by_model_beside(asked, found)
    elif asked.outcome.kind != "continuous":
        _by_gee(asked, found, is_primary)
    elif asked.cluster is not None:
        _by_mixed(asked, found, is_primary)
    elif asked.y.shape[1] == 1:
        _by_ancova(asked, found, is_primary)
    else:
        _by_mmrm(asked, found, is_primary)


def role(asked: Question, at: int, is_primary: bool) -> Role:
    """Say what a number at this wave may be used for: one wave, the last, is primary."""
    return "primary" if is_primary and at == asked.y.shape[1] - 1 else "secondary"


def _keep(
    asked: Question,
    found: Collector,
    is_primary: bool,
    method: str,
    effects: Iterator[tuple[str, int, Callable[[], Effect]]],
) -> None:
    for arm, at, effect in effects:
        e = found.attempt(asked, method, effect)
        if e is not None:
            contrast = f"{arm} vs {asked.arms[0]}"
            found.add(asked, method, contrast, asked.wave(at), role(asked, at, is_primary), e)


def _by_mmrm(asked: Question, found: Collector, is_primary: bool) -> None:
    fit = found.attempt(
        asked,
        "mmrm",
        lambda: mmrm(
            asked.y,
            asked.arm,
            control=asked.arms[0],
            baseline=asked.baseline,
            covariates=asked.x if asked.x.shape[1] else None,
            weights=asked.weights,
            df=asked.plan.inference.df,
            level=asked.level,
            wave_names=list(asked.waves),
        ),
    )
    if fit is None:
        return
    there = [(arm, at) for arm in asked.arms[1:] for at in fit.waves]
    effects = ((arm, at, partial(fit.contrast, arm, at)) for arm, at in there)
    _keep(asked, found, is_primary, "mmrm", effects)


def _by_ancova(asked: Question, found: Collector, is_primary: bool) -> None:
    fit = found.attempt(
        asked,
        "ancova",
        lambda: ancova(
            asked.y[:, 0],
            asked.labels,
            control=asked.arms[0],
            covariates=asked.adjusted if asked.adjusted.shape[1] else None,
            weights=asked.weights,
            level=asked.level,
        ),
    )
    if fit is not None:
        effects = ((arm, 0, partial(fit.contrast, arm)) for arm in asked.arms[1:])
        _keep(asked, found, is_primary, "ancova", effects)


def _by_mixed(asked: Question, found: Collector, is_primary: bool) -> None:
    """Random intercepts of person and cluster; a cell mean for every arm at every wave."""
    n_waves = asked.y.shape[1]
    unit, wave = np.nonzero(np.isfinite(asked.y))
    at_wave = np.eye(n_waves)[wave]
    columns = [np.ones(unit.size), *at_wave.T[1:]]
    place: dict[tuple[str, int], int] = {}
    for arm in asked.arms[1:]:
        for at in range(n_waves):
            place[arm, at] = len(columns)
            columns.append(asked.treated(arm)[unit] * at_wave[:, at])
    if asked.baseline is not None:
        centred = asked.baseline - asked.baseline.mean()
        columns += [centred[unit] * at_wave[:, at] for at in range(n_waves)]
    design = np.column_stack([*columns, asked.x[unit]])
    groups = [asked.units[unit]] if n_waves > 1 else []
    if asked.cluster is not None:
        groups.append(asked.cluster[unit])
    fit = found.attempt(
        asked,
        "mixed",
        lambda: lmm(
            asked.y[unit, wave],
            design,
            groups,
            df="satterthwaite" if asked.plan.inference.df == "satterthwaite" else "kenward_roger",
            level=asked.level,
        ),
    )
    if fit is not None:
        people = int(np.unique(unit).size)
        effects = (
            (arm, at, partial(_coefficient, fit, c, people)) for (arm, at), c in place.items()
        )
        _keep(asked, found, is_primary, "mixed", effects)


def _by_model_beside(asked: Question, found: Collector) -> None:
    """Add the model that the plan did not choose, at the last wave, as a check."""
    beside = Collector(found.cancelled)
    (_by_mixed if asked.outcome.kind == "continuous" else _by_gee)(asked, beside, True)
    for one in beside.estimates:
        if one.role == "primary":
            found.estimates.append(replace(one, role="sensitivity"))
    for caution in beside.cautions:
        found.caution(caution.note, asked, caution.method)


def _coefficient(fit: LMM, which: int, people: int) -> Effect:
    return replace(fit.coefficient(which), n_units=people)


def _computed(
    compute: Callable[[Question, Cells], Effect], asked: Question, arm: str, at: int
) -> Effect:
    return compute(asked, cells(asked, arm, at))


def _by_cluster_method(asked: Question, found: Collector, is_primary: bool, method: str) -> None:
    compute = BY_METHOD[method]
    there = [(arm, at) for arm in asked.arms[1:] for at in range(asked.y.shape[1])]
    effects = ((arm, at, partial(_computed, compute, asked, arm, at)) for arm, at in there)
    _keep(asked, found, is_primary, method, effects)


# --- Binary, count, ordinal --------------------------------------------------------------------


def _by_gee(asked: Question, found: Collector, is_primary: bool) -> None:
    for arm in asked.arms[1:]:
        contrast = f"{arm} vs {asked.arms[0]}"
        for at in range(asked.y.shape[1]):
            here = found.attempt(asked, "gee", partial(cells, asked, arm, at))
            if here is None:
                continue
            names = (contrast, asked.wave(at))
            kept = role(asked, at, is_primary)
            if asked.outcome.kind == "ordinal":
                e = found.attempt(asked, "ordinal_gee", partial(_ordinal, asked, here))
                if e is not None:
                    found.add(asked, "ordinal_gee", *names, kept, e)
                continue
            both = found.attempt(asked, "gee", partial(_difference_and_ratio, asked, here))
            if both is not None:
                found.add(asked, "gee", *names, kept, both[0])
                found.add(asked, "gee_ratio", *names, "descriptive", both[1])
            elif asked.outcome.kind == "binary":
                _without_a_model(asked, found, here, names, kept)


def _difference_and_ratio(asked: Question, here: Cells) -> tuple[Effect, Effect]:
    fit = gee(
        here.y,
        here.design,
        here.cluster,
        family="binomial" if asked.outcome.kind == "binary" else "poisson",
        correlation="exchangeable" if here.clustered else "independence",
        weights=here.weights,
    )
    level, n = asked.level, here.y.size
    difference = standardise(fit, 0, measure="difference", level=level, n_units=n)
    return _people(difference, here), _people(fit.effect(0, level=level, n_units=n), here)


def _ordinal(asked: Question, here: Cells) -> Effect:
    fit = ordinal_gee(here.y, here.design, here.cluster, weights=here.weights)
    return _people(fit.effect(0, level=asked.level, n_units=here.y.size), here)


def _people(effect: Effect, here: Cells) -> Effect:
    """Say nothing of clusters where each person was his own: the study has none."""
    if here.clustered:
        return effect
    notes = tuple(note for note in effect.notes if note.code != "counts.few_clusters")
    return replace(effect, n_clusters=None, notes=notes)


def _without_a_model(
    asked: Question, found: Collector, here: Cells, names: tuple[str, str | None], kept: Role
) -> None:
    """Where logistic regression has no finite answer: penalised, and at last the plain shares."""
    if here.clustered:
        # Neither of the two knows of clusters; nothing honest is left to say.
        return
    try:
        fit = firth(here.y, here.design)
        e = standardise(fit, 0, measure="difference", level=asked.level, n_units=here.y.size)
        found.add(asked, "firth", *names, kept, e)
    except Refusal:
        e2 = found.attempt(
            asked,
            "two_proportions",
            lambda: two_proportions(here.y, here.treated, level=asked.level),
        )
        if e2 is not None:
            found.add(asked, "two_proportions", *names, kept, e2)
