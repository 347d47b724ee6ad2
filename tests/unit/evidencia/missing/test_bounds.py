from __future__ import annotations

from itertools import product
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencia import Refusal
from evidencia.estimate import Effect
from evidencia.missing import complete_case, extreme_value_bounds, lee_bounds
from evidencia.missing.bounds import imbens_manski

NAN = np.nan


def study(seed: int, n: int = 300) -> tuple[np.ndarray, np.ndarray]:
    """The treated answer more: 85 % against 65 %; the effect is 1."""
    rng = np.random.default_rng(seed)
    treated = np.arange(n) % 2 == 1
    y = treated + rng.normal(size=n)
    y[rng.random(n) > np.where(treated, 0.85, 0.65)] = NAN
    return y, treated


def test_lee_by_hand() -> None:
    """Treated 4 of 4, control 2 of 4: half of the treated are trimmed."""
    y = np.array([1.0, 2, 3, 10, 0, 4, NAN, NAN])
    treated = np.repeat([True, False], 4)

    found = lee_bounds(y, treated, randomised=True)

    assert (found.trimmed, found.trimmed_share) == ("treated", 0.5)
    assert found.lower.estimate == pytest.approx(1.5 - 2)
    assert found.upper.estimate == pytest.approx(6.5 - 2)


def test_a_person_at_the_cut_is_kept_in_part() -> None:
    y = np.array([0.0, 1, 2, 5, NAN, 1, 3, NAN, NAN, NAN])
    treated = np.repeat([True, False], 5)

    found = lee_bounds(y, treated, randomised=True)

    assert found.trimmed_share == pytest.approx(0.5)
    assert found.lower.estimate == pytest.approx((0 + 1) / 2 - 2)
    y[7] = 2.0  # three of five answer now: a quarter is trimmed, three of four stay
    again = lee_bounds(y, treated, randomised=True)
    assert again.lower.estimate == pytest.approx((0 + 1 + 2) / 3 - 2)


def test_bounds_hold_every_way_of_trimming_by_brute_force() -> None:
    rng = np.random.default_rng(1)
    top, less = rng.normal(size=8), rng.normal(size=4)
    y = np.r_[top, less, np.full(4, NAN)]
    treated = np.r_[np.ones(8), np.zeros(8)] == 1

    found = lee_bounds(y, treated, randomised=True)

    halves = [
        top[list(keep)].mean() - less.mean()
        for keep in (np.flatnonzero(bits) for bits in product([0, 1], repeat=8))
        if len(keep) == 4
    ]
    assert found.lower.estimate == pytest.approx(min(halves))
    assert found.upper.estimate == pytest.approx(max(halves))


def test_equal_answering_is_a_point_with_the_usual_error() -> None:
    y, treated = np.array([1.0, 2, 4, 3, 5, 9]), np.array([1, 1, 1, 0, 0, 0])

    found = lee_bounds(y, treated, randomised=True)

    usual = sqrt(y[:3].var(ddof=1) / 3 + y[3:].var(ddof=1) / 3)
    assert found.trimmed == "none"
    assert found.lower.estimate == found.upper.estimate == pytest.approx(y[:3].mean() - 17 / 3)
    assert found.lower.se == pytest.approx(usual)
    assert found.ci_low == pytest.approx(found.lower.ci_low, abs=1e-6)


def test_lees_errors_are_the_spread_over_repeated_studies() -> None:
    """600 studies: the relative error of a standard deviation is √(1/1200); four allowed."""
    ends = np.array(
        [
            [(e.estimate, e.se) for e in (found.lower, found.upper)]
            for found in (lee_bounds(*study(seed), randomised=True) for seed in range(600))
        ]
    )

    for end in (0, 1):
        assert ends[:, end, 1].mean() == pytest.approx(
            ends[:, end, 0].std(), rel=4 * sqrt(1 / 1200)
        )


def test_an_error_that_forgets_that_the_share_is_estimated_would_be_noticed() -> None:
    """The defect: the variance of a mean of what is left, as if the cut were known."""
    naive, spread = [], []
    for seed in range(600):
        y, treated = study(seed)
        found = lee_bounds(y, treated, randomised=True)
        more = np.sort(y[treated & ~np.isnan(y)])
        less = y[~treated & ~np.isnan(y)]
        kept = more[: round((1 - found.trimmed_share) * more.size)]
        naive.append(sqrt(kept.var(ddof=1) / kept.size + less.var(ddof=1) / less.size))
        spread.append(found.lower.estimate)

    assert abs(np.mean(naive) / np.std(spread) - 1) > 4 * sqrt(1 / 1200)


