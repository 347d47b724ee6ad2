"""Change of a person, consistency of a scale, stability over occasions.

ROUNDING: closed formulas. FITTED: omega is iterated until its step is below 1e-11.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencia import Refusal
from evidencia.measures import (
    count_change,
    cronbach_alpha,
    mcdonald_omega,
    reliable_change,
    retest,
)

ROUNDING = 1e-9
FITTED = 1e-7


def scale(
    seed: int, n: int = 120, loadings: tuple[float, ...] = (0.9, 0.7, 1.1, 0.5)
) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.outer(rng.normal(size=n), loadings) + rng.normal(size=(n, len(loadings)))


def codes(notes: object) -> set[str]:
    return {note.code for note in notes}  # type: ignore[attr-defined]


def code_of(call: object, *args: object, **more: object) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **more)  # type: ignore[operator]
    return refusal.value.note.code


# One person's change.


def test_the_index_of_jacobson_and_truax_worked_by_hand() -> None:
    """Jacobson & Truax (1991): SD 7.5, r .80, from 32.5 to 47.5: S_diff 4.74, RCI 3.16."""
    found = reliable_change([32.5], [47.5], reliability=0.80, sd=7.5, lower_is_better=False)

    assert found.se_difference == pytest.approx(4.74, abs=0.005)
    assert found.index[0] == pytest.approx(3.16, abs=0.005)
    assert found.better.numerator == 1


def test_only_changes_beyond_the_threshold_count_and_the_direction_matters() -> None:
    before, after = np.full(5, 50.0), 50 + np.array([-13.0, -12.0, 0.0, 12.0, 13.0])
    lower = reliable_change(before, after, reliability=0.8, sd=10.0)
    higher = reliable_change(before, after, reliability=0.8, sd=10.0, lower_is_better=False)

    assert lower.threshold == pytest.approx(12.396, abs=0.001)
    assert [s.numerator for s in (lower.better, lower.same, lower.worse)] == [1, 3, 1]
    assert lower.better.value == higher.worse.value


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 9999), st.floats(0.1, 100), st.floats(-50, 50))
def test_reliable_change_ignores_the_unit_of_the_scale(
    seed: int, unit: float, shift: float
) -> None:
    rng = np.random.default_rng(seed)
    before, after = rng.normal(size=(2, 30))
    found = reliable_change(before, after, reliability=0.8)
    other = reliable_change(unit * before + shift, unit * after + shift, reliability=0.8)

    assert other.index == pytest.approx(found.index, rel=1e-6, abs=1e-6)
    assert found.better.numerator + found.same.numerator + found.worse.numerator == 30


def test_chance_alone_calls_five_of_a_hundred_changed() -> None:
    """Two measurements of unchanged people; Monte-Carlo error of 20,000 people: 0.15 points."""
    rng = np.random.default_rng(3)
    true = rng.normal(size=20_000) * np.sqrt(0.8)
    first, second = (true + rng.normal(size=20_000) * np.sqrt(0.2) for _ in range(2))
    found = reliable_change(first, second, reliability=0.8, sd=1.0)

    assert found.better.value + found.worse.value == pytest.approx(0.05, abs=3 * 0.0015)


def test_what_is_missing_or_borrowed_is_said() -> None:
    found = reliable_change([1, 2, np.nan, 5], [1, np.nan, 3, 2], reliability=0.6)

    assert (found.n, found.n_missing) == (2, 2)
    assert codes(found.notes) == {"measures.sd_from_data", "measures.low_reliability"}
    assert code_of(reliable_change, [1.0], [np.nan], reliability=0.8) == "measures.nobody_twice"
    assert code_of(reliable_change, [2.0, 2], [1, 2], reliability=0.8) == "measures.no_variance"
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        reliable_change([1], [2], reliability=1.0, sd=1)


def test_counts_are_told_apart_and_zeros_before_are_not_counted_as_stopped() -> None:
    before = [3, 3, 3, 3, 0, 0, np.nan]
    after = [0, 1, 3, 5, 0, 2, 1]
    found = count_change(before, after)

    assert found.categories.tolist() == ["stopped", "reduced", "same", "worse", "none", "started"]
    assert (found.n, found.n_missing, found.n_before) == (6, 1, 4)
    assert found.stopped is not None
    assert (found.stopped.numerator, found.stopped.denominator) == (1, 4)
    assert codes(found.notes) == {"measures.some_started"}


def test_nobody_with_a_count_before_leaves_no_share() -> None:
    found = count_change([0, 0], [0, 0])

    assert found.stopped is None
    assert codes(found.notes) == {"measures.nobody_before"}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=30))
def test_every_person_is_in_exactly_one_category(pairs: list[tuple[int, int]]) -> None:
    found = count_change([a for a, _ in pairs], [b for _, b in pairs])
    shares = [found.stopped, found.reduced, found.same, found.worse]
    inside = sum(share.numerator for share in shares if share is not None)

    assert inside == found.n_before
    assert inside + found.n_none + found.n_started == len(pairs)


def test_half_a_count_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        count_change([1.5], [0])


# Scales.


def test_alpha_of_parallel_items_is_spearman_and_brown() -> None:
    """Three items with covariance 1 and variance 2: α = 3 · 0.5 / (1 + 2 · 0.5)."""
    found = cronbach_alpha(scale(1, n=200_000, loadings=(1.0, 1.0, 1.0)))

    assert found.effect.estimate == pytest.approx(0.75, abs=0.005)
    assert found.effect.ci_low < 0.75 < found.effect.ci_high


def test_feldt_covers_at_the_stated_rate() -> None:
    """1,000 samples of 20 people; the Monte-Carlo error of 95 % is 0.7 points."""
    inside = 0
    for seed in range(1000):
        effect = cronbach_alpha(scale(seed, n=20, loadings=(1.0, 1.0, 1.0))).effect
        inside += effect.ci_low <= 0.75 <= effect.ci_high

    assert inside / 1000 == pytest.approx(0.95, abs=3 * 0.007)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 9999), st.floats(0.1, 20), st.floats(-9, 9))
def test_scales_ignore_order_of_rows_items_and_units(seed: int, unit: float, shift: float) -> None:
    table = scale(seed)
    other = unit * table[::-1, ::-1] + shift
    first, second = cronbach_alpha(table).effect, cronbach_alpha(other).effect

    assert second.estimate == pytest.approx(first.estimate, abs=1e-7)
    try:
        one = mcdonald_omega(table)
    except Refusal:
        return
    two = mcdonald_omega(other)
    assert two.effect.estimate == pytest.approx(one.effect.estimate, abs=1e-6)
    assert two.loadings[::-1] == pytest.approx(unit * one.loadings, rel=1e-4)


def test_omega_recovers_the_factor_it_was_made_from() -> None:
    table = scale(2, n=100_000)
    found = mcdonald_omega(table)
    truth = 3.2**2 / (3.2**2 + 4)

    assert found.effect.estimate == pytest.approx(truth, abs=0.005)
    assert found.loadings == pytest.approx([0.9, 0.7, 1.1, 0.5], abs=0.02)
    assert found.effect.estimate > cronbach_alpha(table).effect.estimate


def test_three_items_are_solved_exactly() -> None:
    """λ₁² = s₁₂ s₁₃ / s₂₃: nothing left over to test."""
    table = scale(4, loadings=(0.9, 0.7, 1.1))
    found = mcdonald_omega(table)
    s = np.cov(table, rowvar=False, bias=True)

    assert found.loadings[0] ** 2 == pytest.approx(s[0, 1] * s[0, 2] / s[1, 2], rel=FITTED)
    assert (found.df, found.p) == (0, None)
    assert found.chi2 == pytest.approx(0, abs=FITTED)


@pytest.mark.thorough
def test_omega_s_error_is_its_spread_over_many_samples() -> None:
    """400 samples; the relative Monte-Carlo error of a spread is 3.5 %."""
    found = [mcdonald_omega(scale(seed, n=300)).effect for seed in range(400)]
    spread = np.std([effect.estimate for effect in found])

    assert np.mean([effect.se for effect in found]) == pytest.approx(spread, rel=0.105)


def test_an_item_the_wrong_way_round_is_named() -> None:
    table = scale(5)
    table[:, 1] *= -1

    assert "measures.reversed_items" in codes(cronbach_alpha(table).notes)
    said = [n for n in mcdonald_omega(table).notes if n.code == "measures.reversed_items"]
    assert dict(said[0].values) == {"items": "2"}


def test_two_factors_are_noticed_and_one_is_not() -> None:
    rng = np.random.default_rng(7)
    apart = np.hstack([scale(1, 300), scale(2, 300)]) + 0.3 * rng.normal(size=(300, 1))

    assert "measures.more_than_one_factor" in codes(mcdonald_omega(apart).notes)
    assert "measures.more_than_one_factor" not in codes(mcdonald_omega(scale(1, 300)).notes)


@pytest.mark.parametrize(
    ("call", "items", "code"),
    [
        (cronbach_alpha, [[1, 2], [2, 3]], "measures.too_few_people"),
        (cronbach_alpha, [[1, 2], [1, 3], [1, 5]], "measures.constant_item"),
        (cronbach_alpha, [[1, 3], [2, 2], [3, 1]], "measures.sum_constant"),
        (mcdonald_omega, [[1, 2], [2, 3], [3, 1]], "measures.two_items"),
        (mcdonald_omega, [[1, 2, 4], [2, 3, 1], [3, 1, 2]], "measures.fewer_than_items"),
        (
            mcdonald_omega,
            [[1, 2, 3], [2, 1, 3], [4, 4, 8], [0, 5, 5], [2, 2, 4], [1, 3, 4]],
            "measures.redundant_item",
        ),
    ],
)
def test_scales_without_an_honest_number_say_why(
    call: object, items: list[list[int]], code: str
) -> None:
    assert code_of(call, items) == code


def test_an_item_without_error_of_its_own_is_refused() -> None:
    """Correlations .7, .7 and .3 ask for a loading of √(.49 / .3) > 1: more than all of it."""
    raw = np.random.default_rng(1).normal(size=(40, 3))
    white = np.linalg.qr(raw - raw.mean(axis=0))[0]
    items = white @ np.linalg.cholesky([[1, 0.7, 0.7], [0.7, 1, 0.3], [0.7, 0.3, 1]]).T

    assert code_of(mcdonald_omega, items) == "measures.heywood"


def test_unrelated_items_are_refused_or_nearly_zero() -> None:
    outcomes = []
    for seed in range(20):
        try:
            items = np.random.default_rng(seed).normal(size=(30, 5))
            outcomes.append(mcdonald_omega(items).effect)
        except Refusal:
            outcomes.append(None)

    assert any(effect is None for effect in outcomes)
    assert all(effect is None or np.isfinite(effect.ci_low) for effect in outcomes)


def test_rows_with_a_gap_are_left_out_and_counted() -> None:
    table = scale(6)
    table[3, 1] = np.nan
    found = cronbach_alpha(table)

    assert (found.n, found.n_missing) == (119, 1)
    assert "measures.rows_missing" in codes(found.notes)
    assert found.effect.estimate == cronbach_alpha(np.delete(table, 3, axis=0)).effect.estimate


# Occasions.


def test_a_shift_of_everybody_counts_only_against_agreement() -> None:
    rng = np.random.default_rng(8)
    first = rng.normal(20, 5, 60)
    second = first + rng.normal(0, 2, 60)
    still, moved = (
        retest(np.column_stack([first, second])),
        retest(np.column_stack([first, second + 4])),
    )

    assert moved.icc_consistency.estimate == pytest.approx(still.icc_consistency.estimate)
    assert moved.icc_agreement.estimate < still.icc_agreement.estimate - 0.1
    assert moved.sem_agreement > moved.sem_consistency
    assert moved.mean_change is not None
    assert moved.mean_change.estimate == pytest.approx(np.mean(second - first) + 4)


def test_the_smallest_detectable_change_is_the_threshold_of_bland_and_altman() -> None:
    rng = np.random.default_rng(9)
    table = rng.normal(20, 5, (5000, 1)) + rng.normal(0, 2, (5000, 2))
    found = retest(table)

    assert found.smallest_detectable_change == pytest.approx(
        1.96 * np.std(table[:, 1] - table[:, 0]), rel=0.01
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 9999), st.floats(0.1, 50))
def test_stability_ignores_rows_occasions_and_units(seed: int, unit: float) -> None:
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(15, 1)) + rng.normal(size=(15, 3))
    found, other = retest(table), retest(unit * table[::-1, ::-1])

    assert other.icc_agreement.estimate == pytest.approx(found.icc_agreement.estimate)
    assert other.icc_agreement.ci_low == pytest.approx(found.icc_agreement.ci_low)
    assert other.sem_agreement == pytest.approx(unit * found.sem_agreement)
    assert found.icc_consistency.ci_low < found.icc_consistency.estimate


def test_copied_answers_are_refused() -> None:
    first = [3.0, 5, 8, 9]

    assert code_of(retest, np.column_stack([first, first])) == "measures.nothing_moved"
    assert code_of(retest, [[2, 2], [2, 2], [2, 2]]) == "measures.no_variance"
    assert code_of(retest, [[1, 2], [2, 3]]) == "measures.too_few_people"
