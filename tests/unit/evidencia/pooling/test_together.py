"""A coalition's answer against its own parts."""

from __future__ import annotations

import numpy as np
import pytest

from evidencia import Refusal
from evidencia.measures import meta_analysis
from evidencia.pooling import Packet, PooledDesign, make_packet, pooled_mmrm, together

ONE = PooledDesign("control · hombres", ("T0", "T1", "T2"), ("programa",), centre=3.0)
TWO = PooledDesign("control · hombres", ("T0", "T1", "T2"), ("espera", "programa"), centre=3.0)


def packet(name: str, n: int, change: float, design: PooledDesign = ONE, seed: int = 0) -> Packet:
    rng = np.random.default_rng([seed, *name.encode()])
    arm = np.array([design.arms[i % len(design.arms)] for i in range(n)])
    y = 4 + rng.normal(0, 1.5, n)[:, None] + rng.normal(0, 1, (n, 3))
    y += change * np.array([0.0, 0.5, 1.0]) * (arm == "programa")[:, None]
    y[rng.random(n) < 0.2, 2] = np.nan
    return make_packet(design, name, y, arm)


@pytest.fixture(scope="module")
def five() -> list[Packet]:
    return [
        packet(name, 40, change) for name, change in zip("abcde", (-2, -1, -1, 0, -1), strict=True)
    ]


def test_the_parts_are_those_that_each_estimator_gives(five: list[Packet]) -> None:
    found = together(five)
    alone = [pooled_mmrm([one]).change("programa", 2) for one in five]

    assert found.question == "change"
    assert found.stacked == pooled_mmrm(five).change("programa", 2)
    assert [one.effect for one in found.own] == alone
    assert found.between is not None
    by_hand = meta_analysis([e.estimate for e in alone], [e.se for e in alone])  # type: ignore[misc]
    assert found.main.estimate == pytest.approx(by_hand.effect.estimate)
    assert (found.main.df, found.main.n_units) == (4, found.n_units)
    assert sum(one.weight or 0 for one in found.own) == pytest.approx(1)


def test_leaving_one_out_is_the_answer_of_the_others(five: list[Packet]) -> None:
    found = together(five)

    for at, one in enumerate(found.own):
        rest = [packet for i, packet in enumerate(five) if i != at]
        assert one.without == pooled_mmrm(rest).change("programa", 2)


def test_the_order_of_packets_changes_nothing(five: list[Packet]) -> None:
    assert together(five[::-1]).own == together(five).own


def test_organisations_that_differ_have_a_wider_mean_than_their_rows_in_one_table() -> None:
    far = [packet(name, 60, change) for name, change in zip("abcd", (-3, 0, -3, 0), strict=True)]
    found = together(far)

    assert found.between is not None
    assert found.between.i2 > 0.7
    wide = found.main.ci_high - found.main.ci_low
    assert wide > 2 * (found.stacked.ci_high - found.stacked.ci_low)


def test_whose_absence_would_change_the_answer_is_named() -> None:
    found = together([packet("a", 120, -2.5), packet("b", 14, 0.0), packet("c", 14, 0.0)])

    assert found.fragile == ("a",)
    assert together([packet(name, 60, -2.0) for name in "abc"]).fragile == ()


def test_two_arms_are_asked_for_the_difference_in_change() -> None:
    both = [packet("a", 60, -1.0, TWO), packet("b", 60, -1.0, TWO)]
    found = together(both)

    assert found.question == "difference_in_change"
    assert found.stacked == pooled_mmrm(both).did("programa", 2)


def test_who_has_one_arm_alone_helps_the_others_and_has_no_answer_of_its_own() -> None:
    rng = np.random.default_rng(9)
    lone = make_packet(TWO, "z", 4 + rng.normal(0, 1, (12, 3)), np.full(12, "programa"))
    found = together([packet("a", 60, -1.0, TWO), packet("b", 60, -1.0, TWO), lone])

    assert found.own[-1].effect is None
    assert found.own[-1].refused is not None
    assert found.own[-1].refused.code == "pooling.arm_missing"
    assert (found.own[-1].weight, found.between.k) == (None, 2)  # type: ignore[union-attr]


def test_one_packet_has_an_answer_and_no_mean() -> None:
    found = together([packet("a", 40, -1.0)])

    assert found.between is None
    assert found.main == found.stacked
    assert found.own[0].without is None
    assert {"pooling.no_mean", "pooling.one_organisation"} <= {note.code for note in found.notes}


def test_a_design_that_asks_nothing_is_refused() -> None:
    for design in (
        PooledDesign("x", ("T0",), ("programa",)),
        PooledDesign("x", ("T0", "T1"), ("a", "b", "c")),
    ):
        rng = np.random.default_rng(1)
        y = rng.normal(0, 1, (12, len(design.waves)))
        with pytest.raises(Refusal) as caught:
            together([make_packet(design, "a", y, np.full(12, design.arms[0]))])
        assert caught.value.note.code == "pooling.no_question"
