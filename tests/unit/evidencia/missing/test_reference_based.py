"""Reference-based imputation. MONTE_CARLO: five standard errors of the simulation at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from evidencia.missing import STRATEGIES, impute_normal, impute_reference
from evidencia.missing.posterior import Draws
from evidencia.missing.reference import Strategy, _tail

MONTE_CARLO = 5.0
Make = Callable[..., Any]

OWN_MEAN, REFERENCE_MEAN = np.array([1.0, 2.0, 4.0, 7.0]), np.array([0.5, 0.0, -1.0, -3.0])
BASELINE = np.array([9.0])


def covariance(seed: int) -> np.ndarray:
    root = np.random.default_rng(seed).normal(size=(4, 4))
    return root @ root.T + np.eye(4)


OWN, REFERENCE = covariance(1), covariance(2)


def as_published(strategy: str, length: int, known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Carpenter, Roger & Kenward's algorithm: build the joint normal, then condition on it."""
    a, b = slice(0, length), slice(length, 4)
    mean = OWN_MEAN.copy()
    joint = np.empty((4, 4))
    r11, r21, r22 = REFERENCE[a, a], REFERENCE[b, a], REFERENCE[b, b]
    slope = r21 @ np.linalg.inv(r11)
    joint[a, a] = OWN[a, a]
    joint[b, a] = slope @ OWN[a, a]
    joint[a, b] = joint[b, a].T
    joint[b, b] = r22 - slope @ (r11 - OWN[a, a]) @ slope.T
    if strategy == "jump_to_reference":
        mean[b] = REFERENCE_MEAN[b]
    elif strategy == "copy_increments":
        mean[b] = OWN_MEAN[length - 1] + REFERENCE_MEAN[b] - REFERENCE_MEAN[length - 1]
    else:
        mean, joint = REFERENCE_MEAN.copy(), REFERENCE
    gain = joint[b, a] @ np.linalg.inv(joint[a, a])
    return mean[b] + gain @ (known - mean[a]), joint[b, b] - gain @ joint[a, b]


def drawn(strategy: Strategy, length: int, known: np.ndarray, m: int) -> np.ndarray:
    own = Draws(np.broadcast_to(OWN_MEAN, (m, 1, 4)), np.broadcast_to(OWN, (m, 4, 4)))
    reference = Draws(
        np.broadcast_to(REFERENCE_MEAN, (m, 1, 4)), np.broadcast_to(REFERENCE, (m, 4, 4))
    )
    past = np.broadcast_to(known, (m, 1, length))
    base = np.broadcast_to(BASELINE, (1, 4))
    rng = np.random.default_rng(3)
    return _tail(past, np.ones((1, 1)), length, own, reference, strategy, base, rng)[:, 0]


@pytest.mark.parametrize("strategy", STRATEGIES[:3])
@pytest.mark.parametrize("length", [1, 2, 3])
def test_each_strategy_is_the_published_joint_normal(strategy: Strategy, length: int) -> None:
    m, known = 40_000, np.array([2.0, -1.0, 3.0])[:length]

    got = drawn(strategy, length, known, m)

    mean, variance = as_published(strategy, length, known)
    error = np.sqrt(np.diag(variance) / m)
    assert (np.abs(got.mean(axis=0) - mean) < MONTE_CARLO * error).all()
    scale = np.sqrt(np.outer(np.diag(variance), np.diag(variance)))
    apart = np.abs(np.cov(got.T).reshape(variance.shape) - variance) / scale
    assert apart.max() < MONTE_CARLO * np.sqrt(2 / m)


@pytest.mark.parametrize("strategy", STRATEGIES[:3])
def test_who_never_answered_is_like_the_reference(strategy: Strategy) -> None:
    m = 40_000

    got = drawn(strategy, 0, np.empty(0), m)

    error = np.sqrt(np.diag(REFERENCE) / m)
    assert (np.abs(got.mean(axis=0) - REFERENCE_MEAN) < MONTE_CARLO * error).all()


