from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evidencia import Refusal
from evidencia.missing import attrition_flow, attrition_gap, who_left

marks = arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(1, 5)))

SEEN = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 1], [0, 0, 0], [1, 0, 0], [0, 1, 1]])
ARM = ["a", "a", "a", "b", "b", "b"]


def test_a_small_flow_counted_by_hand() -> None:
    flow = attrition_flow(
        SEEN, ARM, informant="partner", reasons=["", "moved", "work", "", "moved", ""]
    )

    assert flow.informant == "partner"
    a, b = flow.arms
    assert (a.arm, a.n, a.observed.tolist()) == ("a", 3, [3, 2, 2])
    assert (a.skipped.tolist(), a.gone.tolist()) == ([0, 1, 0], [0, 0, 1])
    assert (a.complete, a.monotone, a.intermittent, a.never) == (1, 1, 1, 0)
    assert (b.complete, b.monotone, b.intermittent, b.never) == (0, 1, 1, 1)
    assert flow.everyone.reasons == (("moved", 2), ("work", 1))
    assert [note.code for note in flow.notes] == ["missing.arms_differ"]


@given(marks)
def test_everybody_is_counted_once(seen: np.ndarray) -> None:
    arm = np.arange(len(seen)) % 3

    flow = attrition_flow(seen, arm)

    for part in (*flow.arms, flow.everyone):
        assert part.complete + part.monotone + part.intermittent + part.never == part.n
        assert (part.observed + part.skipped + part.gone == part.n).all()
        assert (np.diff(part.gone) >= 0).all()
    assert sum(part.n for part in flow.arms) == flow.everyone.n


@given(marks, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(seen: np.ndarray, luck: object) -> None:
    turn = list(range(len(seen)))
    luck.shuffle(turn)  # type: ignore[attr-defined]
    arm = np.arange(len(seen)) % 2

    here, there = attrition_flow(seen, arm).arms, attrition_flow(seen[turn], arm[turn]).arms

    for one, other in zip(here, there, strict=True):
        assert (one.n, one.complete, one.intermittent) == (
            other.n,
            other.complete,
            other.intermittent,
        )
        assert (one.gone == other.gone).all()


def test_nobody_missing_is_said_and_nobody_at_all_is_refused() -> None:
    whole = attrition_flow(np.ones((4, 2), dtype=bool), [0, 0, 1, 1])
    assert [note.code for note in whole.notes] == ["missing.nobody_left"]

    with pytest.raises(Refusal) as refused:
        attrition_flow(np.ones((0, 2), dtype=bool), [])
    assert refused.value.note.code == "missing.nobody"


def test_the_difference_in_answering_is_newcombes() -> None:
    """Newcombe (1998), table II, example (a): 56/70 − 48/80, method 10."""
    seen = np.r_[np.ones(56), np.zeros(14), np.ones(48), np.zeros(32)]
    treated = np.r_[np.ones(70), np.zeros(80)]

    gap = attrition_gap(seen, treated)

    assert gap.estimate == pytest.approx(0.2)
    assert (gap.ci_low, gap.ci_high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_the_difference_is_defined_where_everybody_answered() -> None:
    gap = attrition_gap(np.ones(10), np.arange(10) % 2)

    assert (gap.estimate, gap.p, gap.se) == (0.0, None, None)
    assert gap.ci_low < 0 < gap.ci_high


def test_one_arm_has_no_difference() -> None:
    with pytest.raises(Refusal) as refused:
        attrition_gap(np.ones(5), np.ones(5))
    assert refused.value.note.code == "missing.one_arm"


def test_standardised_differences_are_those_of_the_formula() -> None:
    x = np.array([[1.0, 0], [2, 1], [4, 1], [3, 0], [7, 1], [np.nan, 1]])
    left = [False, False, False, True, True, True]

    found = who_left(x, left, ["a"] * 6, ["age", "work"])

    age, _, work, _ = found.rows
    stayed, gone = np.array([1.0, 2, 4]), np.array([3.0, 7])
    spread = sqrt((stayed.var(ddof=1) + gone.var(ddof=1)) / 2)
    assert (age.n_stayed, age.n_left) == (3, 2)
    assert age.smd == pytest.approx((gone.mean() - stayed.mean()) / spread)
    assert work.smd == pytest.approx((2 / 3 - 2 / 3) / 1)
    assert [note.code for note in found.notes] == ["missing.leavers_differ"]


@given(st.floats(0.01, 100), st.floats(-100, 100))
def test_units_do_not_move_a_standardised_difference(scale: float, shift: float) -> None:
    x = np.random.default_rng(1).normal(size=(30, 1))
    left, arm = np.arange(30) % 3 == 0, np.arange(30) % 2

    one, other = (who_left(v, left, arm, ["x"]).rows for v in (x, x * scale + shift))

    assert [r.smd for r in one] == pytest.approx([r.smd for r in other], rel=1e-6)


def test_a_difference_without_people_or_variation_is_left_out_and_said() -> None:
    x = np.array([[1.0], [1.0], [1.0], [1.0]])

    found = who_left(x, [True, False, False, True], ["a", "a", "b", "b"], ["same"])

    assert [row.smd for row in found.rows] == [None, None, None]
    assert [note.code for note in found.notes] == ["missing.gap_without_number"]


def test_nobody_left_is_said() -> None:
    found = who_left(np.zeros((3, 1)), [False] * 3, ["a"] * 3, ["x"])

    assert found.rows[0].mean_left is None
    assert [note.code for note in found.notes] == ["missing.nobody_left"]
