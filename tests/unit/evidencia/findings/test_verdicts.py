from __future__ import annotations

from math import isfinite

import pytest

from evidencia.estimate import Effect
from evidencia.findings import Verdict, read


def interval(low: float, high: float) -> Effect:
    middle = (low + high) / 2 if isfinite(high) else 0.0
    return Effect(middle, None, None, low, high, None, 100, 100)


@pytest.mark.parametrize(
    ("low", "high", "smallest", "verdict"),
    [
        (-3.0, -1.0, None, Verdict.BENEFIT),
        (-3.0, -1.0, 2.0, Verdict.BENEFIT),
        (-0.9, -0.1, 1.0, Verdict.SMALL_BENEFIT),
        (0.1, 0.9, 1.0, Verdict.HARM),
        (0.1, 4.0, None, Verdict.HARM),
        (-0.5, 0.5, None, Verdict.UNKNOWN),
        (-0.5, 0.5, 1.0, Verdict.NO_DIFFERENCE),
        (-1.5, 0.5, 1.0, Verdict.UNKNOWN),
        (-0.5, 1.5, 1.0, Verdict.UNKNOWN),
        (-1.0, 0.5, 1.0, Verdict.UNKNOWN),
        (0.0, 2.0, None, Verdict.UNKNOWN),
        (float("-inf"), float("inf"), 1.0, Verdict.UNKNOWN),
    ],
)
def test_an_interval_says_one_thing(
    low: float, high: float, smallest: float | None, verdict: Verdict
) -> None:
    assert read(interval(low, high), "lower_is_better", smallest).verdict is verdict


def test_which_way_is_better_turns_benefit_into_harm() -> None:
    fell = interval(-3.0, -1.0)

    assert read(fell, "lower_is_better").verdict is Verdict.BENEFIT
    assert read(fell, "higher_is_better").verdict is Verdict.HARM


def test_a_small_harm_is_still_called_harm() -> None:
    assert read(interval(0.1, 0.2), "lower_is_better", 5.0).verdict is Verdict.HARM


def test_an_interval_may_rule_out_benefit_and_not_harm() -> None:
    reading = read(interval(-0.5, 3.0), "lower_is_better", 1.0)

    assert reading.spans
    assert reading.rules_out_benefit
    assert not reading.rules_out_harm


def test_a_smallest_difference_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        read(interval(-1.0, 1.0), "lower_is_better", 0.0)
