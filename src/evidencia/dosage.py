"""Dose: how much of the programme each person received, and how much it may have been."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidencia.attendance import AttendanceMatrix
from evidencia.intervals import Bounds, Share
from evidencia.thresholds import required_sessions, share_reaching
from evidencia.words import Note, Refusal

THRESHOLDS: tuple[int, ...] = (25, 50, 75)
"""Percent of the expected sessions. Strictly more than 75 is the benchmark of 2010: 5 % of
1,257 men."""


@dataclass(frozen=True, slots=True, eq=False)
class Dose:
    """What each person received; one entry per row of the matrix, in its order.

    Unknown marks count as not attended. Meetings are occasions; programme sessions are what
    they covered (`weights`).

    Attributes
    ----------
    attended_meetings, expected_meetings, unknown_meetings
        int64, shape (n_people,). Unknown ones are part of the expected.
    attended_sessions, expected_sessions, unknown_sessions
        int64, shape (n_people,). The same, in programme sessions.
    fraction
        float64, shape (n_people,). attended_sessions / expected_sessions, in [0, 1]; NaN, on
        purpose, for whoever was never expected: 0 of 0 is not 0.
    """

    attended_meetings: NDArray[np.int64]
    expected_meetings: NDArray[np.int64]
    unknown_meetings: NDArray[np.int64]
    attended_sessions: NDArray[np.int64]
    expected_sessions: NDArray[np.int64]
    unknown_sessions: NDArray[np.int64]
    fraction: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Distribution:
    """How a quantity is spread over people, unknown marks counted as absence.

    Attributes
    ----------
    n
        People.
    mean, sd, minimum, q1, median, q3, maximum
        In the unit of the quantity. `sd` divides by n − 1 and is None for one person. Quartiles
        interpolate linearly (Hyndman & Fan 1996, type 7: the default of R and numpy).
    mean_bounds
        Identification bounds of the mean (Manski 2003), sharp: each end is attained by some
        resolution of the unknown and unattributed marks. Not a confidence interval.
    """

    n: int
    mean: float
    sd: float | None
    minimum: float
    q1: float
    median: float
    q3: float
    maximum: float
    mean_bounds: Bounds


@dataclass(frozen=True, slots=True)
class ThresholdShare:
    """The share of people above one threshold.

    Attributes
    ----------
    percent
        Threshold, percent of the expected programme sessions.
    strict
        True for "more than", False for "at least".
    share
        The share, its denominator, missing, interval and bounds.
    """

    percent: int
    strict: bool
    share: Share


@dataclass(frozen=True, slots=True)
class DoseSummary:
    """Dose over all people with at least one expected meeting.

    Attributes
    ----------
    n_people
        Rows of the matrix.
    n
        People with at least one expected meeting: the denominator of everything below.
    n_never_expected
        The others.
    n_unknown_marks, n_unattributed_marks
        Gaps in the record, in marks.
    meetings, sessions, fraction
        Distributions of attended meetings, attended programme sessions, and fraction of the
        expected programme sessions.
    thresholds
        Shares for 25, 50 and 75 %, each "at least" and "more than".
    notes
        What must be read beside the numbers.
    """

    n_people: int
    n: int
    n_never_expected: int
    n_unknown_marks: int
    n_unattributed_marks: int
    meetings: Distribution
    sessions: Distribution
    fraction: Distribution
    thresholds: tuple[ThresholdShare, ...]
    notes: tuple[Note, ...]

    def share(self, percent: int, *, strict: bool) -> Share:
        """Return the share at one of the thresholds.

        Raises
        ------
        ValueError
            If that threshold was not computed.
        """
        for entry in self.thresholds:
            if (entry.percent, entry.strict) == (percent, strict):
                return entry.share
        raise ValueError(f"There is no threshold of {percent} %; there are {THRESHOLDS}.")


def dose(matrix: AttendanceMatrix) -> Dose:
    """Return how much of the programme each person received.

    Parameters
    ----------
    matrix
        The register; any number of people, also none.

    Returns
    -------
    Dose
        Arrays of shape (n_people,).
    """
    present, expected, unknown = matrix.present, matrix.expected, matrix.unknown
    attended_sessions = present @ matrix.weights
    expected_sessions = expected @ matrix.weights
    fraction = np.full(matrix.n_people, np.nan)
    np.divide(attended_sessions, expected_sessions, out=fraction, where=expected_sessions > 0)
    return Dose(
        attended_meetings=present.sum(axis=1),
        expected_meetings=expected.sum(axis=1),
        unknown_meetings=unknown.sum(axis=1),
        attended_sessions=attended_sessions,
        expected_sessions=expected_sessions,
        unknown_sessions=unknown @ matrix.weights,
        fraction=fraction,
    )


def summarise_dose(matrix: AttendanceMatrix, level: float = 0.95) -> DoseSummary:
    """Return the distribution of dose, the shares above thresholds, and their bounds.

    Parameters
    ----------
    matrix
        The register.
    level
        Confidence level of the Wilson intervals.

    Raises
    ------
    Refusal
        If nobody has an expected meeting.
    ValueError
        If `level` is not a probability.
    """
    each = dose(matrix)
    asked = each.expected_meetings > 0
    n = int(asked.sum())
    if n == 0:
        raise Refusal(Note.of("refusal.nobody"))
    ones = np.ones(matrix.marks.shape)
    by_weight = ones * matrix.weights
    by_fraction = by_weight / np.maximum(each.expected_sessions, 1)[:, None]
    alone = (Note.of("no_spread_of_one"),) if n == 1 else ()
    return DoseSummary(
        n_people=matrix.n_people,
        n=n,
        n_never_expected=matrix.n_people - n,
        n_unknown_marks=int(each.unknown_meetings.sum()),
        n_unattributed_marks=int(matrix.nameless.sum()),
        meetings=_distribution(each.attended_meetings[asked], _most_extra(matrix, ones)),
        sessions=_distribution(each.attended_sessions[asked], _most_extra(matrix, by_weight)),
        fraction=_distribution(each.fraction[asked], _most_extra(matrix, by_fraction)),
        thresholds=_threshold_shares(matrix, each, level),
        notes=matrix.notes() + alone,
    )


def _threshold_shares(
    matrix: AttendanceMatrix, each: Dose, level: float
) -> tuple[ThresholdShare, ...]:
    return tuple(
        ThresholdShare(
            percent,
            strict,
            share_reaching(
                matrix,
                required_sessions(each.expected_sessions, percent, strict=strict),
                level,
            ),
        )
        for percent in THRESHOLDS
        for strict in (False, True)
    )


def _distribution(values: NDArray[np.int64] | NDArray[np.float64], extra: float) -> Distribution:
    low, q1, median, q3, high = (float(q) for q in np.quantile(values, (0, 0.25, 0.5, 0.75, 1)))
    mean = float(values.mean())
    return Distribution(
        n=values.size,
        mean=mean,
        sd=float(values.std(ddof=1)) if values.size > 1 else None,
        minimum=low,
        q1=q1,
        median=median,
        q3=q3,
        maximum=high,
        mean_bounds=Bounds(mean, mean + extra / values.size),
    )


def _most_extra(matrix: AttendanceMatrix, worth: NDArray[np.float64]) -> float:
    """Return the most that missing marks can add to the total over people.

    `worth`, shape (n_people, n_sessions), is what one presence adds. Meetings do not compete
    with each other, so the best hand-out is found one meeting at a time: every unknown mark
    becomes a presence, and each unattributed one goes to the absent person for whom it is
    worth most. At most one per person and meeting: more nameless marks than absent people
    belong to others.
    """
    extra = float(worth[matrix.unknown].sum())
    for s in np.flatnonzero(matrix.nameless):
        candidates = np.sort(worth[matrix.absent[:, s], s])[::-1]
        extra += float(candidates[: int(matrix.nameless[s])].sum())
    return extra
