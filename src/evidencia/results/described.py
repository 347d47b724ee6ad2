"""What was observed, before any model: flow, baseline, attrition, retention, means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FlowArm:
    """Who there was in an arm at the start.

    Attributes
    ----------
    arm
        The data's own value; None in a study of one arm without an arm column.
    n_units
        Units in the data.
    n_clusters
        Clusters in the data; None without clusters.
    n_clusters_lost
        Clusters without a single observed outcome after the baseline.
    """

    arm: str | None
    n_units: int
    n_clusters: int | None = None
    n_clusters_lost: int | None = None


@dataclass(frozen=True, slots=True)
class FlowStep:
    """How many answered, by arm, informant, outcome and wave.

    Attributes
    ----------
    n_expected
        Units of the arm.
    n_observed
        Units with this outcome at this wave.
    n_returned
        Of those observed, units that were missing at an earlier wave.
    """

    arm: str | None
    informant: str | None
    outcome: str
    wave: str | None
    n_expected: int
    n_observed: int
    n_returned: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """The flow diagram: `arms` are the boxes at the top, `steps` those below."""

    arms: tuple[FlowArm, ...] = ()
    steps: tuple[FlowStep, ...] = ()


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """One cell of the baseline table.

    Attributes
    ----------
    variable
        Column of the data.
    level
        Category of a categorical variable; None for a numeric one.
    arm
        The data's own value; None for everybody together.
    n, n_missing
        Units with and without the value.
    mean, sd
        Of a numeric variable; None otherwise, and sd None with one unit.
    count, share
        Of a category; None otherwise.
    """

    variable: str
    level: str | None
    arm: str | None
    n: int
    n_missing: int
    mean: float | None = None
    sd: float | None = None
    count: int | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class BaselineDifference:
    """Standardised difference between two arms at the start (no test: chance is known there).

    Attributes
    ----------
    contrast
        ``"ARM vs CONTROL"``.
    difference
        In pooled standard deviations; None where nothing varies.

    References
    ----------
    Austin, P. C. (2009). *Statistics in Medicine* 28, 3083–3107.
    """

    variable: str
    level: str | None
    contrast: str
    difference: float | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """The baseline table."""

    rows: tuple[BaselineRow, ...] = ()
    differences: tuple[BaselineDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class AttritionRow:
    """How many were lost by the last wave, with a Wilson interval.

    Attributes
    ----------
    share_lost, ci_low, ci_high
        Shares in [0, 1].
    """

    outcome: str
    informant: str | None
    arm: str | None
    wave: str | None
    n_expected: int
    n_lost: int
    share_lost: float
    ci_low: float
    ci_high: float


@dataclass(frozen=True, slots=True)
class LeaverRow:
    """Who left: those observed at the last wave against those lost, on one variable.

    Attributes
    ----------
    mean_stayed, mean_left
        Means, or shares of a category.
    difference
        Left minus stayed, in pooled standard deviations; None where nothing varies.
    """

    outcome: str
    informant: str | None
    arm: str | None
    variable: str
    level: str | None
    n_stayed: int
    n_left: int
    mean_stayed: float
    mean_left: float
    difference: float | None


@dataclass(frozen=True, slots=True)
class Attrition:
    """Attrition by arm and informant, and who left."""

    rows: tuple[AttritionRow, ...] = ()
    leavers: tuple[LeaverRow, ...] = ()


@dataclass(frozen=True, slots=True)
class RetentionCurve:
    """The share still coming after each session, from the dose column.

    Attributes
    ----------
    arm
        The data's own value; None for everybody.
    n
        Units with a dose.
    time
        Sessions attended, ascending.
    share, ci_low, ci_high
        Share who came to more than that many, same length as `time`.
    """

    arm: str | None
    n: int
    time: tuple[float, ...]
    share: tuple[float, ...]
    ci_low: tuple[float, ...]
    ci_high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class MeanPoint:
    """What was observed, for the figure of outcomes over time: no model, whoever answered.

    Attributes
    ----------
    mean
        Mean of the numbers (binary: share).
    ci_low, ci_high
        Of the mean (binary: Wilson); None with fewer than two values.
    """

    outcome: str
    informant: str | None
    arm: str | None
    wave: str
    n: int
    mean: float
    ci_low: float | None
    ci_high: float | None
