"""Departures: the written definition, case by case, and why men are censored where they are."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from evidencia import (
    UNKNOWN,
    AttendanceMatrix,
    Departures,
    Refusal,
    departure,
    gone_quiet,
    kaplan_meier,
)


def register(marks: Any, unattributed: Any = None) -> AttendanceMatrix:
    marks = np.array(marks, dtype=np.int8)
    return AttendanceMatrix(marks, np.ones(marks.shape[1], dtype=np.int64), unattributed)


@pytest.mark.parametrize(
    ("marks", "time", "event"),
    [
        ([1, 1, 1, 1, 1, 1], 3, False),  # to the end: known up to 3 before the last
        ([1, 1, 1, 1, 0, 0], 3, False),  # two misses: too soon to say
        ([1, 1, 1, 0, 0, 0], 3, True),  # three: he left at the third
        ([1, 0, 0, 0, 0, 1], 3, False),  # he came back: not a departure
        ([0, 0, 0, 0, 0, 0], 0, True),  # never came
        ([0, 0, 0, -2, -2, -2], 0, True),  # never came, then taken off the list
        ([-2, -2, 1, 0, 0, 0], 1, True),  # counted from his own first meeting
        ([1, -2, 0, -2, 0, 0], 1, True),  # meetings not held have no number
        ([1, 1, 1, -2, -2, -2], 0, False),  # agreed end after three: known only at 0
        ([1, -1, 0, 0, 0, 0], 1, True),  # nobody recorded: counts as a miss
    ],
)
def test_the_definition_case_by_case(marks: list[int], time: int, event: bool) -> None:
    gone = departure(register([marks]))

    assert (gone.time.tolist(), gone.event.tolist()) == ([time], [event])


def test_a_man_with_few_meetings_is_neither_kept_nor_gone() -> None:
    gone = departure(register([[-2, 0, 0], [-2, -2, -2], [1, 1, 1]]))

    assert gone.person.tolist() == [2]
    assert (gone.n_people, gone.n_never_expected, gone.n_too_early) == (3, 1, 1)
    assert {note.code for note in gone.notes} == {
        "few_people",
        "never_expected",
        "departure.too_early",
    }


def test_men_who_never_came_are_in_the_curve_at_zero_and_counted_apart() -> None:
    gone = departure(register([[0] * 6, [0] * 6, [1] * 6, [1] * 6]))
    curve = kaplan_meier(gone.time, gone.event)

    assert gone.n_never_came == 2
    assert (curve.time[0], curve.survival[0]) == (0, 0.5)


def test_with_nobody_followed_long_enough_there_are_counts_and_no_curve() -> None:
    gone = departure(register([[1, 0], [0, 0]]))

    assert (gone.person.size, gone.n_too_early) == (0, 2)
    with pytest.raises(Refusal):
        kaplan_meier(gone.time, gone.event)


@pytest.mark.parametrize("shape", [(0, 4), (3, 0)])
def test_an_empty_register_has_no_departures(shape: tuple[int, int]) -> None:
    empty = register(np.zeros(shape))

    assert departure(empty).person.size == 0
    assert gone_quiet(empty).person.size == 0


def test_nameless_marks_are_declared() -> None:
    notes = departure(register([[1, 0, 0, 0]] * 5, np.array([0, 2, 0, 0]))).notes

    assert [(note.code, note.values) for note in notes] == [("departure.unattributed", (("n", 2),))]


@pytest.mark.parametrize("run", [0, -1])
def test_a_run_of_no_misses_is_refused(run: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        departure(register([[1]]), quiet_after=run)
    with pytest.raises(ValueError, match="at least 1"):
        gone_quiet(register([[1]]), after=run)


def resolutions(marks: np.ndarray) -> list[AttendanceMatrix]:
    """Every register of one person that could hide behind his unknown marks."""
    unknown = np.argwhere(marks == UNKNOWN)
    found = []
    for answers in product((0, 1), repeat=len(unknown)):
        truth = marks.copy()
        truth[tuple(unknown.T)] = answers
        found.append(register(truth))
    return found


@given(
    hnp.arrays(np.int8, st.tuples(st.just(1), st.integers(1, 6)), elements=st.integers(-2, 1)),
    st.integers(1, 3),
)
@settings(deadline=None)
def test_who_hinges_on_an_unknown_mark_is_found_by_trying_every_answer(
    marks: np.ndarray, run: int
) -> None:
    def answer(gone: Departures) -> tuple[list[int], list[bool]]:
        return gone.time.tolist(), gone.event.tolist()

    gone = departure(register(marks), quiet_after=run)
    answers = [answer(departure(truth, quiet_after=run)) for truth in resolutions(marks)]
    quiet = [gone_quiet(truth, after=run).person.size for truth in resolutions(marks)]
    now_quiet = gone_quiet(register(marks), after=run)

    assert gone.n_unsettled == any(events != gone.event.tolist() for _, events in answers)
    assert gone.n_time_unsettled == any(one != answer(gone) for one in answers)
    assert now_quiet.person.size == max(quiet)
    if now_quiet.person.size:
        assert bool(now_quiet.certain[0]) == (min(quiet) == 1)


def test_who_has_gone_quiet_and_for_how_long() -> None:
    quiet = gone_quiet(
        register(
            [
                [1, 1, 0, 0],  # two
                [1, 1, 1, 0],  # one: not yet
                [0, 0, 0, 0],  # never came
                [1, 0, 0, -2],  # the last was not his: two of his own
                [1, 0, -1, -1],  # two of the three nobody recorded
                [1, 1, -1, 0],  # the first of the two nobody recorded
            ]
        )
    )

    assert quiet.person.tolist() == [0, 2, 3, 4, 5]
    assert quiet.missed.tolist() == [2, 4, 2, 3, 2]
    assert quiet.unknown.tolist() == [0, 0, 0, 2, 1]
    assert quiet.certain.tolist() == [True, True, True, False, False]
    assert quiet.never_came.tolist() == [False, True, False, False, False]


@given(
    hnp.arrays(
        np.int8, st.tuples(st.integers(1, 8), st.integers(1, 8)), elements=st.integers(-2, 1)
    ),
    st.randoms(use_true_random=False),
)
@settings(deadline=None)
def test_the_order_of_the_people_does_not_matter(marks: np.ndarray, random) -> None:  # type: ignore[no-untyped-def]
    order = list(range(marks.shape[0]))
    random.shuffle(order)
    one, other = departure(register(marks)), departure(register(marks[order]))

    assert sorted(zip(one.time, one.event, strict=True)) == sorted(
        zip(other.time, other.event, strict=True)
    )
    assert one.notes == other.notes
    assert one.person.size + one.n_never_expected + one.n_too_early == one.n_people


def late_joiners(n: int) -> tuple[AttendanceMatrix, np.ndarray]:
    """Men who join at any time, come without a gap, and leave for good with hazard 0.15.

    Returns the register and the true S(t) = P(comes after meeting t), t = 0 … 8.
    """
    rng = np.random.default_rng(20101257)
    hazard, sessions = 0.15, 16
    joined = rng.integers(0, sessions - 1, n)[:, None]
    last = rng.geometric(hazard, n)[:, None] - 1
    number = np.arange(sessions)[None, :] - joined + 1
    marks = np.where(number < 1, -2, np.where(number <= last, 1, 0))
    return register(marks), (1 - hazard) ** np.arange(1, 10)


STANDARD_ERRORS = 4.0
"""Nine correlated comparisons at four standard errors: a false alarm in some 2,000 worlds."""


def distance(time: np.ndarray, event: np.ndarray, truth: np.ndarray) -> float:
    curve = kaplan_meier(time, event)
    at = np.searchsorted(curve.time, np.arange(truth.size), side="right") - 1
    return float((np.abs(curve.survival[at] - truth) / curve.se[at]).max())


def test_the_curve_finds_the_truth_when_men_join_late() -> None:
    matrix, truth = late_joiners(4000)
    gone = departure(matrix)

    assert distance(gone.time, gone.event, truth) < STANDARD_ERRORS


def test_censoring_at_the_last_attendance_would_miss_the_truth() -> None:
    """Seeded defect, and the reason for the definition: see the notes of `departure`."""
    matrix, truth = late_joiners(4000)
    gone = departure(matrix)

    assert distance(gone.last_attended, gone.event, truth) > 2 * STANDARD_ERRORS
