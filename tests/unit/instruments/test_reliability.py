"""Alpha is worked out exactly, from whole answers, and is the one that evidencia gives."""

from __future__ import annotations

from fractions import Fraction

import pytest

from evidencia.measures.reliability import cronbach_alpha
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
