"""Randomisation inference against refitting every assignment.

ROUNDING: cross products and refits add the same numbers in another order.
"""

from __future__ import annotations

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencia import Refusal
from evidencia.clusters import randomisation_test

ROUNDING = 1e-9


def coefficient(
    y: np.ndarray, t: np.ndarray, rest: np.ndarray, weights: np.ndarray
) -> float | None:
    """The weighted least-squares coefficient of the arm, None where there is none."""
    root = np.sqrt(weights)[:, None]
    x = np.column_stack([t, rest]) * root
    if np.linalg.matrix_rank(x) == np.linalg.matrix_rank(rest * root):
        return None
    return float(np.linalg.lstsq(x, y * root[:, 0], rcond=None)[0][0])


def brute_force(
    y: np.ndarray,
    t: np.ndarray,
    clusters: np.ndarray,
    blocks: np.ndarray,
    covariates: np.ndarray | None = None,
    weights: np.ndarray | None = None,
    null: float = 0.0,
) -> float:
    """The p value by refitting under every assignment that keeps the treated of each block."""
    dummies = (blocks[:, None] == np.unique(blocks)).astype(float)
    rest = dummies if covariates is None else np.column_stack([dummies, covariates])
    w = np.ones(len(y)) if weights is None else weights
    labels, first = np.unique(clusters, return_index=True)
    arm, block = t[first], blocks[first]
    target = y - null * t
    seen = coefficient(target, t, rest, w)
    assert seen is not None
    extreme = []
    for a in product([0.0, 1.0], repeat=len(labels)):
        other = np.array(a)
        if any(other[block == b].sum() != arm[block == b].sum() for b in np.unique(block)):
            continue
        found = coefficient(target, other[np.searchsorted(labels, clusters)], rest, w)
        extreme.append(abs(found or 0.0) >= abs(seen) * (1 - ROUNDING))
    return float(np.mean(extreme))


def trial(seed: int, effect: float = 1.0) -> tuple[np.ndarray, ...]:
    """Two blocks of four and five clusters, two treated in each; sizes unequal."""
    rng = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(9), rng.integers(1, 5, 9))
    blocks = (clusters >= 4).astype(float)
    arm = np.array([1, 0, 0, 1, 0, 1, 0, 1, 0.0])[clusters]
    y = effect * arm + blocks + rng.normal(size=9)[clusters] + rng.normal(size=len(clusters))
    return y, arm, clusters, blocks, rng.normal(size=(len(y), 2)), rng.uniform(0.5, 2, len(y))


@pytest.mark.parametrize("null", [0.0, 0.7])
@pytest.mark.parametrize("seed", range(3))
def test_cross_products_give_the_p_value_of_refitting_every_assignment(
    seed: int, null: float
) -> None:
    y, arm, clusters, blocks, *_ = trial(seed)
    test = randomisation_test(y, arm, clusters=clusters, blocks=blocks, null=null, seed=0)

    assert test.exact
    assert test.n_draws == comb(4, 2) * comb(5, 2)
    assert test.effect.p == pytest.approx(
        brute_force(y, arm, clusters, blocks, null=null), abs=ROUNDING
    )


@pytest.mark.parametrize("seed", range(3))
def test_covariates_and_weights_are_in_the_cross_products(seed: int) -> None:
    y, arm, clusters, blocks, z, w = trial(seed)
    test = randomisation_test(
        y, arm, clusters=clusters, blocks=blocks, covariates=z, weights=w, seed=0
    )

    assert test.effect.p == pytest.approx(brute_force(y, arm, clusters, blocks, z, w), abs=ROUNDING)


def test_a_test_that_forgot_the_clusters_would_be_noticed() -> None:
    """Seeded defect: people drawn one by one."""
    y, arm, clusters, blocks, *_ = trial(2, effect=2.0)
    right = randomisation_test(y, arm, clusters=clusters, blocks=blocks, seed=0).effect.p
    wrong = randomisation_test(y, arm, blocks=blocks, seed=0).effect.p

    assert right is not None
    assert wrong is not None
    assert right > 3 * wrong


def test_drawing_at_random_agrees_with_counting_all() -> None:
    """Monte Carlo: four errors of a share of 9,999 draws."""
    rng = np.random.default_rng(11)
    arm = np.repeat([0.0, 1.0], 10)
    y = rng.normal(size=20) + 0.6 * arm
    whole = randomisation_test(y, arm, seed=0, draws=200_000)
    drawn = randomisation_test(y, arm, seed=3)

    assert whole.exact
    assert whole.n_draws == comb(20, 10)
    assert not drawn.exact
    p = whole.effect.p
    assert p is not None
    assert drawn.effect.p == pytest.approx(p, abs=4 * (p * (1 - p) / 9999) ** 0.5)
    assert drawn.effect.ci_low == pytest.approx(whole.effect.ci_low, abs=0.05)