@given(st.floats(0.01, 100), st.floats(-50, 50), st.integers(0, 10**6))
def test_units_the_order_of_rows_and_the_names_of_the_arms(
    scale: float, shift: float, luck: int
) -> None:
    y, treated = study(2, n=60)
    turn = np.random.default_rng(luck).permutation(60)

    one = lee_bounds(y, treated, randomised=True)
    other = lee_bounds((scale * y + shift)[turn], treated[turn], randomised=True)
    mirror = lee_bounds(y, ~treated, randomised=True)

    assert other.lower.estimate == pytest.approx(scale * one.lower.estimate, rel=1e-6, abs=1e-6)
    assert other.upper.se == pytest.approx(scale * one.upper.se, rel=1e-6)
    assert mirror.lower.estimate == pytest.approx(-one.upper.estimate)
    assert mirror.upper.se == pytest.approx(one.lower.se)


def test_without_a_lottery_there_are_no_lee_bounds() -> None:
    with pytest.raises(Refusal) as refused:
        lee_bounds(*study(3), randomised=False)

    assert refused.value.note.code == "missing.not_randomised"


def test_what_cannot_be_checked_is_always_said() -> None:
    assert [n.code for n in lee_bounds(*study(4), randomised=True).notes] == [
        "missing.monotonicity"
    ]


@pytest.mark.parametrize(
    ("y", "treated", "code"),
    [
        ([1.0, 2, 3], [1, 1, 1], "missing.one_arm"),
        ([1.0, 2, 3, NAN], [1, 1, 0, 0], "missing.too_few"),
        ([1.0, 1, 1, 1], [1, 1, 0, 0], "missing.no_variance"),
    ],
)
def test_too_little_is_refused(y: list[float], treated: list[int], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        lee_bounds(y, treated, randomised=True)

    assert refused.value.note.code == code


def effect(estimate: float, se: float) -> Effect:
    return Effect.of(estimate, se, n_units=1, n_obs=1)


def test_the_interval_is_two_sided_at_a_point_and_one_sided_when_wide() -> None:
    point = imbens_manski(effect(0, 1), effect(0, 1), 0.95)
    wide = imbens_manski(effect(0, 1), effect(100, 1), 0.95)

    assert point == pytest.approx((-1.959964, 1.959964), abs=1e-5)
    assert wide == pytest.approx((-1.644854, 101.644854), abs=1e-5)


@pytest.mark.parametrize("with_blocks", [False, True])
def test_extreme_values_are_the_worst_of_all_fillings_by_brute_force(with_blocks: bool) -> None:
    rng = np.random.default_rng(5)
    treated = np.arange(14) % 2
    y = rng.random(14)
    y[[0, 3, 6, 7, 9]] = NAN
    extra = np.column_stack([np.arange(14) // 5 == 1, rng.normal(size=14)]) if with_blocks else None

    found = extreme_value_bounds(y, treated, low=0, high=1, covariates=extra)

    answers = []
    for fill in product([0.0, 1.0], repeat=5):
        whole = y.copy()
        whole[np.isnan(y)] = fill
        answers.append(complete_case(whole, treated, control=0, covariates=extra)["1"].estimate)
    assert found.lower.estimate == pytest.approx(min(answers))
    assert found.upper.estimate == pytest.approx(max(answers))
    assert (found.n_lost_treated, found.n_lost_control) == (3, 2)


def test_nothing_lost_is_a_point() -> None:
    y, treated = np.array([0.1, 0.3, 0.2, 0.7, 0.4]), [0, 0, 0, 1, 1]

    found = extreme_value_bounds(y, treated, low=0, high=1)

    assert found.lower.estimate == found.upper.estimate
    assert (found.ci_low, found.ci_high) == pytest.approx(
        (found.lower.ci_low, found.lower.ci_high), abs=1e-6
    )
    assert [note.code for note in found.notes] == ["missing.nobody_left"]


@given(st.floats(0, 1), st.floats(0, 1))
def test_whatever_the_lost_had_lies_between(first: float, second: float) -> None:
    y = np.array([0.1, 0.3, NAN, 0.7, 0.4, NAN])
    treated = [0, 0, 0, 1, 1, 1]

    found = extreme_value_bounds(y, treated, low=0, high=1)
    y[[2, 5]] = first, second
    truth = complete_case(y, treated, control=0)["1"].estimate

    assert found.lower.estimate - 1e-12 <= truth <= found.upper.estimate + 1e-12


def test_a_lost_arm_is_refused_and_an_impossible_range_is_a_mistake() -> None:
    with pytest.raises(Refusal):
        extreme_value_bounds([0.1, 0.2, NAN], [0, 0, 1], low=0, high=1)
    with pytest.raises(ValueError, match="outside the range"):
        extreme_value_bounds([0.1, 2.0, 0.3], [0, 0, 1], low=0, high=1)
    with pytest.raises(ValueError, match="below high"):
        extreme_value_bounds([0.1, 0.2, 0.3], [0, 0, 1], low=1, high=0)
