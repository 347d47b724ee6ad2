from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from evidencia import AttendanceMatrix


def matrix(marks: Any, weights: Any = None, unattributed: Any = None) -> AttendanceMatrix:
    marks = np.asarray(marks)
    ones = np.ones(marks.shape[-1] if marks.ndim else 0, dtype=np.int64)
    return AttendanceMatrix(marks, ones if weights is None else np.asarray(weights), unattributed)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([1, 0],), "one row per person"),
        (([[1.0, np.nan]],), "only you know which"),
        (([[True, False]],), "integer codes"),
        (([[1, 0], [1, 7]],), "marks[1, 1] is 7"),
        (([[1, 0]], [1]), "weights needs one number per session, shape (2,)"),
        (([[1, 0]], [1, 0]), "weights[1] is 0"),
        (([[1, 0]], [1.0, 2.0]), "weights holds whole numbers"),
        (([[1, 0]], [1, 1], np.array([1, -1])), "unattributed[1] is -1"),
        (([[1, 0]], [1, 1], np.array([1])), "unattributed needs one number per session"),
    ],
)
def test_bad_input_gets_a_sentence_that_points_at_it(arguments: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        matrix(*arguments)


def test_the_matrix_keeps_its_own_copy_that_nobody_can_change() -> None:
    given = np.array([[1, 0]])
    kept = matrix(given)
    given[0, 0] = 0

    assert kept.marks[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        kept.marks[0, 0] = 0


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_an_empty_group_is_a_group(shape: tuple[int, int]) -> None:
    empty = matrix(np.zeros(shape, dtype=np.int8))

    assert (empty.n_people, empty.n_sessions) == shape
    assert {note.code for note in empty.notes()} <= {"never_expected"}


def test_the_notes_name_every_gap_in_the_record() -> None:
    gaps = matrix([[1, 0, -1], [-2, -2, -2]], unattributed=np.array([5, 1, 0]))

    assert {(note.code, dict(note.values)["n"]) for note in gaps.notes()} == {
        ("few_people", 1),
        ("never_expected", 1),
        ("unknown_marks", 1),
        ("unattributed_marks", 6),
        ("unattributed_surplus", 5),
    }


def test_importing_evidencia_brings_neither_django_nor_scipy() -> None:
    """scipy.stats alone takes three seconds, and a page would wait for it."""
    program = (
        "import sys, evidencia; "
        "heavy = {'django', 'scipy', 'pandas', 'tequio'} & set(sys.modules); "
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": "src"},
    )

    assert done.returncode == 0, done.stderr
