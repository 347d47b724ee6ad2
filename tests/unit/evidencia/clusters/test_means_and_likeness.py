"""Means of clusters and the intraclass correlation: edges, invariants, coverage.

COVERAGE: 800 studies have a Monte-Carlo error of 0.8 points around 95 %.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from evidencia import Refusal
from evidencia.clusters import cluster_means, design_effect, icc

COVERAGE = 4 * (0.95 * 0.05 / 800) ** 0.5


def codes(notes: tuple[object, ...]) -> set[str]:
    return {note.code for note in notes}  # type: ignore[attr-defined]


def test_without_strata_it_is_the_two_sample_t_test_of_the_means() -> None:
    rng = np.random.default_rng(0)
    clusters = np.repeat(np.arange(9), rng.integers(1, 6, 9))
    arm = (np.arange(9) < 4)[clusters].astype(int)
    y = rng.normal(size=len(clusters))
    means = np.array([y[clusters == c].mean() for c in range(9)])
    known = stats.ttest_ind(means[:4], means[4:])
    effect = cluster_means(y, arm, clusters)

    assert effect.p == pytest.approx(known.pvalue)
    assert effect.df == known.df == 7
    assert (effect.n_units, effect.n_obs, effect.n_clusters) == (len(y), 9, 9)
    assert codes(effect.notes) == {"clusters.few"}


def test_a_cluster_counts_once_whatever_its_size() -> None:
    """Seeded defect: with people counted instead, the big cluster would decide."""
    y = [0.0] * 100 + [1.0, 2.0, 3.0, 4.0]
    clusters = [0] * 100 + [1, 2, 3, 4]
    arm = [0] * 100 + [0, 1, 1, 1]

    assert cluster_means(y, arm, clusters).estimate == pytest.approx(2.5)
    assert np.mean(y[101:]) - np.mean(y[:101]) == pytest.approx(2.99, abs=0.01)


@pytest.mark.parametrize(
    ("y", "arm", "clusters", "code"),
    [
        ([1.0, 2, 3], [0, 0, 0], [1, 1, 1], "clusters.one_cluster"),
        ([1.0, 2, 3], [1, 0, 0], [1, 2, 3], "clusters.one_per_arm"),
        ([1.0, 2, 3], [0, 0, 0], [1, 2, 3], "clusters.one_per_arm"),
        ([1.0, 1, 2, 2], [0, 0, 1, 1], [1, 2, 3, 4], "clusters.no_variance"),
    ],
)
def test_where_there_is_no_honest_number_there_is_a_sentence(
    y: list[float], arm: list[int], clusters: list[int], code: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        cluster_means(y, arm, clusters)

    assert refusal.value.note.code == code


def test_strata_that_use_up_the_clusters_are_a_refusal() -> None:
    with pytest.raises(Refusal) as refusal:
        cluster_means([1.0, 2, 4, 3], [0, 1, 0, 1], [1, 2, 3, 4], strata=[1, 2, 3, 4])

    assert refusal.value.note.code == "clusters.too_small"


def test_a_cluster_in_two_arms_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="the same for all rows"):
        cluster_means([1.0, 2, 3, 4], [0, 1, 1, 0], [1, 1, 2, 2])


def test_the_interval_of_the_icc_covers() -> None:
    rng = np.random.default_rng(3)
    clusters = np.repeat(np.arange(12), 6)
    inside = []
    for _ in range(800):
        y = (0.2**0.5) * rng.normal(size=12)[clusters] + (0.8**0.5) * rng.normal(size=72)
        found = icc(y, clusters).effect
        inside.append(found.ci_low <= 0.2 <= found.ci_high)

    assert np.mean(inside) == pytest.approx(0.95, abs=COVERAGE)


def test_the_error_of_smith_is_the_spread_of_the_estimates() -> None:
    """Within 15 %: it is a large-sample formula, here with 60 clusters of unequal size."""
    rng = np.random.default_rng(3)
    clusters = np.repeat(np.arange(60), rng.integers(2, 12, 60))
    found = [
        icc(0.5 * rng.normal(size=60)[clusters] + rng.normal(size=len(clusters)), clusters).effect
        for _ in range(400)
    ]

    spread = np.std([effect.estimate for effect in found])
    assert np.mean([effect.se for effect in found]) == pytest.approx(spread, rel=0.15)


def test_arms_that_differ_do_not_count_as_likeness() -> None:
    rng = np.random.default_rng(5)
    clusters = np.repeat(np.arange(20), 8)
    arm = clusters % 2
    y = 3.0 * arm + rng.normal(size=160)

    assert icc(y, clusters).effect.estimate > 0.5
    assert abs(icc(y, clusters, treated=arm).effect.estimate) < 0.1


def test_rows_names_and_units_change_nothing() -> None:
    rng = np.random.default_rng(6)
    clusters = np.repeat(np.arange(7), rng.integers(2, 6, 7))
    y = rng.normal(size=len(clusters))
    order = rng.permutation(len(y))
    names = np.array([f"grupo {c}" for c in clusters])

    plain = icc(y, clusters).effect
    other = icc(1e4 * y[order] + 2, names[order]).effect
    assert other.estimate == pytest.approx(plain.estimate, rel=1e-7)
    assert other.ci_high == pytest.approx(plain.ci_high, rel=1e-7)


def test_a_negative_likeness_is_shown_and_named() -> None:
    found = icc([0.0, 2, 0, 2, 0, 2.1], [1, 1, 2, 2, 3, 3])

    assert found.effect.estimate < 0
    assert codes(found.effect.notes) == {"clusters.negative_icc"}
    assert found.design_effect == 1.0


@pytest.mark.parametrize(
    ("y", "clusters", "code"),
    [
        ([1.0, 2, 3], [1, 2, 3], "clusters.no_pairs"),
        ([1.0, 2, 3], [1, 1, 1], "clusters.no_pairs"),
        ([0.1] * 4, [1, 1, 2, 2], "clusters.no_variance"),
        ([0.1] * 7, [1, 1, 1, 2, 2, 3, 3], "clusters.no_variance"),
    ],
)
def test_an_icc_without_pairs_or_variance_is_a_refusal(
    y: list[float], clusters: list[int], code: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        icc(y, clusters)

    assert refusal.value.note.code == code


def test_complete_likeness_is_one() -> None:
    found = icc([1.0, 1, 2, 2, 5, 5], [1, 1, 2, 2, 3, 3])

    assert (found.effect.estimate, found.effect.ci_low, found.effect.ci_high) == (1.0, 1.0, 1.0)
    assert found.effect.se is None


def test_the_design_effect_of_the_textbook() -> None:
    assert design_effect(0.05, 10) == pytest.approx(1.45)
    assert design_effect(0.05, 10, 0.5) == pytest.approx(1.575)
    with pytest.raises(ValueError, match="design effect"):
        design_effect(0.05, 0.5)
