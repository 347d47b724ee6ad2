from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from evidencia import AttendanceMatrix, Refusal, funnel


def register(marks: Any, unattributed: Any = None) -> AttendanceMatrix:
    marks = np.array(marks, dtype=np.int8)
    return AttendanceMatrix(marks, np.ones(marks.shape[1], dtype=np.int64), unattributed)


WORKED = register(
    [
        [1, 1, 1, 1],  # everything
        [1, 1, 1, 0],  # 75 %: not more than 75 %
        [0, 1, 0, 1],  # half, and the last one
        [1, 0, 0, -1],  # a quarter; nobody knows about the last one
        [0, 0, 0, 0],  # never came
        [1, -2, -2, -2],  # came once, then an agreed end
        [-2, -2, -2, -2],  # no meeting yet
    ]
)


def test_every_step_has_its_count_its_denominator_and_its_missing() -> None:
    steps = funnel(WORKED).steps

    assert [(s.key, s.share.numerator, s.share.denominator, s.share.missing) for s in steps] == [
        ("joined", 6, 7, 1),
        ("came_once", 5, 6, 0),
        ("from_25", 5, 6, 0),
        ("from_50", 4, 6, 1),
        ("over_75", 2, 6, 0),
        ("came_last", 2, 6, 1),
    ]


def test_the_notes_say_who_could_not_come_to_the_last_session() -> None:
    notes = {note.code: dict(note.values) for note in funnel(WORKED).notes}

    assert notes["not_expected_at_last"] == {"n": 1}
    assert notes["never_expected"] == {"n": 1}


def test_the_last_session_is_by_default_the_last_one_held() -> None:
    not_held = register([[1, 1, -2], [1, 0, -2]])

    assert funnel(not_held).steps[-1].share.numerator == 1


def test_groups_with_different_last_sessions_can_share_a_funnel() -> None:
    pooled = register([[1, 1, -2], [1, 0, -2], [1, 1, 0]])

    assert funnel(pooled, last_session=np.array([1, 1, 2])).steps[-1].share.numerator == 1
    assert funnel(pooled, last_session=1).steps[-1].share.numerator == 2


@pytest.mark.parametrize("last_session", [-1, 3, np.array([0, 1])])
def test_a_last_session_that_is_no_column_is_refused(last_session: Any) -> None:
    with pytest.raises(ValueError, match="last_session"):
        funnel(register([[1, 0, 1]]), last_session=last_session)


def test_nameless_marks_raise_the_upper_end_only_where_somebody_was_absent() -> None:
    steps = funnel(register([[1, 0], [1, 0], [1, 1]], np.array([9, 1]))).steps

    assert (steps[-1].share.numerator, steps[-1].share.numerator_upper) == (1, 2)


def test_an_empty_group_has_no_funnel_and_the_refusal_says_why() -> None:
    with pytest.raises(Refusal, match="nobody has had a meeting"):
        funnel(register(np.zeros((0, 4))))


def test_the_labels_speak_both_languages() -> None:
    step = funnel(WORKED).steps[4]

    assert step.label() == "Vinieron a más del 75 % de las sesiones"
    assert step.label("en") == "Came to more than 75 % of the sessions"


@given(
    hnp.arrays(
        np.int8, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.integers(-2, 1)
    )
)
@settings(deadline=None)
def test_the_nested_steps_never_widen(marks: np.ndarray) -> None:
    marks[0, 0] = 1
    steps = funnel(register(marks)).steps

    for before, after in pairwise(steps):
        if after.nested:
            assert after.share.numerator <= before.share.numerator
            assert after.share.numerator_upper <= before.share.numerator_upper
