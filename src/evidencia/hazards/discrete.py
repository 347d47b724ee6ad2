"""Hazards in whole periods (meetings, waves): one row per person and period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evidencia.estimate import Effect
from evidencia.hazards._grouped import Grouped, Link, hazard_of, maximise_grouped
from evidencia.hazards._ratio import log_ratio
from evidencia.hazards._rows import (
    codes_of,
    design,
    held_by_one_cluster,
    names_of,
    times_and_events,
)
from evidencia.hazards.cox import EVENTS_PER_COVARIATE, FEW_CLUSTERS, enough_clusters
from evidencia.words import Note, Refusal


@dataclass(frozen=True, slots=True, eq=False)
class PersonPeriods:
    """The rows of a discrete-time model: m of them, one per person and period at risk.

    Attributes
    ----------
    row
        int64, shape (m,). Index of the person.
    period
        int64, shape (m,). 1, 2, …
    event
        bool, shape (m,). Whether the event happened in that period.
    """

    row: NDArray[np.int64]
    period: NDArray[np.int64]
    event: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class DiscreteHazard:
    """A fitted discrete-time hazard model.

    Attributes
    ----------
    names
        Names of the p covariates.
    coefficients
        float64, shape (p,). Log hazard ratios (``"cloglog"``) or log odds ratios (``"logit"``).
    covariance
        float64, shape (p, p). The sandwich where clusters were given.
    periods
        int64, shape (T,). Periods in which somebody was at risk.
    baseline
        float64, shape (T,). Hazard of each period at x = 0; exactly 0 where nobody had the event
        and 1 where everybody at risk had it.
    link
        ``"cloglog"`` or ``"logit"``.
    log_likelihood
        Bernoulli log likelihood at the estimate.
    n_units, n_events, n_person_periods, n_clusters
        People, events, rows, and clusters (None where there are none).
    in_one_cluster
        Two-valued covariates of which one value is found in a single cluster: no effect.
    level
        Confidence level of the effects.
    notes
        What must be read beside the numbers.
    """

    names: tuple[str, ...]
    coefficients: NDArray[np.float64]
    covariance: NDArray[np.float64]
    periods: NDArray[np.int64]
    baseline: NDArray[np.float64]
    link: Link
    log_likelihood: float
    n_units: int
    n_events: int
    n_person_periods: int
    n_clusters: int | None
    in_one_cluster: tuple[str, ...]
    level: float
    notes: tuple[Note, ...]

    @property
    def effects(self) -> tuple[Effect, ...]:
        """One effect per covariate, on the log scale."""
        return tuple(self.effect(name) for name in self.names)

    def effect(self, name: str) -> Effect:
        """Return the log ratio of one covariate; t with G − 1 df where there are clusters.

        Raises
        ------
        Refusal
            If one value of the covariate is found in a single cluster.
        ValueError
            If there is no covariate of that name.
        """
        return log_ratio(self, name, n_obs=self.n_person_periods)


def person_periods(time: ArrayLike, event: ArrayLike) -> PersonPeriods:
    """Spell out each person's periods at risk, 1 up to the last observed.

    Parameters
    ----------
    time
        Shape (n,). Whole numbers ≥ 1: the last period observed.
    event
        Shape (n,). 1 when the event happened in that last period.

    Returns
    -------
    PersonPeriods
        Rows ordered by person and period.

    Raises
    ------
    ValueError
        If a time is not a whole number from 1 upwards, or shapes disagree.

    References
    ----------
    Singer, J. D. & Willett, J. B. (1993). *J. Educ. Stat.* 18, 155–195.
    """
    t, delta = times_and_events(time, event)
    if (t != np.floor(t)).any() or (t < 1).any():
        raise ValueError("time holds whole periods from 1 upwards: the last one observed.")
    last = t.astype(np.int64)
    row = np.repeat(np.arange(t.size), last)
    ends = np.cumsum(last)
    period = np.arange(row.size) - np.repeat(ends - last, last) + 1
    happened = np.zeros(row.size, dtype=np.bool_)
    happened[ends[delta] - 1] = True
    return PersonPeriods(row, period, happened)


def discrete_hazard(
    time: ArrayLike,
    event: ArrayLike,
    x: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    link: Link = "cloglog",
    cluster: ArrayLike | None = None,
    level: float = 0.95,
) -> DiscreteHazard:
    """Fit a hazard model in whole periods, with a hazard of its own for each period.

    Parameters
    ----------
    time, event
        Shape (n,). As in :func:`person_periods`.
    x
        Shape (n, p) or (n,). Covariates of each person, without a constant.
    names
        p names, ``x1``… where None.
    link
        ``"cloglog"``: the coefficients are the log hazard ratios of a continuous-time model
        observed in intervals. ``"logit"``: log odds ratios of the hazard.
    cluster
        Shape (n,) labels.
    level
        Confidence level.

    Returns
    -------
    DiscreteHazard
        The fit; :meth:`DiscreteHazard.effect` gives each contrast.

    Raises
    ------
    Refusal
        As :func:`evidencia.hazards.cox`.
    ValueError
        As :func:`person_periods`.

    Notes
    -----
    Fisher scoring, with the diagonal block of the periods eliminated by its Schur complement. A
    period without events has a hazard of exactly 0 in the maximum and says nothing about the
    coefficients; likewise one in which everybody had it. Both are left out of the fit and
    reported. The sandwich sums scores within clusters, times G / (G − 1), as R's ``vcovCL``.

    References
    ----------
    Prentice, R. L. & Gloeckler, L. A. (1978). *Biometrics* 34, 57–67.
    Singer, J. D. & Willett, J. B. (2003). *Applied Longitudinal Data Analysis*, ch. 11. Oxford.
    """
    rows = person_periods(time, event)
    n = int(np.asarray(time).size)
    matrix = design(x, n)
    called = names_of(names, matrix.shape[1])
    group, n_groups = codes_of(cluster, n, "cluster")
    if link not in ("cloglog", "logit"):
        raise ValueError(f"link is cloglog or logit, not {link!r}.")
    if n == 0:
        raise Refusal(Note.of("refusal.nobody_followed"))
    if not rows.event.any():
        raise Refusal(Note.of("hazards.no_events", n=n))
    if cluster is not None:
        enough_clusters(n_groups, len(called))
    periods, place = np.unique(rows.period, return_inverse=True)
    happened = np.bincount(place[rows.event], minlength=periods.size)
    asked = np.bincount(place, minlength=periods.size)
    informative = (happened > 0) & (happened < asked)
    if not informative.any():
        raise Refusal(Note.of("hazards.nothing_to_compare"))
    kept = informative[place]
    renumbered = np.cumsum(informative) - 1
    centre = matrix.mean(axis=0)
    data = Grouped(
        (matrix - centre)[rows.row[kept]], renumbered[place[kept]], rows.event[kept], link
    )
    fit = maximise_grouped(data, called)
    level_of = fit.alpha - centre @ fit.beta
    baseline = (happened > 0).astype(np.float64)
    baseline[informative] = hazard_of(level_of, link)
    n_events = int(rows.event.sum())
    clusters = None if cluster is None else n_groups
    covariance = (
        fit.covariance if clusters is None else fit.sandwich(group[rows.row[kept]], clusters)
    )
    return DiscreteHazard(
        names=called,
        coefficients=fit.beta,
        covariance=covariance,
        periods=periods,
        baseline=baseline,
        link=link,
        log_likelihood=fit.log_likelihood,
        n_units=n,
        n_events=n_events,
        n_person_periods=rows.row.size,
        n_clusters=clusters,
        in_one_cluster=() if clusters is None else held_by_one_cluster(matrix, called, group),
        level=level,
        notes=_notes(n_events, len(called), clusters, int((~informative).sum())),
    )


def _notes(n_events: int, p: int, n_clusters: int | None, n_silent: int) -> tuple[Note, ...]:
    notes: list[Note] = []
    if n_silent:
        notes.append(Note.of("hazards.silent_periods", n=n_silent))
    if n_events < EVENTS_PER_COVARIATE * p:
        notes.append(Note.of("hazards.few_events", events=n_events, covariates=p))
    if n_clusters is not None and n_clusters < FEW_CLUSTERS:
        notes.append(Note.of("hazards.few_clusters", n=n_clusters))
    return tuple(notes)
