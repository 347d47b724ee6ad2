"""The wild cluster bootstrap against refitting every draw, and what it does at the edges.

ROUNDING: cross products and refits add the same numbers in another order.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from evidencia import Refusal
from evidencia.clusters import least_squares, wild_bootstrap

ROUNDING = 1e-9


def trial(
    n_clusters: int, size: int, seed: int = 1, effect: float = 0.6
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Outcome, design (arm, age) and clusters of a made-up trial, sizes unequal."""
    rng = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(n_clusters), rng.integers(2, size + 1, n_clusters))
    arm = (np.arange(n_clusters) % 2)[clusters]
    age = rng.normal(35, 9, len(clusters))
    y = effect * arm + 0.02 * age + rng.normal(size=n_clusters)[clusters]
    return y + rng.normal(size=len(y)), np.column_stack([arm, age]).astype(float), clusters


def brute_force(
    y: np.ndarray,
    design: np.ndarray,
    clusters: np.ndarray,
    null: float,
    points: np.ndarray,
    blocks: np.ndarray | None = None,
    weights: np.ndarray | None = None,
) -> float:
    """The p value by refitting the model for every combination of weights."""

    def t_of(outcome: np.ndarray) -> float:
        fit = least_squares(
            outcome, design, clusters, blocks=blocks, weights=weights, variance="CR1"
        )
        return float((fit.coefficients[0] - null) / fit.covariance[0, 0] ** 0.5)

    w = np.ones(len(y)) if weights is None else weights
    labels = np.zeros(len(y)) if blocks is None else blocks
    dummies = (labels[:, None] == np.unique(labels)).astype(float)
    rest = np.column_stack([design[:, 1:], dummies])
    root = np.sqrt(w)[:, None]
    target = y - null * design[:, 0]
    restricted = rest @ np.linalg.lstsq(rest * root, target * root[:, 0], rcond=None)[0]
    residual = target - restricted
    seen = abs(t_of(y))
    draws = product(points, repeat=len(np.unique(clusters)))
    extreme = [
        abs(t_of(null * design[:, 0] + restricted + residual * np.array(v)[clusters]))
        >= seen * (1 - ROUNDING)
        for v in draws
    ]
    return float(np.mean(extreme))


@pytest.mark.parametrize("null", [0.0, 0.4, -1.3])
@pytest.mark.parametrize("seed", [1, 2])
def test_cross_products_give_the_p_value_of_refitting_every_draw(null: float, seed: int) -> None:
    y, design, clusters = trial(7, 5, seed)
    fast = wild_bootstrap(y, design, clusters, seed=0, kind="rademacher", null=null)
    slow = brute_force(y, design, clusters, null, np.array([-1.0, 1.0]))

    assert fast.exact
    assert fast.n_draws == 2**7
    assert fast.effect.p == pytest.approx(slow, abs=ROUNDING)


def test_blocks_and_weights_are_in_the_cross_products() -> None:
    y, design, clusters = trial(8, 4, seed=5)
    blocks, weights = clusters // 4, np.random.default_rng(3).uniform(0.5, 2, len(y))
    fast = wild_bootstrap(
        y, design, clusters, seed=0, kind="rademacher", blocks=blocks, weights=weights
    )

    assert fast.effect.p == pytest.approx(
        brute_force(y, design, clusters, 0.0, np.array([-1.0, 1.0]), blocks, weights), abs=ROUNDING
    )


def test_few_clusters_get_the_six_points_of_webb_all_counted() -> None:
    y, design, clusters = trial(4, 6)
    fast = wild_bootstrap(y, design, clusters, seed=0)
    points = np.sqrt(np.array([0.5, 1.0, 1.5]))

    assert (fast.kind, fast.exact, fast.n_draws) == ("webb", True, 6**4)
    slow = brute_force(y, design, clusters, 0.0, np.concatenate([-points, points]))
    assert fast.effect.p == pytest.approx(slow, abs=ROUNDING)


