from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from evidencia import Refusal
from evidencia.missing import complete_case, retention_weights, weighted_difference

Make = Callable[..., Any]


def study(seed: int, n: int = 400, pull: float = 1.0) -> tuple[np.ndarray, ...]:
    """Outcome 2 a higher for the treated and one for each unit of x, which keeps people."""
    rng = np.random.default_rng(seed)
    x, treated = rng.normal(size=(n, 2)), np.arange(n) % 2 == 1
    whole = 2 * treated + x[:, 0] + 2 * treated * x[:, 0] + rng.normal(size=n)
    y = np.where(rng.random(n) < expit(0.5 + pull * x[:, 0]), whole, np.nan)
    return y, treated, x, whole


def test_weights_are_one_over_the_chance_of_staying_in_a_table_of_four() -> None:
    """A yes-or-no predictor: the model is saturated, so shares say everything."""
    x = np.repeat([0.0, 1.0], 10)[:, None]
    observed = np.r_[np.ones(5), np.zeros(5), np.ones(8), np.zeros(2)] == 1

    plain = retention_weights(observed, x, stabilised=False, truncate=(0, 1))
    stable = retention_weights(observed, x, truncate=(0, 1))

    assert plain.probability == pytest.approx(np.repeat([0.5, 0.8], 10))
    assert plain.weights[observed] == pytest.approx(np.repeat([2.0, 1.25], [5, 8]))
    assert stable.weights == pytest.approx(plain.weights * 13 / 20)
    assert (plain.weights[~observed] == 0).all()
    assert plain.weights.sum() == pytest.approx(20)
    w = plain.weights
    assert plain.effective_n == pytest.approx(w.sum() ** 2 / (w @ w))


def test_weighting_undoes_what_leaving_did() -> None:
    y, treated, x, whole = study(1, n=40_000)

    naive = complete_case(y, treated, control=False)["True"].estimate
    weighted = weighted_difference(y, treated, x, truncate=(0, 1)).effect

    truth = whole[treated].mean() - whole[~treated].mean()
    assert abs(naive - truth) > 0.4
    assert weighted.estimate == pytest.approx(truth, abs=0.12)


@pytest.mark.thorough
@pytest.mark.parametrize("stabilised", [True, False])
def test_the_standard_error_is_the_spread_over_repeated_studies(stabilised: bool) -> None:
    """400 studies: the relative error of a standard deviation is √(1/800), three allowed."""
    answers = []
    for seed in range(400):
        y, treated, x, _ = study(seed, n=1000, pull=0.5)
        effect = weighted_difference(y, treated, x, stabilised=stabilised, truncate=(0, 1)).effect
        answers.append((effect.estimate, effect.se or 0.0))
    estimates, errors = np.array(answers).T

    assert estimates.mean() == pytest.approx(2.0, abs=0.1)
    assert errors.mean() == pytest.approx(estimates.std(), rel=3 * sqrt(1 / 800))


def test_nobody_left_is_the_complete_case(make_trial: Make) -> None:
    data = make_trial(51)
    treated = data.arm == "programme"

    found = weighted_difference(data.whole[:, -1], treated, data.base, covariates=data.base)

    whole = complete_case(data.whole[:, -1], treated, control=False, covariates=data.base)["True"]
    assert found.effect.estimate == pytest.approx(whole.estimate, rel=1e-10)
    assert found.effect.df == whole.df
    assert (found.weights.weights == 1.0).all()
    assert [note.code for note in found.effect.notes] == ["missing.nobody_left"]


def test_an_arm_that_lost_nobody_keeps_weight_one() -> None:
    y, treated, x, whole = study(2)
    y = np.where(treated, whole, y)

    weights = retention_weights(~np.isnan(y), x, treated=treated, truncate=(0, 1))

    assert (weights.weights[treated] == 1.0).all()
    assert (weights.probability[treated] == 1.0).all()
    only = retention_weights(~np.isnan(y[~treated]), x[~treated], truncate=(0, 1))
    assert weights.weights[~treated] == pytest.approx(only.weights)


