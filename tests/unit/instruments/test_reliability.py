"""Alpha is worked out exactly, from whole answers, and is the one that evidencia gives."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from evidencia.measures.reliability import cronbach_alpha, mcdonald_omega
from tequio.instruments.definitions import newest
from tequio.instruments.rules.reliability import consistency

ROWS = ["1120311", "2230122", "0011200", "3332333", "1011101", "2122012"]


def said(marks: str) -> dict[str, str]:
    return {f"gad_{n}": mark for n, mark in enumerate(marks, start=1)}


def test_alpha_is_that_of_the_statistical_library() -> None:
    (found,) = consistency(newest("gad-7").instrument, [said(row) for row in ROWS])
    table = [[int(mark) for mark in row] for row in ROWS]
    assert found.alpha is not None
    assert float(found.alpha) == pytest.approx(cronbach_alpha(table).effect.estimate)
    assert found.whole == 6 and found.few


def test_alpha_by_hand() -> None:
    """Two items that always agree, five that do not vary: k/(k-1) (1 - 2/4) = 7/12."""
    answers = [said(row) for row in ("1100000", "2200000", "3300000")]
    (found,) = consistency(newest("gad-7").instrument, answers)
    assert found.alpha == Fraction(7, 12)


def test_answers_with_gaps_are_left_out_and_counted() -> None:
    answers = [said(row) for row in ROWS] + [{"gad_1": "3"}]
    (found,) = consistency(newest("gad-7").instrument, answers)
    assert (found.whole, found.left_out) == (6, 1)


def test_without_variance_nothing_is_said() -> None:
    (found,) = consistency(newest("gad-7").instrument, [said("1111111")] * 5)
    assert found.alpha is None


def test_omega_stands_beside_alpha_and_is_that_of_the_statistical_library() -> None:
    """evidencia's own is held to lavaan in tests/reference; here the same rows reach it."""
    luck = np.random.default_rng(7)
    common = luck.normal(size=(60, 1)) + luck.normal(scale=0.8, size=(60, 7))
    rows = ["".join(map(str, row)) for row in np.clip(np.round(common + 1.5), 0, 3).astype(int)]
    (found,) = consistency(newest("gad-7").instrument, [said(row) for row in rows])
    omega = mcdonald_omega([[int(mark) for mark in row] for row in rows]).effect
    assert found.omega.value == pytest.approx(omega.estimate)
    assert found.omega.low is not None and found.omega.high is not None
    assert found.omega.low < omega.estimate < found.omega.high


def test_with_few_there_is_no_omega_and_it_is_said_why() -> None:
    (found,) = consistency(newest("gad-7").instrument, [said(row) for row in ROWS])
    assert found.omega.value is None and "menos de 30" in found.omega.said


def test_what_does_not_vary_has_no_omega_and_says_so() -> None:
    (found,) = consistency(newest("gad-7").instrument, [said("1111111")] * 40)
    assert found.omega.value is None and "igual" in found.omega.said