def test_an_unrestricted_bootstrap_would_be_noticed() -> None:
    """Seeded defect: residuals of the full model, without the null hypothesis."""
    y, design, clusters = trial(7, 5, seed=2)
    fit = least_squares(y, design, clusters, variance="CR1")
    fitted, beta = y - fit.residuals, fit.coefficients[0]
    extreme = []
    for v in product([-1.0, 1.0], repeat=7):
        again = least_squares(
            fitted + fit.residuals * np.array(v)[clusters], design, clusters, variance="CR1"
        )
        t = (again.coefficients[0] - beta) / again.covariance[0, 0] ** 0.5
        extreme.append(abs(t) >= abs(beta) / fit.covariance[0, 0] ** 0.5)
    right = wild_bootstrap(y, design, clusters, seed=0, kind="rademacher").effect

    assert right.p is not None
    assert abs(float(np.mean(extreme)) - right.p) > 0.01


def test_the_limits_are_where_the_p_value_crosses() -> None:
    y, design, clusters = trial(12, 6)
    found = wild_bootstrap(y, design, clusters, seed=0).effect
    width = found.ci_high - found.ci_low

    for limit, outward in ((found.ci_low, -1), (found.ci_high, 1)):
        inside = wild_bootstrap(y, design, clusters, seed=0, null=limit - outward * 0.01 * width)
        beyond = wild_bootstrap(y, design, clusters, seed=0, null=limit + outward * 0.01 * width)
        assert inside.effect.p is not None
        assert beyond.effect.p is not None
        assert inside.effect.p > 0.05 >= beyond.effect.p


def test_the_same_seed_gives_the_same_answer_and_the_order_of_rows_nothing() -> None:
    y, design, clusters = trial(16, 6)
    turned = np.random.default_rng(9).permutation(len(y))
    once = wild_bootstrap(y, design, clusters, seed=4, draws=999)
    again = wild_bootstrap(y, design, clusters, seed=4, draws=999)
    names = np.array([f"place {c}" for c in clusters])
    other = wild_bootstrap(y[turned], design[turned], names[turned], seed=4, draws=9999)
    long = wild_bootstrap(y, design, clusters, seed=5, draws=9999)

    assert once == again
    assert other.effect.p == pytest.approx(long.effect.p, abs=0.02)  # Monte Carlo: 0.005 each


def test_units_of_the_outcome_scale_the_interval_and_leave_p() -> None:
    y, design, clusters = trial(11, 5)
    plain = wild_bootstrap(y, design, clusters, seed=1).effect
    scaled = wild_bootstrap(1e6 * y + 3, design, clusters, seed=1).effect

    assert scaled.p == plain.p
    assert scaled.ci_low == pytest.approx(1e6 * plain.ci_low, rel=1e-6)


def test_swapping_the_arms_mirrors_the_interval() -> None:
    y, design, clusters = trial(11, 5)
    other = design.copy()
    other[:, 0] = 1 - other[:, 0]
    plain = wild_bootstrap(y, design, clusters, seed=1).effect
    swapped = wild_bootstrap(y, other, clusters, seed=1).effect

    assert swapped.p == plain.p
    assert (swapped.ci_low, swapped.ci_high) == pytest.approx(
        (-plain.ci_high, -plain.ci_low), rel=1e-6
    )


def test_an_interval_without_limit_says_so() -> None:
    y, design, clusters = trial(4, 4)
    found = wild_bootstrap(y, design, clusters, seed=1, kind="rademacher").effect

    assert (found.ci_low, found.ci_high) == (-np.inf, np.inf)
    assert "clusters.unbounded" in {note.code for note in found.notes}


@pytest.mark.parametrize(
    ("n_clusters", "code"), [(1, "clusters.one_cluster"), (2, "clusters.one_per_arm")]
)
def test_too_few_clusters_are_a_refusal(n_clusters: int, code: str) -> None:
    y, design, clusters = trial(n_clusters, 6)
    with pytest.raises(Refusal) as refusal:
        wild_bootstrap(y, design, clusters, seed=1)

    assert refusal.value.note.code == code


def test_an_outcome_without_variance_is_a_refusal() -> None:
    y, design, clusters = trial(8, 6)
    with pytest.raises(Refusal) as refusal:
        wild_bootstrap(np.full(len(y), 0.1), design, clusters, seed=1)

    assert refusal.value.note.code == "clusters.no_variance"
