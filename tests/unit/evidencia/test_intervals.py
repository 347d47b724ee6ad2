from __future__ import annotations

import pytest

from evidencia import Refusal, share, wilson
from evidencia.intervals import normal_quantile


def test_the_quantile_of_95_percent_is_the_familiar_one() -> None:
    assert normal_quantile(0.95) == pytest.approx(1.959963984540054, abs=1e-12)


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0, float("nan")])
def test_a_level_that_is_no_probability_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson(1, 2, level)


def test_a_share_of_nobody_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refusal) as refusal:
        share(0, 0)

    assert refusal.value.note.code == "refusal.nobody"
    assert "No hay cifra" in refusal.value.note.text("es")


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 5), (6, 5)])
def test_a_numerator_outside_its_denominator_is_refused(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="0 ≤ numerator ≤ denominator"):
        wilson(numerator, denominator)


def test_counts_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="contradict"):
        share(3, 5, missing=3)
    with pytest.raises(ValueError, match="contradict"):
        share(3, 5, missing=1, numerator_upper=3)


def test_the_bounds_say_what_the_missing_could_change() -> None:
    result = share(3, 10, missing=2)

    assert (result.bounds.lower, result.bounds.upper) == (0.3, 0.5)
    assert not result.bounds.is_point
    assert share(3, 10).bounds.is_point
