"""A place among others with how far it may be off; and years apart from the shape of the year."""

from __future__ import annotations

import math

import numpy as np
import pytest

from evidencia.ranks import rank_range
from evidencia.seasons import monthly_trend

_DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def _months(years: int, growth: float, level: float = 80.0, season: float = 0.25) -> list[int]:
    rng = np.random.default_rng(7)
    at = np.arange(12 * years)
    mean = level * np.exp(np.log1p(growth) * at / 12) * (1 + season * np.sin(at * math.pi / 6))
    return [int(n) for n in rng.poisson(mean)]


def test_who_is_far_from_all_others_has_one_place() -> None:
    found = rank_range([9000, 100, 90], [10_000, 10_000, 10_000], 0)
    assert (found.place, found.first, found.last, found.among) == (1, 1, 1, 3)


def test_who_cannot_be_told_apart_may_stand_anywhere() -> None:
    found = rank_range([21, 20, 22], [10_000, 10_000, 10_000], 1)
    assert (found.first, found.last) == (1, 3)


def test_a_wider_spread_never_makes_a_place_surer() -> None:
    rng = np.random.default_rng(3)
    people = rng.integers(5_000, 900_000, 60)
    counts = rng.poisson(people * np.linspace(0.001, 0.02, 60))
    narrow = rank_range(counts, people, 5)
    wide = rank_range(counts, people, 5, dispersion=4)
    assert wide.first <= narrow.first <= narrow.place <= narrow.last <= wide.last
    assert wide.last - wide.first > narrow.last - narrow.first


def test_the_true_place_lies_in_the_range_as_often_as_promised() -> None:
    """Two hundred repetitions of twelve places: at least 95 in 100 hold the true one."""
    rng = np.random.default_rng(11)
    people = rng.integers(20_000, 400_000, 12)
    rates = np.linspace(0.001, 0.004, 12)
    truth = 1 + int(np.sum(rates > rates[4]))
    held = 0
    for _repetition in range(200):
        found = rank_range(rng.poisson(rates * people), people, 4)
        held += found.first <= truth <= found.last
    assert held >= 190


@pytest.mark.parametrize("counts, people", [([1, 2], [0, 5]), ([-1, 2], [5, 5]), ([1], [1, 2])])
def test_what_is_no_rate_is_refused(counts: list[int], people: list[int]) -> None:
    with pytest.raises(ValueError):
        rank_range(counts, people, 0)


def test_the_direction_is_found_apart_from_the_shape_of_the_year() -> None:
    found = monthly_trend(_months(8, 0.10))
    assert found is not None
    assert found.low < 0.10 < found.high
    assert found.rises and found.seasonal
    assert found.season.index(max(found.season)) in (2, 3, 4)


def test_a_season_alone_is_no_direction() -> None:
    # Cut in the wrong place, the same months would seem to rise: it begins low and ends high.
    months = _months(6, 0.0)[9:-5]
    found = monthly_trend(months, first_month=10)
    assert found is not None
    assert not found.rises and not found.falls


def test_what_was_not_reported_is_left_out_and_not_a_zero() -> None:
    whole: list[int | None] = [*_months(8, 0.10)]
    gap = whole.copy()
    gap[:24] = [None] * 24
    zero: list[int | None] = [0] * 24 + whole[24:]
    known, missing, wrong = monthly_trend(whole), monthly_trend(gap), monthly_trend(zero)
    assert known is not None and missing is not None and wrong is not None
    assert missing.missing == 24
    assert abs(missing.yearly - known.yearly) < 0.03
    assert wrong.yearly > known.yearly + 0.1  # what would come of taking silence for none


def test_too_little_says_nothing_of_months() -> None:
    assert monthly_trend(_months(2, 0.1)) is None
    assert monthly_trend([1, 2] * 30) is None
    assert monthly_trend([None] * 96) is None


def test_the_fit_is_that_of_a_poisson_regression() -> None:
    """Its scores are nothing: what is fitted adds up to the counts of each calendar month."""
    months = _months(8, 0.07)
    found = monthly_trend(months)
    assert found is not None
    for month in range(12):
        assert sum(found.fitted[month::12]) == pytest.approx(sum(months[month::12]), rel=1e-8)


def test_a_short_month_is_no_season() -> None:
    """As many cases each day of the year: February has fewer, and nobody says so."""
    rng = np.random.default_rng(5)
    found = monthly_trend([int(n) for _year in range(8) for n in rng.poisson(60 * _DAYS)])
    assert found is not None
    assert not found.seasonal
    assert (found.most, found.least) == ((), ())


def test_only_months_that_stand_out_are_named() -> None:
    rng = np.random.default_rng(9)
    level = 30.0 * _DAYS
    level[11] *= 0.67
    found = monthly_trend([int(n) for _year in range(8) for n in rng.poisson(level)])
    assert found is not None
    # Some month is the highest of the twelve in any case; by luck alone it has no name.
    assert (found.most, found.least) == ((), (11,))


def test_towns_that_vary_more_than_others_widen_their_own_place() -> None:
    """Half of the towns vary nine times more than luck: with one measure for all, too sure."""
    rng = np.random.default_rng(13)
    people = rng.integers(100_000, 900_000, 30)
    rates = np.linspace(0.001, 0.004, 30)
    vary = np.where(np.arange(30) % 2, 9.0, 1.0)
    truth = 1 + int(np.sum(rates > rates[15]))
    held = {"each": 0, "all alike": 0}
    for _repetition in range(200):
        mean = rates * people
        # A negative binomial with the variance that is wanted.
        p = 1 / np.maximum(vary, 1.0001)
        counts = rng.negative_binomial(mean * p / (1 - p), p)
        each = rank_range(counts, people, 15, dispersion=vary)
        alike = rank_range(counts, people, 15)
        held["each"] += each.first <= truth <= each.last
        held["all alike"] += alike.first <= truth <= alike.last
    assert held["each"] >= 190
    assert held["all alike"] < 190
