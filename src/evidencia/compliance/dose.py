"""Outcome by dose: a description, never an effect."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evidencia.compliance._moments import design_of, slopes, vector
from evidencia.estimate import Effect, quantile
from evidencia.words import Note, Refusal


@dataclass(frozen=True, slots=True)
class DoseStep:
    """The people whose dose lies between two values.

    Attributes
    ----------
    low, high
        Smallest and largest dose among them.
    n
        People.
    mean
        Mean outcome.
    ci_low, ci_high
        Its interval; None where there are too few people or clusters, or no variance.
    """

    low: float
    high: float
    n: int
    mean: float
    ci_low: float | None
    ci_high: float | None


@dataclass(frozen=True, slots=True)
class DoseResponse:
    """Outcome by dose. Its role is always ``"descriptive"``.

    Attributes
    ----------
    slope
        Difference in outcome per unit of dose, between people; not what a unit of dose does.
    steps
        Mean outcome by steps of dose.
    n_units, n_clusters
        People; clusters, None where there are none.
    notes
        What must be read beside the numbers; always says that this is a description.
    """

    slope: Effect
    steps: tuple[DoseStep, ...]
    n_units: int
    n_clusters: int | None
    notes: tuple[Note, ...]


def dose_response(
    outcome: ArrayLike,
    dose: ArrayLike,
    *,
    covariates: ArrayLike | None = None,
    block: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    steps: int = 3,
    level: float = 0.95,
) -> DoseResponse:
    """Describe how the outcome goes with the dose that people chose to take.

    Parameters
    ----------
    outcome
        Shape (n,). In the outcome's own units.
    dose
        Shape (n,). For example sessions attended.
    covariates, block, cluster
        As in :func:`evidencia.compliance.cace`.
    steps
        Into how many steps of about equal size people are divided; ties stay together.
    level
        Confidence level.

    Returns
    -------
    DoseResponse
        Slope and steps, with the sentence that this is not an effect.

    Raises
    ------
    Refusal
        When everybody had the same dose, with one cluster, or without variance.
    ValueError
        If shapes disagree, values are missing, or steps < 2.

    Notes
    -----
    Dose is not assigned by lottery: those who attend more differ from those who attend less in
    ways that also change the outcome, and the outcome itself may change attendance. No
    covariate proves the contrary: groups formed by what people do after the lottery are not
    comparable, and their difference is not an effect (Frangakis & Rubin 2002).

    References
    ----------
    Frangakis, C. & Rubin, D. (2002). *Biometrics* 58, 21–29.
    MacKinnon, J. & White, H. (1985). *J. Econometrics* 29, 305–325 (HC1).
    """
    if steps < 2:
        raise ValueError(f"steps is 2 or more, not {steps}.")
    y = np.asarray(outcome, dtype=np.float64)
    y = vector(y, y.size, "outcome")
    x = vector(dose, y.size, "dose")
    design = design_of(y.size, covariates, block, cluster)
    fitted = slopes(x, (y,), design)
    if fitted is None:
        raise Refusal(Note.of("compliance.same_dose"))
    variance = float(fitted.covariance[0, 0])
    if variance <= 0:
        raise Refusal(Note.of("compliance.no_variance"))
    notes = (Note.of("compliance.dose_descriptive"),)
    slope = Effect.of(
        float(fitted.value[0]),
        sqrt(variance),
        df=float(design.df),
        n_units=design.n,
        n_obs=design.n,
        n_clusters=design.n_clusters,
        level=level,
        notes=notes,
    )
    labels = None if cluster is None else design.cluster
    made = tuple(
        _step(y[who], x[who], None if labels is None else labels[who], level)
        for who in _divided(x, steps)
    )
    return DoseResponse(slope, made, design.n, design.n_clusters, notes)


def _divided(x: NDArray[np.float64], steps: int) -> list[NDArray[np.bool_]]:
    cuts = np.unique(np.quantile(x, np.arange(1, steps) / steps, method="inverted_cdf"))
    place = np.searchsorted(cuts, x, side="left")
    return [place == k for k in np.unique(place)]


def _step(
    y: NDArray[np.float64], x: NDArray[np.float64], cluster: NDArray[np.int64] | None, level: float
) -> DoseStep:
    mean = float(y.mean())
    group = np.arange(y.size) if cluster is None else np.unique(cluster, return_inverse=True)[1]
    count = int(group.max()) + 1
    sums = np.bincount(group, y - mean)
    variance = float(sums @ sums) / y.size**2 * count / (count - 1) if count > 1 else 0.0
    half = quantile(level, count - 1) * sqrt(variance) if variance > 0 else None
    return DoseStep(
        low=float(x.min()),
        high=float(x.max()),
        n=int(y.size),
        mean=mean,
        ci_low=None if half is None else mean - half,
        ci_high=None if half is None else mean + half,
    )
