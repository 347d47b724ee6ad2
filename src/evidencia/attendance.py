"""Attendance as an array: who came to what, and what nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidencia.words import Note

PRESENT: Final = 1
ABSENT: Final = 0
UNKNOWN: Final = -1
"""Expected, and nobody recorded whether he came."""
NOT_EXPECTED: Final = -2
"""Before he joined, after an agreed end, or the session was not held."""

FEW: Final = 5
"""Below this many people every result carries the note ``few_people``."""

_CODES = (PRESENT, ABSENT, UNKNOWN, NOT_EXPECTED)


@dataclass(frozen=True, slots=True, eq=False)
class AttendanceMatrix:
    """One row per person, one column per meeting in the order of time.

    Attributes
    ----------
    marks
        int8, shape (n_people, n_sessions). PRESENT, ABSENT, UNKNOWN or NOT_EXPECTED. A late
        arrival is PRESENT; an excused absence is ABSENT: he was expected and did not come.
    weights
        int64, shape (n_sessions,). Programme sessions that one meeting covers, at least 1
        (a register may hold "4-5": two sessions in one meeting).
    unattributed
        int64, shape (n_sessions,), or None. Marks of presence that carry no identity, per
        meeting. None means that the register has no such marks.

    Notes
    -----
    Arrays are copied and made read-only. Zero people or zero sessions are allowed here (an
    empty group is a group); the functions that cannot answer then refuse with a sentence.

    Raises
    ------
    ValueError
        If shapes disagree, a code is unknown, a weight is below 1 or a count is negative.
    """

    marks: NDArray[np.int8]
    weights: NDArray[np.int64]
    unattributed: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        marks = _checked_marks(self.marks)
        n_sessions = marks.shape[1]
        object.__setattr__(self, "marks", marks)
        object.__setattr__(
            self, "weights", _checked_counts(self.weights, "weights", n_sessions, least=1)
        )
        if self.unattributed is not None:
            counts = _checked_counts(self.unattributed, "unattributed", n_sessions, least=0)
            object.__setattr__(self, "unattributed", counts)

    @property
    def n_people(self) -> int:
        """Number of rows."""
        return int(self.marks.shape[0])

    @property
    def n_sessions(self) -> int:
        """Number of columns (meetings), held or not."""
        return int(self.marks.shape[1])

    @property
    def present(self) -> NDArray[np.bool_]:
        """Shape (n_people, n_sessions): recorded as present."""
        return np.equal(self.marks, PRESENT)

    @property
    def absent(self) -> NDArray[np.bool_]:
        """Shape (n_people, n_sessions): recorded as absent."""
        return np.equal(self.marks, ABSENT)

    @property
    def unknown(self) -> NDArray[np.bool_]:
        """Shape (n_people, n_sessions): expected, nobody recorded."""
        return np.equal(self.marks, UNKNOWN)

    @property
    def expected(self) -> NDArray[np.bool_]:
        """Shape (n_people, n_sessions): expected at a meeting that was held."""
        return np.not_equal(self.marks, NOT_EXPECTED)

    @property
    def nameless(self) -> NDArray[np.int64]:
        """Shape (n_sessions,): unattributed marks, zeros when the register has none."""
        if self.unattributed is None:
            return np.zeros(self.n_sessions, dtype=np.int64)
        return self.unattributed

    def notes(self) -> tuple[Note, ...]:
        """Return what anyone must know who reads a number made from this matrix."""
        n_expected = int(self.expected.any(axis=1).sum())
        open_cells = (self.absent | self.unknown).sum(axis=0)
        counts = {
            "never_expected": self.n_people - n_expected,
            "unknown_marks": int(self.unknown.sum()),
            "unattributed_marks": int(self.nameless.sum()),
            "unattributed_surplus": int(np.maximum(self.nameless - open_cells, 0).sum()),
        }
        few = (Note.of("few_people", n=n_expected),) if 0 < n_expected < FEW else ()
        return few + tuple(Note.of(code, n=n) for code, n in counts.items() if n)


def _checked_marks(marks: NDArray[np.int8]) -> NDArray[np.int8]:
    given = np.asarray(marks)
    if given.ndim != 2:
        raise ValueError(
            f"marks has one row per person and one column per session; this has {given.ndim} "
            "dimension(s). Reshape it to (n_people, n_sessions)."
        )
    if not np.issubdtype(given.dtype, np.integer):
        raise ValueError(
            f"marks holds integer codes, not {given.dtype}. Translate blanks to UNKNOWN (-1) or "
            "NOT_EXPECTED (-2) first: only you know which of the two a blank means."
        )
    wrong = np.argwhere(~np.isin(given, _CODES))
    if wrong.size:
        row, column = (int(i) for i in wrong[0])
        raise ValueError(
            f"marks[{row}, {column}] is {given[row, column]}, which is no attendance code. "
            "Use PRESENT (1), ABSENT (0), UNKNOWN (-1) or NOT_EXPECTED (-2)."
        )
    clean = given.astype(np.int8)
    clean.flags.writeable = False
    return clean


def _checked_counts(
    values: NDArray[np.int64], name: str, n_sessions: int, *, least: int
) -> NDArray[np.int64]:
    given = np.asarray(values)
    if given.shape != (n_sessions,):
        raise ValueError(
            f"{name} needs one number per session, shape ({n_sessions},); it has shape "
            f"{given.shape}."
        )
    if given.size and not np.issubdtype(given.dtype, np.integer):
        raise ValueError(f"{name} holds whole numbers, not {given.dtype}.")
    wrong = np.flatnonzero(given < least)
    if wrong.size:
        raise ValueError(
            f"{name}[{int(wrong[0])}] is {given[wrong[0]]}; the least that makes sense is {least}."
        )
    clean = given.astype(np.int64)
    clean.flags.writeable = False
    return clean
