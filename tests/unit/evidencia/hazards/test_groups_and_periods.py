"""Log-rank, restricted means and whole periods: brute force, invariants, edges.

ROUNDING: the same sums in another order.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencia import Refusal
from evidencia.hazards import (
    cox,
    discrete_hazard,
    log_rank,
    person_periods,
    rmst,
    rmst_difference,
)

ROUNDING = 1e-9
PEOPLE = st.lists(
    st.tuples(st.integers(1, 8), st.booleans(), st.integers(0, 1)), min_size=8, max_size=40
)


def arrays(people: list[tuple[int, bool, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return tuple(np.array(column) for column in zip(*people, strict=True))  # type: ignore[return-value]


def code_of(call: object, *args: object, **more: object) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **more)  # type: ignore[operator]
    return refusal.value.note.code


def test_with_one_time_the_log_rank_is_fisher_s_hypergeometric_by_brute_force() -> None:
    """All at risk at one moment: the variance is that of every way to draw the events."""
    arm = np.array([0, 0, 0, 1, 1, 1, 1])
    event = np.array([1, 0, 0, 1, 1, 1, 0])
    test = log_rank(np.ones(7), event, arm)
    drawn = np.array([arm[list(who)].sum() for who in combinations(range(7), int(event.sum()))])

    assert test.expected[1] == pytest.approx(drawn.mean())
    assert test.variance[1, 1] == pytest.approx(drawn.var())
    assert test.chi2 == pytest.approx((test.observed[1] - drawn.mean()) ** 2 / drawn.var())


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_log_rank_cares_neither_for_order_nor_labels_nor_units(
    people: list[tuple[int, bool, int]],
) -> None:
    time, event, arm = arrays(people)
    try:
        test = log_rank(time, event, arm)
    except Refusal:
        return
    other = log_rank(3 * time[::-1], event[::-1], np.where(arm[::-1] == 1, "a", "z"))

    assert other.chi2 == pytest.approx(test.chi2, abs=ROUNDING)
    assert test.expected.sum() == pytest.approx(test.observed.sum())
    assert 0 <= test.p <= 1


def test_log_rank_is_the_score_test_of_cox_without_ties() -> None:
    """The score at zero of Cox is O − E, and its information the variance of log-rank."""
    rng = np.random.default_rng(2)
    time, arm = rng.exponential(size=40), np.arange(40) % 2
    test = log_rank(time, np.ones(40, dtype=int), arm)
    fit = cox(time, np.ones(40, dtype=int), arm)

    assert fit.likelihood_ratio == pytest.approx(test.chi2, rel=0.1)
    assert np.sign(fit.coefficients[0]) == np.sign(test.observed[1] - test.expected[1])


def test_strata_that_hold_one_arm_each_have_nothing_to_compare() -> None:
    args = ([1, 2, 3, 4], [1, 1, 1, 1], [0, 0, 1, 1])

    assert code_of(log_rank, *args, strata=[0, 0, 1, 1]) == "hazards.nothing_to_compare"
    assert code_of(log_rank, [1, 2], [1, 1], [0, 0]) == "hazards.one_group"
    assert code_of(log_rank, [1, 2], [0, 0], [0, 1]) == "hazards.no_events"


def test_forgetting_the_strata_would_be_noticed() -> None:
    """Seeded defect: a site with more events and more of one arm looks like an effect."""
    rng = np.random.default_rng(4)
    site = np.repeat([0, 1], 200)
    arm = (rng.random(400) < np.where(site == 1, 0.85, 0.15)).astype(int)
    time = rng.exponential(np.where(site == 1, 1.0, 4.0))
    event = np.ones(400, dtype=int)

    assert log_rank(time, event, arm, strata=site).p > 0.05
    assert log_rank(time, event, arm).p < 1e-6


def test_person_periods_are_written_out() -> None:
    rows = person_periods([2, 1, 3], [1, 0, 0])

    assert rows.row.tolist() == [0, 0, 1, 2, 2, 2]
    assert rows.period.tolist() == [1, 2, 1, 1, 2, 3]
    assert rows.event.tolist() == [False, True, False, False, False, False]


def test_half_a_period_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="whole periods"):
        person_periods([1.5], [1])


def test_one_period_with_a_logit_is_the_odds_ratio_of_the_table() -> None:
    event = [1] * 3 + [0] * 7 + [1] * 6 + [0] * 4
    fit = discrete_hazard([1] * 20, event, [0] * 10 + [1] * 10, link="logit")

    assert fit.coefficients[0] == pytest.approx(np.log((6 * 7) / (4 * 3)), abs=ROUNDING)
    assert fit.covariance[0, 0] == pytest.approx(1 / 6 + 1 / 4 + 1 / 3 + 1 / 7, abs=ROUNDING)
    assert fit.baseline == pytest.approx([0.3])


@settings(max_examples=30, deadline=None)
@given(PEOPLE)
def test_discrete_hazards_follow_the_labels_and_never_return_nan(
    people: list[tuple[int, bool, int]],
) -> None:
    time, event, arm = arrays(people)
    try:
        fit = discrete_hazard(time, event, arm)
    except Refusal:
        return
    flipped = discrete_hazard(time[::-1], event[::-1], 1 - arm[::-1])

    assert np.isfinite([fit.coefficients[0], fit.covariance[0, 0]]).all()
    assert np.isfinite(fit.baseline).all()
    assert flipped.coefficients[0] == pytest.approx(-fit.coefficients[0], abs=1e-6)


def test_a_period_without_events_is_left_out_and_said() -> None:
    time, event, arm = [1, 1, 2, 3, 3, 3], [1, 1, 0, 1, 0, 1], [0, 1, 0, 1, 0, 0]
    fit = discrete_hazard(time, event, arm)

    assert fit.baseline[1] == 0
    assert "hazards.silent_periods" in {note.code for note in fit.notes}


def test_the_refusals_of_discrete_hazards() -> None:
    assert code_of(discrete_hazard, [1, 2], [0, 0], [0, 1]) == "hazards.no_events"
    assert code_of(discrete_hazard, [2, 2, 2], [1, 0, 0], [1, 1, 1]) == "hazards.singular"
    assert code_of(discrete_hazard, [1] * 4, [1, 1, 0, 0], [1, 1, 0, 0]) == "hazards.separation"
    assert code_of(discrete_hazard, [1] * 4, [1] * 4, [1, 1, 0, 0]) == "hazards.nothing_to_compare"


def test_without_censoring_the_restricted_mean_is_the_mean_of_the_cut_times() -> None:
    time = np.array([1.0, 2, 2, 4, 7, 9])
    mean = rmst(time, np.ones(6, dtype=int), 5.0)

    assert mean.effect.estimate == pytest.approx(np.minimum(time, 5).mean())
    assert mean.effect.se == pytest.approx(np.minimum(time, 5).std() / np.sqrt(6))


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_restricted_means_stay_inside_and_scale_with_the_unit(
    people: list[tuple[int, bool, int]],
) -> None:
    time, event, arm = arrays(people)
    try:
        both = rmst_difference(time, event, arm, treated=1, control=0)
    except Refusal:
        return
    days = rmst_difference(7 * time, event, arm, treated=1, control=0)
    turned = rmst_difference(time, event, arm, treated=0, control=1)

    assert 0 <= both.treated.effect.estimate <= both.horizon
    assert days.effect.estimate == pytest.approx(7 * both.effect.estimate, abs=ROUNDING)
    assert turned.effect.estimate == pytest.approx(-both.effect.estimate, abs=ROUNDING)


def test_the_refusals_of_restricted_means() -> None:
    assert code_of(rmst, [1, 2, 3], [1, 1, 0], 4.0) == "hazards.horizon_too_far"
    assert code_of(rmst, [1, 2, 3], [0, 0, 0], 2.0) == "hazards.no_variance"
    assert rmst([1, 2, 3], [1, 1, 1], 4.0).effect.estimate == pytest.approx(2.0)
    assert (
        code_of(rmst_difference, [1, 2], [1, 1], ["a", "a"], treated="a", control="b")
        == "hazards.empty_arm"
    )
