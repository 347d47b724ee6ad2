"""Designs as they enter a calculation of power: people, spread, resemblance, loss."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from evidencia.words import Note, Refusal

FEWEST_CLUSTERS = 4
"""Below two clusters an arm, programme and place are the same thing."""


def design_effect(cluster_size: float, icc: float, cv: float = 0.0) -> float:
    """Return by how much clusters inflate a variance.

    ``1 + ((cv² + 1) m - 1) ρ``, with mean size `m` and coefficient of variation `cv` of sizes.

    References
    ----------
    Eldridge, S. M., Ashby, D. & Kerry, S. (2006). *Int. J. Epidemiol.* 35, 1292–1300.
    """
    return 1 + ((cv**2 + 1) * cluster_size - 1) * icc


@dataclass(frozen=True, slots=True)
class PairedMeans:
    """One arm, before and after.

    Attributes
    ----------
    people
        Entering.
    sd
        Standard deviation of the outcome, its own units.
    correlation
        Between before and after.
    attrition
        Share without the second answer.
    """

    people: int
    sd: float = 1.0
    correlation: float = 0.5
    attrition: float = 0.0

    def __post_init__(self) -> None:
        _check(self.people, self.sd, self.attrition)
        if not -1 < self.correlation < 1:
            raise ValueError("correlation lies strictly between -1 and 1.")


@dataclass(frozen=True, slots=True)
class ParallelMeans:
    """Two arms compared on a mean, adjusted for the baseline.

    Attributes
    ----------
    people
        Entering: control, programme.
    sd
        Standard deviation within arm, the outcome's own units.
    baseline_correlation
        Between the baseline and the outcome; 0 without adjustment.
    attrition
        Share without the last answer.
    icc, clusters, cluster_cv
        Resemblance within clusters (of the outcome given the baseline), clusters in each arm
        (None: people are allocated and do not meet), coefficient of variation of their sizes.
    """

    people: tuple[int, int]
    sd: float = 1.0
    baseline_correlation: float = 0.0
    attrition: float = 0.0
    icc: float = 0.0
    clusters: tuple[int, int] | None = None
    cluster_cv: float = 0.0

    def __post_init__(self) -> None:
        _check(min(self.people), self.sd, self.attrition)
        _check_clusters(self.icc, self.clusters, self.cluster_cv)
        if not -1 < self.baseline_correlation < 1:
            raise ValueError("baseline_correlation lies strictly between -1 and 1.")


@dataclass(frozen=True, slots=True)
class ParallelShares:
    """Two arms compared on a share.

    Attributes
    ----------
    people, attrition, icc, clusters, cluster_cv
        As in :class:`ParallelMeans`.
    control_share
        True share in the control arm.
    sensitivity, specificity
        Of whoever tells, the same in both arms. Where they differ between arms no number of
        people helps: simulate (:func:`~evidencia.planning.simulated_power`).
    """

    people: tuple[int, int]
    control_share: float
    attrition: float = 0.0
    icc: float = 0.0
    clusters: tuple[int, int] | None = None
    cluster_cv: float = 0.0
    sensitivity: float = 1.0
    specificity: float = 1.0

    def __post_init__(self) -> None:
        _check(min(self.people), 1.0, self.attrition)
        _check_clusters(self.icc, self.clusters, self.cluster_cv)
        if not 0 < self.control_share < 1:
            raise ValueError("control_share lies strictly between 0 and 1.")
        if self.sensitivity + self.specificity <= 1:
            raise ValueError("An informant who is no better than a coin tells nothing.")

    def told(self, share: float) -> float:
        """Return the share that is told where `share` is true."""
        return self.sensitivity * share + (1 - self.specificity) * (1 - share)


@dataclass(frozen=True, slots=True)
class SteppedWedge:
    """Clusters that move over to the programme one step at a time, new people at each wave.

    Attributes
    ----------
    clusters, steps
        Clusters, spread as evenly as they go over the steps; there are ``steps + 1`` waves.
    people_per_cell
        People asked in each cluster at each wave.
    sd
        Total standard deviation of the outcome.
    icc
        Share of the variance between clusters.
    attrition
        Share of the people asked who do not answer.
    """

    clusters: int
    steps: int
    people_per_cell: int
    sd: float = 1.0
    icc: float = 0.05
    attrition: float = 0.0

    def __post_init__(self) -> None:
        _check(self.people_per_cell, self.sd, self.attrition)
        if self.steps < 2 or self.clusters < self.steps:
            raise ValueError("A stepped wedge has at least two steps and a cluster for each.")
        _check_clusters(self.icc, None, 0.0)

    def exposure(self) -> npt.NDArray[np.float64]:
        """Return 1 where a cluster is in the programme, (clusters, steps + 1)."""
        moves = 1 + np.sort(np.arange(self.clusters) % self.steps)
        return np.asarray(np.arange(self.steps + 1) >= moves[:, None], np.float64)

    def variance(self) -> float:
        """Return the variance of the programme's effect.

        References
        ----------
        Hussey, M. A. & Hughes, J. P. (2007). *Contemp. Clin. Trials* 28, 182–191, eq. 8.
        """
        x = self.exposure()
        i, t = x.shape
        within = self.sd**2 * (1 - self.icc) / (self.people_per_cell * (1 - self.attrition))
        between = self.sd**2 * self.icc
        u, w, v = x.sum(), (x.sum(axis=0) ** 2).sum(), (x.sum(axis=1) ** 2).sum()
        below = (i * u - w) * within + (u**2 + i * t * u - t * w - i * v) * between
        return float(i * within * (within + t * between) / below)


PlanDesign = PairedMeans | ParallelMeans | ParallelShares | SteppedWedge


def arms(design: ParallelMeans | ParallelShares) -> tuple[float, float, float, float]:
    """Return those who stay in each arm and the design effect of each.

    Raises
    ------
    Refusal
        If fewer than two would stay in an arm, or there are too few clusters.
    """
    stay = [people * (1 - design.attrition) for people in design.people]
    if min(stay) < 2:
        raise Refusal(Note.of("planning.too_few_people", n=round(sum(stay)), needed=4))
    effects = [1.0, 1.0]
    if design.clusters is not None:
        k = sum(design.clusters)
        if min(design.clusters) < FEWEST_CLUSTERS // 2:
            raise Refusal(Note.of("planning.too_few_clusters", n=k, needed=FEWEST_CLUSTERS))
        effects = [
            design_effect(n / c, design.icc, design.cluster_cv)
            for n, c in zip(stay, design.clusters, strict=True)
        ]
    return stay[0], stay[1], effects[0], effects[1]


def _check(people: int, sd: float, attrition: float) -> None:
    if people < 1 or not (sd > 0 and isfinite(sd)):
        raise ValueError("There must be people, and a positive standard deviation.")
    if not 0 <= attrition < 1:
        raise ValueError("attrition is a share from 0 to less than 1.")


def _check_clusters(icc: float, clusters: tuple[int, int] | None, cv: float) -> None:
    if not 0 <= icc < 1 or cv < 0:
        raise ValueError("icc lies from 0 to less than 1, and cluster_cv is not negative.")
    if clusters is not None and min(clusters) < 1:
        raise ValueError("Each arm needs at least one cluster.")
