"""The funnel: from joining to the last session, every step with its denominator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidencia.attendance import AttendanceMatrix
from evidencia.dosage import dose
from evidencia.intervals import Share, share
from evidencia.thresholds import required_sessions, share_reaching
from evidencia.words import Language, Note, Refusal, say


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the funnel.

    Attributes
    ----------
    key
        ``joined``, ``came_once``, ``from_25``, ``from_50``, ``over_75`` or ``came_last``.
    share
        People at this step out of everybody who joined; `missing` are those whom an unknown
        mark leaves open. For ``joined`` the denominator is everybody listed, and `missing`
        those without any meeting yet; its interval is about nothing and must not be shown.
    nested
        Whether everybody here is also in the step before. Not so for ``came_last``: a man may
        come to the last session after missing most, so never draw it as a loss from ``over_75``.
    """

    key: str
    share: Share
    nested: bool

    def label(self, language: Language = "es") -> str:
        """Return what a reader calls this step."""
        return say(f"funnel.{self.key}", language)


@dataclass(frozen=True, slots=True)
class Funnel:
    """The steps in order.

    Attributes
    ----------
    steps
        Six steps; the first five are nested.
    notes
        What must be read beside the numbers.
    """

    steps: tuple[Step, ...]
    notes: tuple[Note, ...]


def funnel(
    matrix: AttendanceMatrix,
    *,
    last_session: int | NDArray[np.int64] | None = None,
    level: float = 0.95,
) -> Funnel:
    """Return how many people joined, came once, came to a quarter … and to the last session.

    Parameters
    ----------
    matrix
        The register. Fractions are of the programme sessions expected of each person so far:
        while a group runs, the funnel describes it until today.
    last_session
        Column of the last session; an array of shape (n_people,) when the rows come from groups
        with different last sessions. By default the last column at which anybody was expected
        (the last session held).
    level
        Confidence level of the Wilson intervals.

    Raises
    ------
    Refusal
        If nobody has an expected meeting.
    ValueError
        If `last_session` is not a column, or `level` is not a probability.
    """
    each = dose(matrix)
    joined = each.expected_meetings > 0
    n = int(joined.sum())
    if n == 0:
        raise Refusal(Note.of("refusal.nobody"))
    column = _last_columns(matrix, last_session)
    waiting = matrix.n_people - n
    at_all = share(
        n, matrix.n_people, missing=waiting, numerator_upper=matrix.n_people, level=level
    )
    required = {
        "came_once": np.ones(matrix.n_people, dtype=np.int64),
        "from_25": required_sessions(each.expected_sessions, 25, strict=False),
        "from_50": required_sessions(each.expected_sessions, 50, strict=False),
        "over_75": required_sessions(each.expected_sessions, 75, strict=True),
    }
    steps = (
        Step("joined", at_all, nested=True),
        *(
            Step(key, share_reaching(matrix, need, level), nested=True)
            for key, need in required.items()
        ),
        Step("came_last", _came_to(matrix, column, joined, level), nested=False),
    )
    gone = int((joined & ~matrix.expected[np.arange(matrix.n_people), column]).sum())
    ended = (Note.of("not_expected_at_last", n=gone),) if gone else ()
    return Funnel(steps, matrix.notes() + ended)


def _last_columns(
    matrix: AttendanceMatrix, last_session: int | NDArray[np.int64] | None
) -> NDArray[np.int64]:
    if last_session is None:
        last_session = int(np.flatnonzero(matrix.expected.any(axis=0))[-1])
    column = np.asarray(last_session, dtype=np.int64)
    if column.shape not in {(), (matrix.n_people,)}:
        raise ValueError(
            f"last_session is one column, or one per person ({matrix.n_people}); "
            f"it has shape {column.shape}."
        )
    if (column < 0).any() or (column >= matrix.n_sessions).any():
        raise ValueError(
            f"last_session counts columns from 0 to {matrix.n_sessions - 1}; it is {last_session}."
        )
    return np.broadcast_to(column, (matrix.n_people,))


def _came_to(
    matrix: AttendanceMatrix,
    column: NDArray[np.int64],
    joined: NDArray[np.bool_],
    level: float,
) -> Share:
    rows = np.arange(matrix.n_people)
    came = int(matrix.present[rows, column].sum())
    missing = int(matrix.unknown[rows, column].sum())
    absent_there = np.bincount(column[matrix.absent[rows, column]], minlength=matrix.n_sessions)
    nameless = int(np.minimum(matrix.nameless, absent_there).sum())
    return share(
        came,
        int(joined.sum()),
        missing=missing,
        numerator_upper=came + missing + nameless,
        level=level,
    )
