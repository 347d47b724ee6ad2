"""The multivariate normal. MONTE_CARLO: five standard errors of the simulation at hand."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencia import Refusal
from evidencia.missing import (
    Imputations,
    analyse,
    analyse_ancova,
    complete_case,
    impute_chained,
    impute_normal,
    impute_reference,
    tipping_point,
)

MONTE_CARLO = 5.0
Make = Callable[..., Any]


def codes(imputations: Imputations) -> list[str]:
    return [note.code for note in imputations.notes]


def test_what_was_observed_stays_and_nothing_else_is_empty(make_trial: Make) -> None:
    data = make_trial(1, holes=0.05)

    drawn = impute_normal(data.y, data.arm, covariates=data.base, imputations=5, seed=3)

    seen = ~np.isnan(data.y)
    assert drawn.m == 5
    assert np.isfinite(drawn.completed).all()
    assert (drawn.completed[:, seen] == data.y[seen]).all()
    assert (drawn.imputed == ~seen).all()
    assert (np.ptp(drawn.completed[:, ~seen], axis=0) > 0).all()


def test_the_same_seed_gives_the_same_copies_and_another_does_not(make_trial: Make) -> None:
    data = make_trial(2, holes=0.05)

    first, again, other = (
        impute_normal(data.y, data.arm, imputations=4, seed=seed) for seed in (7, 7, 8)
    )

    assert (first.completed == again.completed).all()
    assert (first.completed != other.completed).any()


@settings(max_examples=15)
@given(st.floats(0.01, 100), st.floats(-50, 50))
def test_units_do_not_matter(make_trial: Make, scale: float, shift: float) -> None:
    data = make_trial(3, n=60, holes=0.05)

    plain = impute_normal(data.y, data.arm, covariates=data.base, imputations=3, seed=1)
    other = impute_normal(
        data.y * scale + shift, data.arm, covariates=data.base * 7 - 3, imputations=3, seed=1
    )

    assert other.completed == pytest.approx(plain.completed * scale + shift, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("by_arm", [True, False])
def test_the_names_of_the_arms_do_not_matter(make_trial: Make, by_arm: bool) -> None:
    data = make_trial(4, holes=0.05)
    numbers = (data.arm == "programme").astype(int)
    options = {"covariates": data.base, "imputations": 4, "seed": 1, "by_arm": by_arm}

    named = impute_normal(data.y, data.arm, **options)
    numbered = impute_normal(data.y, numbers, **options)

    assert (named.completed == numbered.completed).all()


@pytest.mark.parametrize("by_arm", [True, False])
def test_the_order_of_rows_moves_the_answer_by_chance_only(make_trial: Make, by_arm: bool) -> None:
    data = make_trial(5, holes=0.05)
    turn = np.random.default_rng(0).permutation(200)
    m = 400

    def answer(rows: np.ndarray, seed: int) -> Any:
        drawn = impute_normal(
            data.y[rows],
            data.arm[rows],
            covariates=data.base[rows],
            imputations=m,
            seed=seed,
            by_arm=by_arm,
        )
        return analyse_ancova(drawn, data.arm[rows], control="control", covariates=data.base[rows])

    here, there = (answer(rows, s)["programme"] for s, rows in enumerate((np.arange(200), turn)))

    apart = abs(here.effect.estimate - there.effect.estimate)
    assert apart < MONTE_CARLO * np.sqrt(2 * here.between / m)


def test_two_waves_have_the_predictive_distribution_of_the_textbook() -> None:
    """Monotone, one arm: β̂ ± t with n − 2 degrees of freedom, worked out by hand."""
    rng = np.random.default_rng(6)
    first = rng.normal(size=30)
    second = 2 + 0.5 * first + rng.normal(size=30)
    second[20:] = np.nan
    m = 20_000

    drawn = impute_normal(np.column_stack([first, second]), np.zeros(30), imputations=m, seed=1)

    x = np.column_stack([np.ones(20), first[:20]])
    inverse = np.linalg.inv(x.T @ x)
    beta = inverse @ x.T @ second[:20]
    s2 = float(((second[:20] - x @ beta) ** 2).sum()) / 18
    asked = np.column_stack([np.ones(10), first[20:]])
    variance = s2 * 18 / 16 * (1 + np.einsum("ij,jk,ik->i", asked, inverse, asked))
    got = drawn.completed[:, 20:, 1]
    assert np.abs(got.mean(axis=0) - asked @ beta).max() < MONTE_CARLO * np.sqrt(variance.max() / m)
    # The relative error of a variance of t with 18 degrees of freedom: √((κ − 1) / m), κ ≈ 3.43.
    assert np.abs(got.var(axis=0) / variance - 1).max() < MONTE_CARLO * np.sqrt(2.43 / m)


def test_holes_are_filled_from_both_sides() -> None:
    """A hole between two answers: the known conditional normal, in a sample that pins it down."""
    rng = np.random.default_rng(7)
    n, covariance = 20_000, np.array([[1.0, 0.7, 0.5], [0.7, 1.0, 0.7], [0.5, 0.7, 1.0]])
    y = rng.multivariate_normal([0, 1, 2], covariance, n)
    y[rng.random(n) < 0.3, 1] = np.nan
    gone = np.isnan(y[:, 1])

    drawn = impute_normal(y, np.zeros(n), imputations=20, seed=2)

    sides = np.ix_([0, 2], [0, 2])
    slope = np.linalg.solve(covariance[sides], covariance[[0, 2], 1])
    expected = 1 + (y[gone][:, [0, 2]] - [0, 2]) @ slope
    left = drawn.completed[:, gone, 1] - expected
    assert abs(left.mean()) < 0.03
    assert left.var() == pytest.approx(1 - slope @ covariance[[0, 2], 1], abs=0.03)


def test_it_corrects_what_complete_cases_get_wrong(make_trial: Make) -> None:
    data = make_trial(8, n=4000, effect=-2.0, leaving=-0.5)

    drawn = impute_normal(data.y, data.arm, covariates=data.base, imputations=50, seed=1)

    truth = data.whole[:, -1].mean()
    seen = np.nanmean(data.y[:, -1])
    assert seen < truth - 0.4
    assert drawn.completed[:, :, -1].mean() == pytest.approx(truth, abs=0.15)


def test_without_gaps_it_is_the_complete_case(make_trial: Make) -> None:
    data = make_trial(9)

    drawn = impute_normal(data.whole, data.arm, covariates=data.base, imputations=3, seed=1)
    pooled = analyse_ancova(drawn, data.arm, control="control", covariates=data.base)["programme"]
    whole = complete_case(data.whole[:, -1], data.arm, control="control", covariates=data.base)

    assert codes(drawn) == ["missing.nobody_left"]
    assert pooled.effect.estimate == pytest.approx(whole["programme"].estimate, rel=1e-12)
    assert pooled.effect.se == pytest.approx(whole["programme"].se, rel=1e-12)
    assert pooled.effect.df == whole["programme"].df
    assert pooled.between == 0.0


def test_a_wave_that_nobody_answered_is_refused(make_trial: Make) -> None:
    data = make_trial(10)
    data.y[:, 2] = np.nan

    with pytest.raises(Refusal) as refused:
        impute_normal(data.y, data.arm, seed=1)

    assert refused.value.note.code == "missing.wave_empty"
    assert dict(refused.value.note.values)["wave"] == 3


@pytest.mark.parametrize("by_arm", [True, False])
def test_a_wave_that_one_arm_did_not_answer_is_refused(make_trial: Make, by_arm: bool) -> None:
    data = make_trial(11)
    data.y[data.arm == "programme", 3] = np.nan

    with pytest.raises(Refusal) as refused:
        impute_normal(data.y, data.arm, seed=1, by_arm=by_arm)

    assert dict(refused.value.note.values) == {"wave": 4, "arm": "programme"}


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_fewer_than_five_people_are_refused(make_trial: Make, n: int) -> None:
    data = make_trial(12, n=8)
    y = data.whole[:n].copy()
    y[0, -1] = np.nan

    with pytest.raises(Refusal) as refused:
        impute_normal(y, data.arm[:n], seed=1)

    assert refused.value.note.code in {"missing.too_few_at_wave", "missing.wave_empty"}


def test_nobody_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        impute_normal(np.empty((0, 3)), [], seed=1)

    assert refused.value.note.code == "missing.nobody"


def test_one_arm_can_be_imputed_but_not_compared(make_trial: Make) -> None:
    data = make_trial(13)

    drawn = impute_normal(data.y, ["all"] * 200, imputations=3, seed=1)

    with pytest.raises(Refusal) as refused:
        analyse_ancova(drawn, ["all"] * 200, control="all")
    assert refused.value.note.code == "missing.one_arm"


def test_a_characteristic_that_does_not_vary_in_an_arm_is_left_out_and_said(
    make_trial: Make,
) -> None:
    data = make_trial(14)
    site = (np.arange(200) % 4 == 1).astype(float)  # only in the programme's arm

    drawn = impute_normal(
        data.y, data.arm, covariates=np.column_stack([data.base, site]), imputations=30, seed=1
    )

    assert codes(drawn)[0] == "missing.column_left_out"
    assert dict(drawn.notes[0].values) == {"arm": "control", "n": 1}


def test_somebody_who_never_answered_is_imputed(make_trial: Make) -> None:
    data = make_trial(15)
    data.y[4] = np.nan

    drawn = impute_normal(data.y, data.arm, imputations=3, seed=1)

    assert np.isfinite(drawn.completed[:, 4]).all()


def test_few_imputations_and_much_missing_are_said(make_trial: Make) -> None:
    data = make_trial(16, leaving=0.0)

    drawn = impute_normal(data.y, data.arm, imputations=5, seed=1, by_arm=False)

    assert {"missing.few_imputations", "missing.mostly_imputed"} <= set(codes(drawn))


def test_an_outcome_without_variation_has_no_answer() -> None:
    y = np.full((20, 2), 3.0)
    y[0, 1] = np.nan
    arm = np.arange(20) % 2

    drawn = impute_normal(y, arm, imputations=3, seed=1)

    assert drawn.completed[:, 0, 1] == pytest.approx(3.0, abs=1e-4)
    with pytest.raises(Refusal) as refused:
        complete_case(y[:, 0], arm, control=0)
    assert refused.value.note.code == "missing.no_variance"


def test_a_baseline_with_gaps_is_a_wave_and_a_covariate(make_trial: Make) -> None:
    data = make_trial(17, n=400)
    base = data.base.copy()
    base[::11] = np.nan

    drawn = impute_normal(np.column_stack([base, data.y]), data.arm, imputations=40, seed=1)
    pooled = analyse_ancova(drawn, data.arm, control="control", baseline_wave=0)["programme"]

    def by_hand(completed: np.ndarray) -> tuple[float, float]:
        effect = complete_case(
            completed[:, -1], data.arm, control="control", covariates=completed[:, 0]
        )["programme"]
        return effect.estimate, (effect.se or 0) ** 2

    (slow,) = analyse(drawn, by_hand, df_complete=397, n_units=400, n_obs=1)
    assert pooled.effect.estimate == pytest.approx(slow.effect.estimate, rel=1e-10)
    assert pooled.effect.se == pytest.approx(slow.effect.se, rel=1e-10)
    assert pooled.effect.df == pytest.approx(slow.effect.df, rel=1e-8)


def test_intervals_cover_the_truth_as_often_as_they_say(make_trial: Make) -> None:
    """300 trials: 95 % ± three standard errors of 1.26 points."""
    covered = 0
    for seed in range(300):
        data = make_trial(1000 + seed, n=80, effect=-1.0)
        drawn = impute_normal(
            data.y, data.arm, covariates=data.base, imputations=20, seed=seed, by_arm=False
        )
        effect = analyse_ancova(drawn, data.arm, control="control", covariates=data.base)
        covered += effect["programme"].effect.ci_low <= -1.0 <= effect["programme"].effect.ci_high

    assert 0.912 <= covered / 300 <= 0.988


def test_the_study_of_1257_men_takes_less_than_two_seconds(make_trial: Make) -> None:
    data = make_trial(18, n=1257, waves=5, holes=0.03)
    began = process_time()

    drawn = impute_normal(data.y, data.arm, covariates=data.base, seed=1)
    impute_reference(data.y, data.arm, reference="control", strategy="jump_to_reference", seed=1)
    impute_chained(np.column_stack([data.base, data.y]), ["normal"] * 6, arm=data.arm, seed=1)
    tipping_point(
        drawn,
        data.arm,
        control="control",
        treated="programme",
        deltas=np.linspace(-2, 2, 11),
        covariates=data.base,
    )

    assert process_time() - began < 2.0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"y": np.zeros(3)}, "one column a wave"),
        ({"arm": ["a"]}, "one label a person"),
        ({"covariates": np.full((4, 1), np.nan)}, "complete"),
        ({"imputations": 1}, "at least two"),
        ({"y": np.full((4, 2), np.inf)}, "infinite"),
    ],
)
def test_mistakes_are_named(change: dict[str, Any], said: str) -> None:
    call = {"y": np.zeros((4, 2)), "arm": ["a", "a", "b", "b"], "seed": 1} | change

    with pytest.raises(ValueError, match=said):
        impute_normal(**call)
