"""Cost beside effect, against numbers worked by hand, and where no quotient may be said."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from evidencia.costing import ExtraCost, compare, even_leaving, from_people
from evidencia.designs import DESIGNS
from evidencia.estimate import Effect
from evidencia.words import Refusal

WAITLIST = DESIGNS["waitlist"]
# Fifteen of a hundred fewer report violence; two standard errors and a half wide.
FEWER = Effect.of(-0.15, 0.05, n_units=200, n_obs=200)
UNSURE = Effect.of(-0.05, 0.05, n_units=200, n_obs=200)


def codes(answer: object) -> list[str]:
    return [note.code for note in answer.notes]  # type: ignore[attr-defined]


def test_a_counted_cost_is_divided_by_the_limits_of_the_effect() -> None:
    found = compare(FEWER, ExtraCost(6_000), design=WAITLIST, direction="lower_is_better")
    assert found.gain == pytest.approx(0.15)
    # 0.15 ± 1.959964 × 0.05 is 0.0520018 to 0.2479982.
    assert found.per_effect == pytest.approx(40_000)
    assert found.per_low == pytest.approx(6_000 / 0.2479982, rel=1e-5)
    assert found.per_high == pytest.approx(6_000 / 0.0520018, rel=1e-5)
    assert codes(found) == ["costing.counted_cost"]


def test_a_sampled_cost_gets_the_limits_of_fieller() -> None:
    cost = ExtraCost(6_000, se=600)
    found = compare(FEWER, cost, design=WAITLIST, direction="lower_is_better")
    # By hand: a = 0.0225 − 3.841459 × 0.0025; b = 900; c = 36,000,000 − 3.841459 × 360,000.
    assert found.per_low == pytest.approx(23_033, rel=1e-3)
    assert found.per_high == pytest.approx(116_541, rel=1e-3)
    assert found.cost_low == pytest.approx(6_000 - 1.959964 * 600)
    # Wider than where the cost is known, on both sides.
    known = compare(FEWER, ExtraCost(6_000), design=WAITLIST, direction="lower_is_better")
    assert found.per_low < known.per_low
    assert found.per_high > known.per_high


def test_the_balance_is_worth_times_gain_less_cost() -> None:
    found = compare(
        FEWER, ExtraCost(6_000), design=WAITLIST, direction="lower_is_better", worths=(50_000,)
    )
    (balance,) = found.benefits
    assert balance.value == pytest.approx(1_500)
    assert balance.ci_low == pytest.approx(50_000 * 0.0520018 - 6_000, rel=1e-4)
    assert balance.ci_high == pytest.approx(50_000 * 0.2479982 - 6_000, rel=1e-4)
    both = compare(
        FEWER,
        ExtraCost(6_000, se=600),
        design=WAITLIST,
        direction="lower_is_better",
        worths=(50_000,),
    ).benefits[0]
    # √(2,500² + 600²) is 2,570.99.
    assert both.ci_high - both.value == pytest.approx(1.959964 * 2_570.99, rel=1e-5)


def test_an_interval_with_zero_in_it_has_cost_and_balance_and_no_quotient() -> None:
    found = compare(
        UNSURE, ExtraCost(6_000), design=WAITLIST, direction="lower_is_better", worths=(50_000,)
    )
    assert (found.per_effect, found.per_low, found.per_high) == (None, None, None)
    assert "costing.not_told_apart" in codes(found)
    assert found.cost == 6_000
    assert found.benefits[0].ci_low < 0


def test_an_interval_that_touches_zero_has_no_quotient() -> None:
    effect = Effect(-0.1, None, None, -0.2, 0.0, None, 50, 50)
    found = compare(effect, ExtraCost(1), design=WAITLIST, direction="lower_is_better")
    assert found.per_effect is None


def test_harm_is_named_and_never_priced() -> None:
    found = compare(FEWER, ExtraCost(6_000), design=WAITLIST, direction="higher_is_better")
    assert found.per_effect is None
    assert codes(found)[0] == "costing.harm"


@pytest.mark.parametrize(
    ("cost", "code"),
    [(ExtraCost(-10), "costing.saves"), (ExtraCost(10, se=20), "costing.cost_not_told_apart")],
)
def test_a_cost_that_is_not_above_zero_is_not_divided(cost: ExtraCost, code: str) -> None:
    found = compare(FEWER, cost, design=WAITLIST, direction="lower_is_better")
    assert found.per_effect is None
    assert code in codes(found)


def test_what_is_not_a_difference_between_arms_is_refused() -> None:
    cost = ExtraCost(6_000)
    with pytest.raises(Refusal) as alone:
        compare(FEWER, cost, design=DESIGNS["single_arm"], direction="lower_is_better")
    assert alone.value.note.code == "costing.no_comparison"
    odds = Effect.of(-0.5, 0.1, n_units=9, n_obs=9, scale="log")
    with pytest.raises(Refusal) as ratio:
        compare(odds, cost, design=WAITLIST, direction="lower_is_better")
    assert ratio.value.note.code == "costing.ratio_scale"
    without = Effect(-0.15, None, None, -0.2, -0.1, None, 9, 9)
    with pytest.raises(Refusal) as unknown:
        compare(without, ExtraCost(1, se=1), design=WAITLIST, direction="lower_is_better")
    assert unknown.value.note.code == "costing.no_standard_error"


def test_drawing_people_again_agrees_with_the_formula() -> None:
    rng = np.random.default_rng(8)
    arm = np.repeat([True, False], 400)
    costs = np.where(arm, 6_000.0, 0.0) + rng.normal(0, 2_000, 800)
    gains = np.where(arm, 1.0, 0.0) + rng.normal(0, 1.0, 800)
    found = from_people(costs, gains, arm, seed=1, worths=(10_000.0,))
    cost_se = 2_000 * np.sqrt(2 / 400)
    assert found.cost_high - found.cost_low == pytest.approx(2 * 1.96 * cost_se, rel=0.15)
    assert found.per_low < found.per_effect < found.per_high  # type: ignore[operator]
    assert found.per_effect == pytest.approx(found.cost / found.gain)
    se = np.sqrt((10_000 * np.sqrt(2 / 400)) ** 2 + cost_se**2)
    (balance,) = found.benefits
    assert balance.ci_high - balance.ci_low == pytest.approx(2 * 1.96 * se, rel=0.15)


def test_whole_groups_are_drawn_where_groups_were_assigned() -> None:
    arm = np.repeat([True, False], 40)
    group = np.arange(80) // 10
    # All in a group are alike: eighty people are eight facts.
    gains = np.array([2.0, 0.0, 3.0, 1.0, 0.0, 1.0, 0.5, 0.2])[group]
    costs = np.where(arm, 5.0, 1.0)
    people = from_people(costs, gains, arm, seed=1)
    groups = from_people(costs, gains, arm, clusters=group, seed=1)
    assert groups.gain_high - groups.gain_low > 1.8 * (people.gain_high - people.gain_low)
    with pytest.raises(Refusal) as few:
        from_people(costs, gains, arm, clusters=arm.astype(np.int64), seed=1)
    assert few.value.note.code == "costing.too_few"


def test_a_draw_that_gained_nothing_counts_as_infinitely_dear() -> None:
    arm = np.repeat([True, False], 30)
    gains = np.where(arm, 0.6, 0.0) + np.tile([1.0, -1.0], 30)
    found = from_people(np.where(arm, 100.0, 0.0), gains, arm, seed=3, level=0.9999)
    assert found.per_effect is None or found.per_high == inf


def test_men_who_leave_at_an_even_pace_reach_the_session_that_was_said() -> None:
    shares = even_leaving(12, 9, 0.05)
    assert shares[8] == pytest.approx(0.05)
    assert shares[0] == pytest.approx(0.05 ** (1 / 9))
    assert list(shares) == sorted(shares, reverse=True)
    assert even_leaving(3, 2, 1.0) == (1.0, 1.0, 1.0)
    with pytest.raises(ValueError, match="share above 0"):
        even_leaving(12, 9, 0.0)
