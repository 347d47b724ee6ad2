"""The stepped wedge: every cluster crosses to the programme, each at its own time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike

from evidencia.estimate import Effect
from evidencia.mixed.inference import DfMethod
from evidencia.mixed.inputs import Labels, arm_labels, column, columns
from evidencia.mixed.lmm import LMM, cohort, lmm
from evidencia.words import Note, Refusal

Floats = npt.NDArray[np.float64]
Correlation = Literal["exchangeable", "nested_exchangeable"]


@dataclass(frozen=True, slots=True)
class SteppedWedge:
    """The effect of the programme in a stepped wedge.

    Attributes
    ----------
    effect
        Treated minus not yet treated, in the outcome's units.
    periods
        Labels in order.
    period_effects
        Shape (number of periods,): the mean of each period without the programme, covariates
        at their means.
    icc
        Correlation of two people of one cluster in one period.
    cac
        Cluster autocorrelation: their correlation in different periods over `icc`; None where
        it is 1 by assumption or nothing is shared.
    variances
        By name: ``"cluster"``, ``"cluster_period"``, ``"unit"``, ``"residual"``.
    """

    effect: Effect
    periods: tuple[str, ...]
    period_effects: Floats
    icc: float
    cac: float | None
    variances: Mapping[str, float]
    fit: LMM
    notes: tuple[Note, ...]


def stepped_wedge(
    outcome: ArrayLike,
    cluster: Labels,
    period: Labels,
    treated: ArrayLike,
    *,
    unit: Labels | None = None,
    correlation: Correlation = "exchangeable",
    covariates: ArrayLike | None = None,
    df: DfMethod = "kenward_roger",
    level: float = 0.95,
) -> SteppedWedge:
    """Fit y = period + θ × treated + cluster + error, the model of Hussey & Hughes.

    People asked again have an effect each; ``"nested_exchangeable"`` lets each period of a cluster
    have one too, and both together are the closed cohort of Hooper et al.

    Parameters
    ----------
    outcome
        Shape (N,), one row per person and period (or a new person in each); NaN is left out.
    cluster, period
        Labels (N,). Periods are ordered as numbers where all are numbers, else as text.
    treated
        Shape (N,), 1 where the cluster had the programme in that period, else 0.
    unit
        Labels (N,) of people measured more than once; adds an intercept per person.
    correlation
        ``"nested_exchangeable"`` adds an intercept per cluster and period.
    covariates
        Shape (N, k), coded as numbers without a constant.

    Raises
    ------
    Refusal
        One cluster, one period, or a programme that cannot be told from the periods.

    References
    ----------
    Hussey, M. A. & Hughes, J. P. (2007). *Contemp. Clin. Trials* 28, 182–191.
    Hooper, R., Teerenstra, S., de Hoop, E. & Eldridge, S. (2016). *Stat. Med.* 35, 4718–4728.
    """
    if correlation not in ("exchangeable", "nested_exchangeable"):
        raise ValueError(
            f"correlation is exchangeable or nested_exchangeable, not {correlation!r}."
        )
    y = column(outcome)
    n = len(y)
    given = columns(np.asarray(treated, dtype=np.float64), n, "treated")
    extra = columns(covariates, n)
    place, when = arm_labels(cluster, n, "cluster"), arm_labels(period, n, "period")
    seen = ~(np.isnan(y) | np.isnan(given).any(axis=1) | np.isnan(extra).any(axis=1))
    periods = _in_order(np.unique(when[seen]))
    if len(periods) < 2:
        raise Refusal(Note.of("mixed.one_period"))
    dummies = (when[:, None] == np.array(periods)).astype(np.float64)
    dummies[:, 0] = 1.0  # The constant is the first period; the others are told from it.
    extra = extra - extra[seen].mean(axis=0)
    design = np.hstack((dummies, given, extra))
    titles = ["constant", *(f"period {label}" for label in periods[1:]), "treated"]
    titles += [f"covariate {j + 1}" for j in range(extra.shape[1])]
    who = None if unit is None else arm_labels(unit, n, "unit")
    if who is not None and correlation == "nested_exchangeable":
        fit = cohort(
            y, design, person=who, period=when, cluster=place, names=titles, df=df, level=level
        )
    else:
        groups, names = _groups(place, when, who, correlation)
        fit = lmm(y, design, groups, names=titles, group_names=names, df=df, level=level)
    at = len(periods)
    effect = fit.coefficient(at)
    clusters = len(np.unique(place[seen]))
    people = fit.n_obs if who is None else len(np.unique(who[seen]))
    effect = replace(
        effect.with_notes(Note.of("mixed.wedge_model")), n_units=people, n_clusters=clusters
    )
    variances = dict(zip((*fit.group_names, "residual"), fit.variances.tolist(), strict=True))
    icc, cac = _shared(variances, correlation)
    levels = fit.beta[0] + np.concatenate(([0.0], fit.beta[1:at]))
    return SteppedWedge(effect, periods, levels, icc, cac, variances, fit, effect.notes)


def _in_order(labels: npt.NDArray[np.str_]) -> tuple[str, ...]:
    texts = [str(label) for label in labels]
    try:
        return tuple(sorted(texts, key=float))
    except ValueError:
        return tuple(sorted(texts))


def _groups(
    place: npt.NDArray[np.str_],
    when: npt.NDArray[np.str_],
    who: npt.NDArray[np.str_] | None,
    correlation: Correlation,
) -> tuple[list[npt.NDArray[np.str_]], list[str]]:
    if who is not None:
        return [who, place], ["unit", "cluster"]
    if correlation == "nested_exchangeable":
        return [when, place], ["cluster_period", "cluster"]
    return [place], ["cluster"]


def _shared(variances: Mapping[str, float], correlation: Correlation) -> tuple[float, float | None]:
    total = sum(variances.values())
    steady = variances.get("cluster", 0.0)
    within = steady + variances.get("cluster_period", 0.0)
    cac = steady / within if correlation == "nested_exchangeable" and within > 0 else None
    return within / total, cac