def test_a_random_p_value_is_never_zero() -> None:
    arm = np.repeat([0.0, 1.0], 30)
    test = randomisation_test(10 * arm + np.arange(60) / 1e3, arm, seed=0, draws=999)

    assert test.effect.p == pytest.approx(1 / 1000)


def test_the_limits_are_where_the_p_value_crosses() -> None:
    y, arm, *_ = (np.random.default_rng(4).normal(size=12), np.tile([0.0, 1.0], 6))
    found = randomisation_test(y, arm, seed=0).effect

    for limit, outward in ((found.ci_low, -1), (found.ci_high, 1)):
        inside = randomisation_test(y, arm, seed=0, null=limit - outward * 1e-4).effect.p
        beyond = randomisation_test(y, arm, seed=0, null=limit + outward * 1e-4).effect.p
        assert inside is not None
        assert beyond is not None
        assert inside > 0.05 >= beyond


def test_a_lost_cluster_takes_part_in_the_lottery_and_not_in_the_coefficient() -> None:
    y, arm, clusters, blocks, *_ = trial(1)
    weights = np.where(clusters == 8, 0.0, 1.0)
    seen = clusters != 8
    whole = randomisation_test(y, arm, clusters=clusters, blocks=blocks, weights=weights, seed=0)
    without = randomisation_test(
        y[seen], arm[seen], clusters=clusters[seen], blocks=blocks[seen], seed=0
    )

    assert whole.effect.estimate == pytest.approx(without.effect.estimate)
    assert whole.effect.n_clusters == without.effect.n_clusters == 8
    assert (whole.n_draws, without.n_draws) == (60, 36)
    assert whole.effect.p == pytest.approx(
        brute_force(y, arm, clusters, blocks, weights=weights), abs=ROUNDING
    )


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.floats(1e-3, 1e3), st.permutations(range(12)))
def test_rows_names_and_units_change_nothing(seed: int, unit: float, order: list[int]) -> None:
    y = np.random.default_rng(seed).normal(size=12)
    arm = np.tile([0.0, 1.0], 6)
    block = np.repeat([0, 1], 6)
    plain = randomisation_test(y, arm, blocks=block, seed=0).effect
    turned = randomisation_test(
        unit * y[order] + 7, arm[order], blocks=np.array(["b", "a"])[block[order]], seed=0
    ).effect
    swapped = randomisation_test(y, 1 - arm, blocks=block, seed=0).effect

    assert turned.p == plain.p == swapped.p
    assert turned.estimate == pytest.approx(unit * plain.estimate, rel=1e-6, abs=1e-9 * unit)
    assert swapped.ci_low == pytest.approx(-plain.ci_high, rel=1e-6, abs=1e-9)


def test_four_clusters_cannot_give_a_small_p_and_the_result_says_so() -> None:
    test = randomisation_test([5.0, 6.0, 0.0, 1.0], [1, 1, 0, 0], seed=0)

    assert test.effect.p == pytest.approx(2 / 6)
    notes = {note.code: dict(note.values) for note in test.effect.notes}
    assert notes["clusters.coarse"] == {"p": 0.333}
    assert "clusters.unbounded" in notes


def refused(**given: object) -> str:
    whole: dict[str, object] = {"outcome": [1.0, 2.0, 3.0, 5.0], "treated": [1, 1, 0, 0], "seed": 0}
    with pytest.raises(Refusal) as refusal:
        randomisation_test(**(whole | given))  # type: ignore[arg-type]
    return refusal.value.note.code


def test_what_cannot_be_drawn_again_is_a_refusal() -> None:
    assert refused(blocks=[0, 0, 1, 1]) == "clusters.no_assignment"
    assert refused(treated=[1, 1, 1, 1]) == "clusters.no_assignment"
    assert refused(covariates=[1.0, 1.0, 0.0, 0.0]) == "clusters.singular"
    assert refused(outcome=[2.0] * 4) == "clusters.no_variance"
    assert refused(outcome=[0.1] * 4, covariates=[0.3, 0.1, 0.2, 0.7]) == "clusters.no_variance"


def test_a_covariate_that_the_blocks_already_say_changes_nothing() -> None:
    y, arm, clusters, blocks, *_ = trial(0)
    plain = randomisation_test(y, arm, clusters=clusters, blocks=blocks, seed=0)
    other = randomisation_test(
        y, arm, clusters=clusters, blocks=blocks, covariates=0.1 + 0.7 * blocks, seed=0
    )

    assert other.effect.p == plain.effect.p
    assert other.effect.estimate == pytest.approx(plain.effect.estimate)


def test_a_cluster_in_two_arms_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="treated must be the same"):
        randomisation_test([1.0, 2, 3, 4], [1, 0, 0, 1], clusters=[1, 1, 2, 2], seed=0)
