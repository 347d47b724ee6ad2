"""Designs where the calendar matters: stepped wedge and repeated cross-sections."""

from __future__ import annotations

from functools import partial
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from evidencia.analysis.collect import Collector
from evidencia.analysis.question import Question, arms_first
from evidencia.clusters import least_squares, wild_bootstrap
from evidencia.estimate import Effect, Role
from evidencia.mixed import lmm, stepped_wedge
from evidencia.words import Note, Refusal

Numbers = npt.NDArray[np.float64]
Correlation = Literal["exchangeable", "nested_exchangeable"]

# Method, its correlation, and its role where that is not the outcome's own.
_CORRELATIONS: Final[tuple[tuple[str, Correlation, Role | None], ...]] = (
    ("stepped_wedge", "nested_exchangeable", None),
    ("stepped_wedge_steady", "exchangeable", "sensitivity"),
)


def stepped(asked: Question, found: Collector, is_primary: bool, contrast: str) -> None:
    """Exposed against not yet exposed periods, with an effect of each period.

    A mixed model with a random effect of each cluster and of each of its periods, and of each
    person where the same people are asked again (Hooper et al. 2016). Beside it the same without
    the periods' own, Hussey & Hughes's, and least squares with CR2. Shares and counts are compared
    on their own scale.
    """
    role: Role = "primary" if is_primary else "secondary"
    known = np.isfinite(asked.y) if asked.exposed is None else np.isfinite(asked.y + asked.exposed)
    again = bool((known.sum(axis=1) > 1).any())
    for method, correlation, its in _CORRELATIONS:
        effect = found.attempt(asked, method, partial(_mixed, asked, correlation, again))
        if effect is not None:
            found.add(asked, method, contrast, None, its or role, effect)
    effect = found.attempt(asked, "cr2", partial(_robust, asked))
    if effect is not None:
        found.add(asked, "cr2", contrast, None, "sensitivity", effect)


def _rows(asked: Question) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Numbers]:
    if asked.exposed is None or asked.cluster is None:
        raise Refusal(Note.of("analysis.no_exposure"))
    unit, wave = np.nonzero(np.isfinite(asked.y) & np.isfinite(asked.exposed))
    return unit, wave, asked.exposed[unit, wave]


def _mixed(asked: Question, correlation: Correlation, again: bool) -> Effect:
    unit, wave, exposed = _rows(asked)
    fit = stepped_wedge(
        asked.y[unit, wave],
        np.asarray(asked.cluster)[unit].astype(str),
        wave,
        exposed,
        unit=asked.units[unit].astype(str) if again else None,
        correlation=correlation,
        covariates=asked.x[unit] if asked.x.shape[1] else None,
        df="satterthwaite" if asked.plan.inference.df == "satterthwaite" else "kenward_roger",
        level=asked.level,
    )
    return fit.effect


def _robust(asked: Question) -> Effect:
    unit, wave, exposed = _rows(asked)
    periods = np.eye(asked.y.shape[1])[wave][:, 1:]
    design = arms_first([exposed], np.column_stack([periods, asked.x[unit]]))
    labels = np.asarray(asked.cluster)[unit].astype(str)
    fit = least_squares(asked.y[unit, wave], design, labels)
    return fit.effect(0, level=asked.level, n_units=int(np.unique(unit).size))


def cross_section(asked: Question, found: Collector, is_primary: bool) -> None:
    """Change of the arm minus change of the control, other people each time.

    Difference in differences against the first wave; a mixed model with random intercepts of
    clusters for continuous outcomes, least squares with CR2 otherwise, and each beside the other.
    """
    for arm, contrast in asked.contrasts:
        for at in range(1, asked.y.shape[1]) or range(1):
            last = at == asked.y.shape[1] - 1
            role: Role = "primary" if is_primary and last else "secondary"
            methods = {"cross_section": partial(_changes, asked, arm, at)}
            if asked.cluster is not None and asked.outcome.kind == "continuous":
                methods = {"mixed": partial(_changes_mixed, asked, arm, at), **methods}
            if asked.cluster is not None:
                methods["wild_bootstrap"] = partial(_changes_bootstrapped, asked, arm, at)
            for place, (method, compute) in enumerate(methods.items()):
                if place and not last:
                    continue
                effect = found.attempt(asked, method, compute)
                its: Role = "sensitivity" if place else role
                if effect is not None:
                    found.add(asked, method, contrast, asked.wave(at), its, effect)


def _design(asked: Question, arm: str, at: int) -> tuple[Numbers, Numbers, npt.NDArray[np.int64]]:
    """Return y, the design (interaction first) and which units: waves 0 and `at` alone."""
    waves = [0, at] if at else [0]
    rows = asked.pair(arm)[:, None] & np.isfinite(asked.y)
    kept = np.zeros_like(rows)
    kept[:, waves] = rows[:, waves]
    unit, wave = np.nonzero(kept)
    treated = asked.treated(arm)[unit].astype(np.float64)
    later = (wave == at).astype(np.float64)
    columns = [treated * later, treated, later] if at else [treated]
    design = arms_first(columns, asked.x[unit])
    return asked.y[unit, wave], design, unit


def _changes(asked: Question, arm: str, at: int) -> Effect:
    y, design, unit = _design(asked, arm, at)
    labels = None if asked.cluster is None else asked.cluster[unit].astype(str)
    weights = None if asked.weights is None else asked.weights[unit]
    fit = least_squares(y, design, labels, weights=weights)
    return fit.effect(0, level=asked.level, n_units=int(y.size))


def _changes_bootstrapped(asked: Question, arm: str, at: int) -> Effect:
    y, design, unit = _design(asked, arm, at)
    return wild_bootstrap(
        y,
        design,
        np.asarray(asked.cluster)[unit].astype(str),
        weights=None if asked.weights is None else asked.weights[unit],
        draws=asked.plan.inference.permutations,
        seed=asked.seed("wild_bootstrap"),
        level=asked.level,
        n_units=int(y.size),
    ).effect


def _changes_mixed(asked: Question, arm: str, at: int) -> Effect:
    y, design, unit = _design(asked, arm, at)
    whole = np.column_stack([np.ones(y.size), design])
    labels = np.asarray(asked.cluster)[unit].astype(str)
    return lmm(y, whole, [labels], level=asked.level).coefficient(1)
