"""Where clusters (or people) were assigned by chance: what rests on the assignment itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from evidencia.analysis.cells import Cells, cells
from evidencia.analysis.collect import Collector
from evidencia.analysis.question import Question, arms_first, independent
from evidencia.clusters import cluster_means, least_squares, randomisation_test, wild_bootstrap
from evidencia.estimate import Effect

Numbers = npt.NDArray[np.float64]


def robust(asked: Question, here: Cells) -> Effect:
    """Least squares of individuals, blocks absorbed, CR2 with Satterthwaite's degrees."""
    design = arms_first([here.treated], here.x)
    fit = least_squares(here.y, design, here.labels, blocks=here.block, weights=here.weights)
    return fit.effect(0, level=asked.level, n_units=here.y.size)


def bootstrapped(asked: Question, here: Cells) -> Effect:
    """Wild cluster bootstrap of the same coefficient."""
    design = arms_first([here.treated], here.x)
    return wild_bootstrap(
        here.y,
        design,
        here.cluster,
        blocks=here.block,
        weights=here.weights,
        draws=asked.plan.inference.permutations,
        seed=asked.seed("wild_bootstrap"),
        level=asked.level,
        n_units=here.y.size,
    ).effect


def averaged(asked: Question, here: Cells) -> Effect:
    """Least squares of cluster means: one cluster, one voice."""
    return cluster_means(
        here.y,
        here.treated,
        here.cluster,
        strata=here.block,
        covariates=here.x if here.x.shape[1] else None,
        level=asked.level,
    )


def rerandomised(asked: Question, here: Cells) -> Effect:
    """Randomisation inference: on cluster means where clusters were assigned, within blocks."""
    rows = clusters_as_rows(here) if here.clustered else here
    effect = randomisation_test(
        rows.y,
        rows.treated,
        blocks=rows.block,
        covariates=rows.x if rows.x.shape[1] else None,
        draws=asked.plan.inference.permutations,
        seed=asked.seed("randomisation"),
        level=asked.level,
        n_units=here.y.size,
    ).effect
    return replace(effect, n_clusters=rows.y.size if here.clustered else None)


BY_METHOD: Final[dict[str, Callable[[Question, Cells], Effect]]] = {
    "cr2": robust,
    "wild_bootstrap": bootstrapped,
    "cluster_means": averaged,
    "randomisation": rerandomised,
}


def clusters_as_rows(here: Cells) -> Cells:
    """Return one row per cluster: means of everything."""
    names, place = np.unique(here.cluster.astype(str), return_inverse=True)
    size = np.bincount(place)

    def mean(column: Numbers) -> Numbers:
        return np.asarray(np.bincount(place, weights=column) / size, dtype=np.float64)

    first = np.zeros(names.size, dtype=np.int64)
    first[place[::-1]] = np.arange(place.size)[::-1]
    x = np.column_stack([np.empty((names.size, 0)), *(mean(column) for column in here.x.T)])
    treated = mean(here.treated)
    return Cells(
        y=mean(here.y),
        treated=treated,
        x=independent(x),
        design=np.column_stack([treated, x]),
        cluster=names.astype(np.object_),
        clustered=False,
        block=None if here.block is None else here.block[first],
        weights=None,
    )


def _of_those_who_answered(method: str, asked: Question, arm: str) -> Effect:
    return BY_METHOD[method](asked, cells(asked, arm))


def beside(asked: Question, found: Collector) -> None:
    """Add, at the last wave, every method that is not already the primary."""
    if asked.cluster is not None:
        methods = list(BY_METHOD)
    else:
        methods = ["randomisation"] if asked.plan.study.randomised else []
    chosen = asked.plan.inference.cluster_method
    for arm in asked.arms[1:]:
        for method in methods:
            if method == chosen:
                continue
            e = found.attempt(asked, method, partial(_of_those_who_answered, method, asked, arm))
            if e is not None:
                names = (f"{arm} vs {asked.arms[0]}", asked.wave(-1))
                found.add(asked, method, *names, "sensitivity", e)