def test_back_to_baseline_is_ones_own_baseline_with_the_spread_of_the_own_arm() -> None:
    m = 40_000

    got = drawn("returns_to_baseline", 2, np.array([100.0, -100.0]), m)

    assert np.abs(got.mean(axis=0) - 9.0).max() < MONTE_CARLO * np.sqrt(OWN.diagonal().max() / m)
    assert np.cov(got.T) == pytest.approx(OWN[2:, 2:], abs=0.08)


def test_the_strategies_can_be_told_apart() -> None:
    """Otherwise the brute force above could not fail."""
    known = np.array([2.0, -1.0])

    means = [as_published(strategy, 2, known)[0] for strategy in STRATEGIES[:3]]

    assert all(
        np.abs(one - other).max() > 0.5 for i, one in enumerate(means) for other in means[i + 1 :]
    )


def test_the_reference_itself_is_missing_at_random(make_trial: Make) -> None:
    data = make_trial(21, n=2000, leaving=-0.5)
    mine = data.arm == "control"
    options = {"covariates": data.base, "imputations": 50, "seed": 1}

    random = impute_normal(data.y, data.arm, **options)
    jumped = impute_reference(
        data.y, data.arm, reference="control", strategy="jump_to_reference", **options
    )

    here, there = (part.completed[:, mine, -1].mean() for part in (random, jumped))
    assert here == pytest.approx(there, abs=0.05)


def test_jumping_brings_the_leavers_to_the_reference(make_trial: Make) -> None:
    data = make_trial(22, n=2000, effect=-4.0, leaving=-0.5)
    gone = np.isnan(data.y[:, -1]) & (data.arm == "programme")

    def mean_of(strategy: Strategy | None) -> float:
        options = {"covariates": data.base, "imputations": 30, "seed": 1}
        made = (
            impute_normal(data.y, data.arm, **options)
            if strategy is None
            else impute_reference(
                data.y, data.arm, reference="control", strategy=strategy, **options
            )
        )
        return float(made.completed[:, gone, -1].mean())

    random, jumped, increments = (
        mean_of(s) for s in (None, "jump_to_reference", "copy_increments")
    )

    assert random < increments < jumped  # low is good: jumping takes most of the effect away


def test_holes_before_the_last_answer_stay_at_random(make_trial: Make) -> None:
    data = make_trial(23, n=1000, effect=-6.0)
    y = data.whole.copy()
    y[::4, 1] = np.nan  # all in the control arm, and
    y[1::4, 1] = np.nan  # in the programme's

    jumped = impute_reference(
        y,
        data.arm,
        reference="control",
        strategy="jump_to_reference",
        covariates=data.base,
        imputations=30,
        seed=1,
    )

    assert jumped.completed[:, 1::4, 1].mean() == pytest.approx(data.whole[1::4, 1].mean(), abs=0.3)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_observed_values_stay_and_seeds_repeat(make_trial: Make, strategy: Strategy) -> None:
    data = make_trial(24, holes=0.05)

    first, again = (
        impute_reference(
            data.y,
            data.arm,
            reference="control",
            strategy=strategy,
            covariates=data.base,
            baseline=data.base,
            imputations=4,
            seed=5,
        )
        for _ in range(2)
    )

    seen = ~np.isnan(data.y)
    assert (first.completed == again.completed).all()
    assert (first.completed[:, seen] == data.y[seen]).all()
    assert np.isfinite(first.completed).all()
    assert first.method == strategy
    assert "missing.reference_rubin" in [note.code for note in first.notes]


def test_without_gaps_nothing_is_imputed(make_trial: Make) -> None:
    data = make_trial(25)

    made = impute_reference(
        data.whole, data.arm, reference="control", strategy="copy_reference", seed=1
    )

    assert (made.completed == data.whole).all()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"strategy": "jump"}, "strategy is one of"),
        ({"reference": "nobody"}, "not among the arms"),
        ({"strategy": "returns_to_baseline"}, "needs the baseline"),
        ({"imputations": 1}, "at least two"),
    ],
)
def test_mistakes_are_named(make_trial: Make, change: dict[str, Any], said: str) -> None:
    data = make_trial(26)
    call = {"reference": "control", "strategy": "copy_reference", "seed": 1} | change

    with pytest.raises(ValueError, match=said):
        impute_reference(data.y, data.arm, **call)
