"""The effect on those who take part because they were offered a place."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evidencia.compliance._moments import Design, Slopes, design_of, slopes, vector
from evidencia.compliance.weak import AndersonRubin, confidence_set
from evidencia.estimate import Effect, two_sided
from evidencia.words import Note, Refusal

MINIMUM_F = 10.0
"""First-stage F below which there is no estimate (Staiger & Stock 1997, *Econometrica* 65)."""

SYMMETRIC_F = 104.7
"""Below it ±1.96 standard errors hold less than 95 % (Lee et al. 2022, *AER* 112)."""

FEW_CLUSTERS = 30
"""Below it a sandwich variance runs small (Cameron & Miller 2015, *J. Human Resources* 50)."""


@dataclass(frozen=True, slots=True)
class Cace:
    """The complier average causal effect, with all that it stands on.

    Attributes
    ----------
    effect
        The estimate with the Anderson–Rubin interval (the hull of the set, possibly without
        end) and its p value of zero, which is that of the intention to treat. `se` is that of
        two-stage least squares and does not reproduce the interval.
    two_stage
        The same estimate with the symmetric interval, for comparison with other studies.
    intention_to_treat
        Outcome of assigned − not assigned.
    first_stage
        Uptake of assigned − not assigned: the share of compliers where uptake is 0 or 1.
    f
        First-stage F, robust or by clusters; inf where everybody complied.
    uptake_assigned, uptake_control
        Mean uptake of each arm.
    anderson_rubin
        The whole set.
    n_units, n_clusters
        People; clusters, None where there are none.
    notes
        What must be read beside the number.
    """

    effect: Effect
    two_stage: Effect
    intention_to_treat: Effect
    first_stage: Effect
    f: float
    uptake_assigned: float
    uptake_control: float
    anderson_rubin: AndersonRubin
    n_units: int
    n_clusters: int | None
    notes: tuple[Note, ...]


def cace(
    outcome: ArrayLike,
    uptake: ArrayLike,
    assigned: ArrayLike,
    *,
    covariates: ArrayLike | None = None,
    block: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    minimum_f: float = MINIMUM_F,
    level: float = 0.95,
) -> Cace:
    """Estimate the effect on compliers in a randomised design with imperfect uptake.

    Parameters
    ----------
    outcome
        Shape (n,). In the outcome's own units.
    uptake
        Shape (n,). 1 who took part, 0 who did not; or a dose ≥ 0, and then the effect is per
        unit of dose.
    assigned
        Shape (n,). 1 assigned by lottery, 0 not.
    covariates
        Shape (n, q) of measures taken before the lottery.
    block
        Shape (n,) labels; fixed effects.
    cluster
        Shape (n,) labels of what was assigned together.
    minimum_f
        First-stage F below which the estimate is refused.
    level
        Confidence level.

    Returns
    -------
    Cace
        Estimate, interval, intention to treat and first stage.

    Raises
    ------
    Refusal
        When uptake barely differs (F < `minimum_f`) or is lower among the assigned; with one
        arm, one cluster (or one per arm), no uptake at all, no variance.
    ValueError
        If shapes disagree, values are missing, or assigned is not 0 or 1.

    Notes
    -----
    β = a / b, a the difference in outcome and b in uptake, both net of covariates and blocks
    (two-stage least squares with one instrument). It is the average effect among compliers if
    assignment was by lottery, acts only through uptake, and nobody does the opposite of the
    assignment (Angrist, Imbens & Rubin 1996). Variance: HC1, or CR1 with t on G − 1.

    Rule of refusal. With one instrument the robust F is the effective F of Montiel Olea &
    Pflueger (2013); below 10 (Staiger & Stock 1997) the estimate leans towards the naive
    comparison and is not given. :func:`anderson_rubin` stays valid and can still be asked for.

    References
    ----------
    Angrist, J., Imbens, G. & Rubin, D. (1996). *JASA* 91, 444–455.
    Angrist, J. & Imbens, G. (1995). *JASA* 90, 431–442 (uptake as a dose).
    Montiel Olea, J. & Pflueger, C. (2013). *JBES* 31, 358–369.
    """
    y = np.asarray(outcome, dtype=np.float64)
    n = y.size
    y, d, z = (
        vector(v, n, what)
        for v, what in ((y, "outcome"), (uptake, "uptake"), (assigned, "assigned"))
    )
    if not np.isin(z, (0.0, 1.0)).all():
        raise ValueError("assigned is 1 or 0 for each person.")
    design = design_of(n, covariates, block, cluster)
    fitted = _checked(y, d, z, design)
    f = _first_stage_f(fitted)
    if fitted.value[1] < 0:
        raise Refusal(Note.of("compliance.reversed"))
    if f < minimum_f:
        raise Refusal(Note.of("compliance.weak", f=round(f, 2), minimum=float(minimum_f)))
    rubin = confidence_set(fitted, design, level)
    notes = _notes(d, z, f, design) + rubin.notes
    return _assembled(fitted, design, rubin, f, notes, (d, z), level)


def _checked(
    y: NDArray[np.float64], d: NDArray[np.float64], z: NDArray[np.float64], design: Design
) -> Slopes:
    fitted = slopes(z, (y, d), design)
    if fitted is None:
        raise Refusal(Note.of("compliance.one_arm"))
    if not np.ptp(d):
        raise Refusal(Note.of("compliance.no_uptake"))
    if design.n_clusters is not None:
        per_arm = [np.unique(design.cluster[z == arm]).size for arm in (0.0, 1.0)]
        if min(per_arm) < 2:
            raise Refusal(Note.of("compliance.one_cluster_per_arm"))
    if fitted.covariance[0, 0] <= 0:
        raise Refusal(Note.of("compliance.no_variance"))
    return fitted


def _first_stage_f(fitted: Slopes) -> float:
    b, variance = float(fitted.value[1]), float(fitted.covariance[1, 1])
    if variance <= 1e-20 * b * b:
        return inf if b else 0.0
    return b * b / variance


def _assembled(
    fitted: Slopes,
    design: Design,
    rubin: AndersonRubin,
    f: float,
    notes: tuple[Note, ...],
    uptake_and_arm: tuple[NDArray[np.float64], NDArray[np.float64]],
    level: float,
) -> Cace:
    (a, b), v = (float(x) for x in fitted.value), fitted.covariance
    beta = a / b
    variance = float(v[0, 0] - 2 * beta * v[0, 1] + beta**2 * v[1, 1])
    if variance <= 0:
        raise Refusal(Note.of("compliance.no_variance"))
    df = float(design.df)

    def effect(estimate: float, se: float, said: tuple[Note, ...] = ()) -> Effect:
        return Effect.of(
            estimate, se, df=df, n_units=design.n, n_obs=design.n,
            n_clusters=design.n_clusters, level=level, notes=said,
        )  # fmt: skip

    low, high = rubin.hull
    two_stage = effect(beta, sqrt(variance) / b)
    d, z = uptake_and_arm
    exact = f == inf
    return Cace(
        effect=Effect(
            estimate=beta,
            se=two_stage.se,
            df=df,
            ci_low=low,
            ci_high=high,
            p=two_sided(a / sqrt(float(v[0, 0])), df),
            n_units=design.n,
            n_obs=design.n,
            n_clusters=design.n_clusters,
            level=level,
            notes=notes,
        ),
        two_stage=two_stage,
        intention_to_treat=effect(a, sqrt(float(v[0, 0]))),
        first_stage=_certain(b, design, level) if exact else effect(b, sqrt(float(v[1, 1]))),
        f=f,
        uptake_assigned=float(d[z == 1].mean()),
        uptake_control=float(d[z == 0].mean()),
        anderson_rubin=rubin,
        n_units=design.n,
        n_clusters=design.n_clusters,
        notes=notes,
    )


def _certain(b: float, design: Design, level: float) -> Effect:
    """Return the first stage where everybody did as assigned: a number without error."""
    return Effect(b, None, None, b, b, None, design.n, design.n, design.n_clusters, level)


def _notes(
    d: NDArray[np.float64], z: NDArray[np.float64], f: float, design: Design
) -> tuple[Note, ...]:
    notes = [Note.of("compliance.assumptions")]
    if not np.isin(d, (0.0, 1.0)).all():
        notes.append(Note.of("compliance.per_unit"))
    if d[z == 0].any():
        notes.append(Note.of("compliance.crossed_over", n=int((d[z == 0] > 0).sum())))
    if f < SYMMETRIC_F:
        notes.append(Note.of("compliance.read_the_set", f=round(f, 1)))
    if design.n_clusters is not None and design.n_clusters < FEW_CLUSTERS:
        notes.append(Note.of("compliance.few_clusters", n=design.n_clusters))
    return tuple(notes)