def test_clusters_of_one_differ_only_by_the_small_sample_factor() -> None:
    y, treated, x, _ = study(3, n=200)

    alone = weighted_difference(y, treated, x).effect
    each = weighted_difference(y, treated, x, cluster=np.arange(200)).effect

    n = alone.n_obs
    assert each.se == pytest.approx(alone.se * sqrt(n / (n - 1) / (n / (n - 2))), rel=1e-9)
    assert (each.n_clusters, each.df) == (n, n - 1)


@given(st.floats(0.01, 100), st.floats(-100, 100), st.integers(0, 10**6))
def test_units_and_the_order_of_rows_do_not_matter(scale: float, shift: float, luck: int) -> None:
    y, treated, x, _ = study(4, n=80)
    turn = np.random.default_rng(luck).permutation(80)

    one = weighted_difference(y, treated, x).effect
    other = weighted_difference(scale * y[turn] + shift, treated[turn], 3 * x[turn] - 5).effect

    assert other.estimate == pytest.approx(scale * one.estimate, rel=1e-6, abs=1e-6)
    assert other.se == pytest.approx(scale * one.se, rel=1e-6)


def test_swapping_the_arms_turns_the_sign() -> None:
    y, treated, x, _ = study(5)

    one, other = (weighted_difference(y, arm, x).effect for arm in (treated, ~treated))

    assert other.estimate == pytest.approx(-one.estimate)
    assert other.se == pytest.approx(one.se)


def test_truncation_and_thin_support_are_said() -> None:
    y, treated, x, _ = study(6, n=2000, pull=3.0)

    weights = retention_weights(~np.isnan(y), x, treated=treated)

    codes = {note.code for note in weights.notes}
    assert {"missing.positivity", "missing.weights_truncated"} <= codes
    assert weights.n_truncated == pytest.approx(0.02 * weights.n_observed, abs=3)
    uncut = retention_weights(~np.isnan(y), x, treated=treated, truncate=(0, 1))
    assert weights.max_weight < uncut.max_weight
    assert "missing.low_effective_n" in {note.code for note in uncut.notes}


def test_predictors_that_say_everything_are_refused() -> None:
    x = np.linspace(-1, 1, 40)[:, None]

    with pytest.raises(Refusal) as refused:
        retention_weights(x[:, 0] > 0, x)

    assert refused.value.note.code == "missing.separation"


def test_repeated_predictors_too_few_people_and_nobody_are_refused() -> None:
    y, _, x, _ = study(7, n=40)
    seen = ~np.isnan(y)

    for call, code in (
        ((seen, x[:, [0, 0]]), "missing.singular"),
        ((seen[:3] & [True, True, False], x[:3]), "missing.too_few"),
        ((np.zeros(40, dtype=bool), x), "missing.too_few"),
    ):
        with pytest.raises(Refusal) as refused:
            retention_weights(*call)
        assert refused.value.note.code == code


def test_an_arm_without_answers_one_cluster_and_no_variation_are_refused() -> None:
    y, treated, x, _ = study(8)
    flat = np.where(np.isnan(y), np.nan, 1.0)

    for call, code in (
        ({"y": np.where(treated, np.nan, y)}, "missing.one_arm"),
        ({"cluster": np.zeros(400)}, "missing.too_few"),
        ({"y": flat}, "missing.no_variance"),
    ):
        with pytest.raises(Refusal) as refused:
            weighted_difference(**({"y": y, "treated": treated, "x": x} | call))
        assert refused.value.note.code == code


def test_mistakes_are_named() -> None:
    y, treated, x, _ = study(9)

    with pytest.raises(ValueError, match="two quantiles"):
        weighted_difference(y, treated, x, truncate=(0.9, 0.1))
    with pytest.raises(ValueError, match="one mark a person"):
        weighted_difference(y, treated[:5], x)
    with pytest.raises(ValueError, match="complete"):
        weighted_difference(y, treated, np.full((400, 1), np.nan))
