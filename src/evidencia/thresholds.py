"""How many people came to at least so much, and how many could have."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evidencia.attendance import AttendanceMatrix
from evidencia.intervals import Share, share


def required_sessions(
    expected_sessions: NDArray[np.int64], percent: int, *, strict: bool
) -> NDArray[np.int64]:
    """Return the fewest programme sessions that pass a threshold.

    In whole numbers, so that 9 of 12 is exactly 75 % and never 75.00000000000001 %.

    Parameters
    ----------
    expected_sessions
        Shape (n_people,). Programme sessions expected of each person.
    percent
        Threshold, 0 to 100.
    strict
        True for "more than", False for "at least".

    Returns
    -------
    NDArray[np.int64]
        Shape (n_people,). With `strict` and 100 % nobody can pass, and it exceeds what was
        expected.

    Raises
    ------
    ValueError
        If `percent` is not between 0 and 100.
    """
    if not 0 <= percent <= 100:
        raise ValueError(f"A threshold is between 0 and 100 percent, not {percent}.")
    product = percent * expected_sessions
    return product // 100 + 1 if strict else -(-product // 100)


def share_reaching(
    matrix: AttendanceMatrix, required: NDArray[np.int64], level: float = 0.95
) -> Share:
    """Return the share of people who came to at least `required` programme sessions.

    Parameters
    ----------
    matrix
        The register. Only people with at least one expected meeting are asked about.
    required
        Shape (n_people,). Programme sessions that each must have come to.
    level
        Confidence level of the Wilson interval.

    Returns
    -------
    Share
        `numerator` counts unknown marks as absence. `missing` are the people who would pass if
        their own unknown marks were presence. `numerator_upper` also hands out the unattributed
        marks, in the way that lets most people pass.

    Notes
    -----
    Without unattributed marks the upper bound is sharp (some resolution of the unknown marks
    attains it). With them it is an outer bound: finding the best hand-out is a set-packing
    problem, so people are served from the smallest need upwards out of one common pot of
    ``Σ_s min(unattributed_s, absent_s)`` marks. It can be too wide and never too narrow
    (Manski 2003, on outer identification regions).

    Raises
    ------
    Refusal
        If nobody has an expected meeting.
    """
    asked = matrix.expected.any(axis=1)
    came = matrix.present @ matrix.weights
    could_have = came + matrix.unknown @ matrix.weights
    passes = asked & (came >= required)
    open_ = asked & ~passes & (could_have >= required)
    helped = _most_helped(matrix, np.maximum(required - could_have, 0))
    numerator, missing = int(passes.sum()), int(open_.sum())
    return share(
        numerator,
        int(asked.sum()),
        missing=missing,
        numerator_upper=numerator + missing + helped,
        level=level,
    )


def _most_helped(matrix: AttendanceMatrix, deficit: NDArray[np.int64]) -> int:
    """Return an upper bound on the people whose deficit the unattributed marks can cover.

    `deficit` has shape (n_people,), in programme sessions; 0 means "needs nothing".
    """
    usable = matrix.absent & (matrix.nameless > 0)
    heaviest_first = np.argsort(-matrix.weights, kind="stable")
    usable = usable[:, heaviest_first]
    gained = np.cumsum(usable * matrix.weights[heaviest_first], axis=1)
    used = np.cumsum(usable, axis=1)
    enough = gained >= deficit[:, None]
    can = (deficit > 0) & enough.any(axis=1)
    if not can.any():
        return 0
    first = enough[can].argmax(axis=1)
    marks_needed = np.sort(used[can, first])
    pot = int(np.minimum(matrix.nameless, matrix.absent.sum(axis=0)).sum())
    return int((np.cumsum(marks_needed) <= pot).sum())
