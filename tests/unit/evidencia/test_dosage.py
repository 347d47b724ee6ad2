"""Dose: worked examples, invariants, and bounds against every possible truth."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from evidencia import (
    ABSENT,
    PRESENT,
    THRESHOLDS,
    UNKNOWN,
    AttendanceMatrix,
    DoseSummary,
    Refusal,
    dose,
    summarise_dose,
)
from evidencia.thresholds import required_sessions

ROUNDING = 1e-12


@st.composite
def registers(draw: st.DrawFn, people: int = 8, sessions: int = 8) -> AttendanceMatrix:
    """Registers with at least one person who was expected somewhere."""
    shape = (draw(st.integers(1, people)), draw(st.integers(1, sessions)))
    marks = draw(hnp.arrays(np.int8, shape, elements=st.integers(-2, 1)))
    marks[0, 0] = draw(st.integers(-1, 1))
    weights = draw(hnp.arrays(np.int64, shape[1], elements=st.integers(1, 3)))
    nameless = draw(st.none() | hnp.arrays(np.int64, shape[1], elements=st.integers(0, 3)))
    return AttendanceMatrix(marks, weights, nameless)


def hand_outs(register: AttendanceMatrix, s: int) -> list[tuple[int, ...]]:
    """Every set of absent people who could own nameless marks of meeting `s`."""
    absent = np.flatnonzero(register.marks[:, s] == ABSENT).tolist()
    sizes = range(int(register.nameless[s]) + 1)
    return list(chain.from_iterable(combinations(absent, k) for k in sizes))


def truths(register: AttendanceMatrix) -> Iterator[AttendanceMatrix]:
    """Every register that could hide behind this one."""
    unknown = np.argwhere(register.marks == UNKNOWN)
    for chosen in product(*(hand_outs(register, s) for s in range(register.n_sessions))):
        for answers in product((ABSENT, PRESENT), repeat=len(unknown)):
            marks = register.marks.copy()
            marks[tuple(unknown.T)] = answers
            for s, people in enumerate(chosen):
                marks[list(people), s] = PRESENT
            yield AttendanceMatrix(marks, register.weights)


def upper_ends(summary: DoseSummary) -> np.ndarray:
    spreads = (summary.meetings, summary.sessions, summary.fraction)
    return np.array([spread.mean_bounds.upper for spread in spreads])


def means(summary: DoseSummary) -> np.ndarray:
    return np.array([summary.meetings.mean, summary.sessions.mean, summary.fraction.mean])


@pytest.mark.parametrize("seed", range(12))
def test_bounds_of_the_means_are_attained_and_never_passed(seed: int) -> None:
    rng = np.random.default_rng(seed)
    register = AttendanceMatrix(
        rng.choice([1, 0, 0, 0, -1, -2], size=(4, 3)).astype(np.int8),
        rng.integers(1, 4, size=3),
        rng.integers(0, 3, size=3),
    )
    summary = summarise_dose(register)
    possible = [means(summarise_dose(truth)) for truth in truths(register)]

    assert np.allclose(np.max(possible, axis=0), upper_ends(summary), atol=ROUNDING, rtol=0)
    assert np.allclose(np.min(possible, axis=0), means(summary), atol=ROUNDING, rtol=0)


@pytest.mark.parametrize("nameless", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_no_possible_truth_passes_the_bounds_of_a_share(seed: int, nameless: bool) -> None:
    rng = np.random.default_rng(100 + seed)
    register = AttendanceMatrix(
        rng.choice([1, 0, 0, -1, -2], size=(4, 4)).astype(np.int8),
        rng.integers(1, 4, size=4),
        rng.integers(0, 2, size=4) if nameless else None,
    )
    possible = [summarise_dose(truth) for truth in truths(register)]

    for entry in summarise_dose(register).thresholds:
        counts = [p.share(entry.percent, strict=entry.strict).numerator for p in possible]
        assert min(counts) == entry.share.numerator
        assert max(counts) <= entry.share.numerator_upper
        if not nameless:
            assert max(counts) == entry.share.numerator_upper
            assert entry.share.missing == entry.share.numerator_upper - entry.share.numerator


def test_a_bound_that_forgets_the_nameless_marks_would_be_passed() -> None:
    """Seeded defect: the same register read without its nameless marks."""
    marks, ones = np.array([[1, 0], [0, 0]], dtype=np.int8), np.ones(2, dtype=np.int64)
    register = AttendanceMatrix(marks, ones, np.array([1, 1]))
    forgetful = summarise_dose(AttendanceMatrix(marks, ones))

    assert any((means(summarise_dose(t)) > upper_ends(forgetful)).any() for t in truths(register))


def upper_half(marks: list[list[int]], weights: list[int], nameless: list[int]) -> int:
    register = AttendanceMatrix(
        np.array(marks, dtype=np.int8), np.array(weights), np.array(nameless)
    )
    return summarise_dose(register).share(50, strict=False).numerator_upper


def test_nameless_marks_of_one_meeting_cannot_fill_another() -> None:
    """The second person passes already; the marks of the second meeting could only be his."""
    assert upper_half([[0, -2], [1, 0]], [1, 1], [0, 5]) == 1
    assert upper_half([[0, -2], [1, 0]], [1, 1], [5, 0]) == 2


def test_few_nameless_marks_lift_few_people() -> None:
    """Each of three needs two of four meetings; three marks make one person and a half."""
    nobody = [[0, 0, 0, 0]] * 3

    assert upper_half(nobody, [1, 1, 1, 1], [1, 1, 1, 0]) == 1
    assert upper_half(nobody, [1, 1, 1, 1], [2, 2, 0, 0]) == 2


def test_the_heaviest_meetings_lift_most_people() -> None:
    """Each of two passes with the meeting of three sessions alone."""
    assert upper_half([[0, 0], [0, 0]], [1, 3], [1, 2]) == 2


def test_a_worked_register() -> None:
    """Three people, meetings of 1, 2 and 1 sessions; the third joins at the second meeting."""
    register = AttendanceMatrix(
        np.array([[1, 1, 0], [1, 0, -1], [-2, 1, 1]], dtype=np.int8), np.array([1, 2, 1])
    )
    each = dose(register)
    summary = summarise_dose(register)

    assert each.attended_meetings.tolist() == [2, 1, 2]
    assert each.expected_meetings.tolist() == [3, 3, 2]
    assert each.unknown_meetings.tolist() == [0, 1, 0]
    assert each.attended_sessions.tolist() == [3, 1, 3]
    assert each.expected_sessions.tolist() == [4, 4, 3]
    assert each.unknown_sessions.tolist() == [0, 1, 0]
    assert each.fraction.tolist() == [0.75, 0.25, 1.0]
    assert summary.share(75, strict=False).numerator == 2
    assert summary.share(75, strict=True).numerator == 1
    assert summary.share(50, strict=False).missing == 1
    assert summary.meetings.mean_bounds.upper == 2.0


@pytest.mark.parametrize("expected", range(1, 61))
@pytest.mark.parametrize("percent", THRESHOLDS)
def test_a_threshold_is_exact_where_floating_point_is_not(expected: int, percent: int) -> None:
    for strict in (False, True):
        (need,) = required_sessions(np.array([expected]), percent, strict=strict)
        passing = [
            k
            for k in range(expected + 1)
            if (k * 100 > percent * expected if strict else k * 100 >= percent * expected)
        ]
        assert need == passing[0]


def test_nine_of_twelve_is_not_more_than_75_percent() -> None:
    marks = (np.arange(12) < np.array([[9], [10]])).astype(np.int8)
    summary = summarise_dose(AttendanceMatrix(marks, np.ones(12, dtype=np.int64)))

    assert summary.share(75, strict=True).numerator == 1
    assert summary.share(75, strict=False).numerator == 2


def test_one_person_has_no_spread_and_the_result_says_so() -> None:
    summary = summarise_dose(AttendanceMatrix(np.array([[1, 0]]), np.ones(2, dtype=np.int64)))

    assert summary.meetings.sd is None
    assert {note.code for note in summary.notes} == {"few_people", "no_spread_of_one"}


@pytest.mark.parametrize("marks", [np.zeros((0, 3)), np.full((2, 3), -2), np.zeros((2, 0))])
def test_nobody_expected_is_a_refusal_and_not_a_nan(marks: np.ndarray) -> None:
    register = AttendanceMatrix(marks.astype(np.int8), np.ones(marks.shape[1], dtype=np.int64))

    with pytest.raises(Refusal):
        summarise_dose(register)
    assert np.isnan(dose(register).fraction).all()


def test_whoever_was_never_expected_is_counted_apart() -> None:
    marks = np.array([[1, 0], [-2, -2]], dtype=np.int8)
    summary = summarise_dose(AttendanceMatrix(marks, np.ones(2, dtype=np.int64)))

    assert (summary.n_people, summary.n, summary.n_never_expected) == (2, 1, 1)
    assert summary.meetings.mean == 1.0


def test_a_threshold_that_was_not_computed_is_refused() -> None:
    summary = summarise_dose(AttendanceMatrix(np.array([[1]]), np.array([1])))

    with pytest.raises(ValueError, match="no threshold of 60 %"):
        summary.share(60, strict=True)


@given(registers())
@settings(deadline=None)
def test_bounds_contain_the_point(register: AttendanceMatrix) -> None:
    summary = summarise_dose(register)

    for spread in (summary.meetings, summary.sessions, summary.fraction):
        assert spread.minimum <= spread.mean + ROUNDING
        assert spread.mean_bounds.lower == spread.mean <= spread.mean_bounds.upper
    for entry in summary.thresholds:
        share = entry.share
        assert share.ci_low <= share.value <= share.ci_high
        assert share.numerator + share.missing <= share.numerator_upper <= share.denominator
    assert summary.fraction.mean_bounds.upper <= 1 + ROUNDING


@given(registers(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_people_does_not_matter(register: AttendanceMatrix, random) -> None:  # type: ignore[no-untyped-def]
    order = list(range(register.n_people))
    random.shuffle(order)
    shuffled = AttendanceMatrix(register.marks[order], register.weights, register.unattributed)
    one, other = summarise_dose(register), summarise_dose(shuffled)

    assert one.thresholds == other.thresholds
    assert means(one) == pytest.approx(means(other), abs=ROUNDING)
    assert upper_ends(one) == pytest.approx(upper_ends(other), abs=ROUNDING)


@given(registers())
@settings(deadline=None)
def test_with_weights_of_one_sessions_are_meetings(register: AttendanceMatrix) -> None:
    ones = np.ones(register.n_sessions, dtype=np.int64)
    plain = AttendanceMatrix(register.marks, ones, register.unattributed)
    each, summary = dose(plain), summarise_dose(plain)

    assert (each.attended_sessions == each.attended_meetings).all()
    assert summary.sessions == summary.meetings
