"""Who stopped coming, when, and who is going quiet now."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidencia.attendance import FEW, AttendanceMatrix
from evidencia.words import Note


@dataclass(frozen=True, slots=True, eq=False)
class Departures:
    """Attendance as times to an event, ready for :func:`evidencia.kaplan_meier`.

    Attributes
    ----------
    person
        int64, shape (n,). Row of the matrix of each person in the curve: those expected at
        `quiet_after` meetings or more.
    time
        int64, shape (n,). For a departure, the number of the last meeting attended; for
        a censoring, `followed` − `quiet_after`. Counted in the meetings expected of him, from 1;
        0 is "before the first".
    event
        bool, shape (n,). Whether he departed.
    last_attended
        int64, shape (n,). Number of the last meeting attended, 0 for none, departed or not.
    followed
        int64, shape (n,). Meetings expected of him.
    quiet_after
        Misses in a row that make a departure.
    n_people, n_never_expected, n_too_early
        Rows of the matrix; rows without any expected meeting; rows with some but fewer than
        `quiet_after`. n_people = n + n_never_expected + n_too_early.
    n_never_came
        People in the curve who never came: events at 0.
    n_unsettled
        Departures that an unknown mark, had it been a presence, would undo.
    n_time_unsettled
        Departures that an unknown mark would undo or move to a later meeting (so at least
        `n_unsettled`).
    notes
        What must be read beside the curve.
    """

    person: NDArray[np.int64]
    time: NDArray[np.int64]
    event: NDArray[np.bool_]
    last_attended: NDArray[np.int64]
    followed: NDArray[np.int64]
    quiet_after: int
    n_people: int
    n_never_expected: int
    n_too_early: int
    n_never_came: int
    n_unsettled: int
    n_time_unsettled: int
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, eq=False)
class GoneQuiet:
    """People whose last expected meetings were all missed, in the order of the rows.

    Attributes
    ----------
    person
        int64, shape (n,). Row of the matrix.
    missed
        int64, shape (n,). Misses in a row up to his last expected meeting, at least `after`.
    unknown
        int64, shape (n,). How many of them nobody recorded.
    certain
        bool, shape (n,). Still at least `after` if every unknown mark had been a presence.
        Where False, ask the facilitator before calling the man.
    never_came
        bool, shape (n,). He has not come once.
    after
        Misses in a row that make "quiet".
    """

    person: NDArray[np.int64]
    missed: NDArray[np.int64]
    unknown: NDArray[np.int64]
    certain: NDArray[np.bool_]
    never_came: NDArray[np.bool_]
    after: int


def departure(matrix: AttendanceMatrix, quiet_after: int = 3) -> Departures:
    """Turn attendance into times to departure.

    Definition. Number the meetings expected of a person 1 … c (NOT_EXPECTED ones have no
    number); let a be the last that he came to, 0 if none. Unknown marks count as misses.

    - *Departure* (event) when c − a ≥ `quiet_after`: he missed that many or more in a row, up to
      the end of what was observed. Time a. Whoever never came departs at 0.
    - *Still coming* (censored) when c − a < `quiet_after`. Time c − `quiet_after`.
    - *Too early to tell* when c < `quiet_after`: not in the curve, counted apart.

    The same, for readers: ``say("departure.definition", language, quiet_after=…)``.

    Parameters
    ----------
    matrix
        The register. An agreed end (completion, transfer) is NOT_EXPECTED from then on, and
        so is a censoring unless misses came before it.
    quiet_after
        Misses in a row that make a departure, at least 1.

    Returns
    -------
    Departures
        S(t) of its curve is the probability of coming to some meeting after the t-th;
        S(0), of coming at all.

    Raises
    ------
    ValueError
        If `quiet_after` is below 1.

    Notes
    -----
    Why censor at c − `quiet_after` and not at the last attendance: a departure at meeting t is
    seen only by somebody followed for `quiet_after` meetings more. Whoever counts as at risk in
    his last meetings, where no departure of his could be seen, dilutes every hazard there; with
    late joiners the curve comes out too high at every t. Cut at c − `quiet_after`, censoring
    depends on the calendar alone and Kaplan–Meier's condition holds as far as joining dates say
    nothing about staying. The price is honest: the curve ends `quiet_after` meetings early.

    Coming back after a long gap undoes a departure, so the event is "not seen again by the end
    of the record", and a curve drawn later may lie higher than one drawn today.
    """
    _check_run(quiet_after, "quiet_after")
    runs = _runs(matrix)
    inside = runs.followed >= quiet_after
    missed = runs.followed - runs.last_attended
    event = inside & (missed >= quiet_after)
    time = np.where(event, runs.last_attended, runs.followed - quiet_after)
    undone = event & (runs.followed - runs.last_possible < quiet_after)
    moved = event & (runs.last_possible > runs.last_attended)
    never = event & (runs.last_attended == 0)
    counts = {
        "n_never_expected": int((runs.followed == 0).sum()),
        "n_too_early": int(((runs.followed > 0) & ~inside).sum()),
        "n_never_came": int(never.sum()),
        "n_unsettled": int(undone.sum()),
        "n_time_unsettled": int(moved.sum()),
    }
    return Departures(
        person=np.flatnonzero(inside),
        time=time[inside],
        event=event[inside],
        last_attended=runs.last_attended[inside],
        followed=runs.followed[inside],
        quiet_after=quiet_after,
        n_people=matrix.n_people,
        notes=_notes(matrix, counts, int(inside.sum()), quiet_after),
        **counts,
    )


def gone_quiet(matrix: AttendanceMatrix, after: int = 2) -> GoneQuiet:
    """Return who has missed the last `after` or more meetings expected of him, in a row.

    For a list of men to call. It looks at each person's own last expected meetings; whoever has
    left by agreement, or is known to have departed long ago, is for the caller to leave out.

    Parameters
    ----------
    matrix
        The register.
    after
        Misses in a row, at least 1. Unknown marks do not break a run (see `certain`).

    Raises
    ------
    ValueError
        If `after` is below 1.
    """
    _check_run(after, "after")
    runs = _runs(matrix)
    missed = runs.followed - runs.last_attended
    person = np.flatnonzero(missed >= after)
    trailing = runs.number > runs.last_attended[:, None]
    return GoneQuiet(
        person=person,
        missed=missed[person],
        unknown=(matrix.unknown & trailing).sum(axis=1)[person],
        certain=(runs.followed - runs.last_possible >= after)[person],
        never_came=(runs.last_attended == 0)[person],
        after=after,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """Meetings numbered per person; arrays of shape (n_people,) but `number`."""

    number: NDArray[np.int64]  # (n_people, n_sessions): expected meetings up to this column
    followed: NDArray[np.int64]
    last_attended: NDArray[np.int64]
    last_possible: NDArray[np.int64]  # last attended if every unknown mark were a presence


def _runs(matrix: AttendanceMatrix) -> _Runs:
    number = matrix.expected.cumsum(axis=1)
    possible = matrix.present | matrix.unknown
    return _Runs(
        number=number,
        followed=matrix.expected.sum(axis=1),
        last_attended=(number * matrix.present).max(axis=1, initial=0),
        last_possible=(number * possible).max(axis=1, initial=0),
    )


def _check_run(length: int, name: str) -> None:
    if length < 1:
        raise ValueError(f"{name} counts missed meetings in a row and is at least 1, not {length}.")


def _notes(
    matrix: AttendanceMatrix, counts: dict[str, int], n: int, quiet_after: int
) -> tuple[Note, ...]:
    notes = [Note.of("few_people", n=n)] if 0 < n < FEW else []
    if counts["n_never_expected"]:
        notes.append(Note.of("never_expected", n=counts["n_never_expected"]))
    if counts["n_too_early"]:
        too_early = Note.of("departure.too_early", quiet_after=quiet_after, n=counts["n_too_early"])
        notes.append(too_early)
    if counts["n_never_came"]:
        notes.append(Note.of("departure.never_came", n=counts["n_never_came"]))
    if counts["n_time_unsettled"]:
        notes.append(Note.of("departure.unsettled", n=counts["n_time_unsettled"]))
    if matrix.nameless.any():
        notes.append(Note.of("departure.unattributed", n=int(matrix.nameless.sum())))
    return tuple(notes)
