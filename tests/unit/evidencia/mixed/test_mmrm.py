"""MMRM against full matrices, and what must not change the answer.

DENSE: derivatives of the reference by central differences, good to about 1e-7 of their size.
INVARIANT: sums in another order; the search ends within 1e-10 of the optimum.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.evidencia.mixed.dense import differences, kenward_roger, minus2

from evidencia import Refusal
from evidencia.mixed import MMRM, mmrm
from evidencia.mixed.covariance import shape

DENSE = 2e-5
INVARIANT = 1e-7
SHAPES = ("unstructured", "ar1h", "ar1", "compound_symmetry")


def trial(n: int = 40, waves: int = 3, seed: int = 1) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    arm = np.array(["wait", "programme"])[rng.permutation(np.arange(n) % 2)]
    base = rng.normal(20, 5, n)
    age = rng.normal(35, 8, n)
    y = 8 + 0.5 * base[:, None] + rng.normal(0, 3, n)[:, None] + rng.normal(0, 2, (n, waves))
    y = y * np.linspace(1, 1.3, waves) - 2.0 * (arm == "programme")[:, None] * np.arange(waves)
    y[np.arange(waves) >= rng.geometric(0.12, n)[:, None]] = np.nan
    y[rng.random((n, waves)) < 0.05] = np.nan
    return {"outcome": y, "arm": arm, "baseline": base, "covariates": age}


def stacked(data: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Rows as the model sees them: X, y, person, wave."""
    y = data["outcome"]
    entered = ~np.isnan(y).all(axis=1)
    n, waves = y.shape
    base = data["baseline"] - data["baseline"][entered].mean()
    age = data["covariates"] - data["covariates"][entered].mean()
    treated = (data["arm"] == "programme").astype(float)
    x, out, person, wave = [], [], [], []
    for i in range(n):
        for t in range(waves):
            if not np.isnan(y[i, t]):
                one = np.eye(waves)[t]
                x.append(np.concatenate((one, one * treated[i], one * base[i], [age[i]])))
                out.append(y[i, t])
                person.append(i)
                wave.append(t)
    return np.array(x), np.array(out), np.array(person), np.array(wave)


@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize("covariance", SHAPES)
def test_kenward_roger_is_that_of_full_matrices(covariance: str, linear: bool) -> None:
    data = trial()
    df = "kenward_roger_linear" if linear else "kenward_roger"
    fit = mmrm(**data, control="wait", covariance=covariance, df=df)  # type: ignore[arg-type]
    x, y, person, wave = stacked(data)
    form = shape(covariance, np.arange(3))  # type: ignore[arg-type]
    same = person[:, None] == person

    def v_of(theta: np.ndarray) -> np.ndarray:
        return np.where(same, form.sigma(theta)[np.ix_(wave, wave)], 0.0)

    beta, phi, adjusted, degrees = kenward_roger(fit.theta, v_of, x, y, linear=linear)

    assert fit.covariance == covariance
    assert fit.minus2_reml == pytest.approx(minus2(fit.theta, v_of, x, y), rel=1e-9)
    slope = differences(lambda theta: np.array(minus2(theta, v_of, x, y)), fit.theta)
    assert np.abs(slope * fit.theta).max() < 1e-4
    assert np.allclose(fit.beta, beta, rtol=1e-8)
    assert np.allclose(fit.inference.phi, phi, rtol=1e-7, atol=1e-10)
    assert np.allclose(fit.beta_cov, adjusted, rtol=DENSE, atol=1e-8)
    ours = [fit.linear(c).df for c in np.eye(len(beta))]
    assert np.allclose(ours, degrees, rtol=DENSE)


def test_kenward_roger_without_its_correction_would_be_noticed() -> None:
    data = trial()
    fit = mmrm(**data, control="wait", covariance="ar1", df="satterthwaite")  # type: ignore[arg-type]
    adjusted = mmrm(**data, control="wait", covariance="ar1")  # type: ignore[arg-type]

    assert not np.allclose(fit.beta_cov, adjusted.beta_cov, rtol=1e-3)


@pytest.mark.parametrize("name", SHAPES)
def test_first_and_second_derivatives_of_each_shape_are_right(name: str) -> None:
    waves = np.array([0, 1, 3])
    form = shape(name, waves)  # type: ignore[arg-type]
    given_ = np.array([[4.0, 1.5, 0.8], [1.5, 5.0, 1.9], [0.8, 1.9, 7.0]])
    theta = form.start(given_)

    assert np.allclose(form.first(theta), differences(form.sigma, theta), atol=1e-6)
    second = differences(form.first, theta)
    if form.second is None:
        assert np.allclose(second, 0.0, atol=1e-9)
    else:
        assert np.allclose(form.second(theta), second, atol=1e-6)


def last(fit: MMRM) -> tuple[float, float, float]:
    effect = fit.contrast("programme", 2)
    assert effect.se is not None
    assert effect.df is not None
    return effect.estimate, effect.se, effect.df


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(SHAPES), st.data())
def test_row_order_units_and_names_do_not_matter(
    seed: int, covariance: str, draw: st.DataObject
) -> None:
    data = trial(60, seed=seed)
    estimate, se, df = last(mmrm(**data, control="wait", covariance=covariance))  # type: ignore[arg-type]
    order = np.random.default_rng(seed).permutation(60)
    factor, shift = draw.draw(st.floats(0.01, 100)), draw.draw(st.floats(-500, 500))
    turned = {name: values[order] for name, values in data.items()}
    turned["outcome"] = turned["outcome"] * factor + shift
    turned["baseline"] = turned["baseline"] * 7 - 3
    turned["covariates"] = 1990 + turned["covariates"] / 12
    again = last(mmrm(**turned, control="wait", covariance=covariance))  # type: ignore[arg-type]

    assert again == pytest.approx((estimate * factor, se * factor, df), rel=INVARIANT, abs=1e-8)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_changing_which_arm_is_control_turns_the_sign_and_nothing_else(seed: int) -> None:
    data = trial(60, seed=seed)
    one = mmrm(**data, control="wait").contrast("programme", 2)  # type: ignore[arg-type]
    other = mmrm(**data, control="programme").contrast("wait", 2)  # type: ignore[arg-type]

    assert other.estimate == pytest.approx(-one.estimate, rel=INVARIANT)
    assert (other.se, other.df) == pytest.approx((one.se, one.df), rel=INVARIANT)


def test_the_average_over_waves_is_the_mean_of_its_contrasts() -> None:
    fit = mmrm(**trial(), control="wait")  # type: ignore[arg-type]
    parts = [fit.contrast("programme", t).estimate for t in (1, 2)]

    assert fit.average("programme", (1, 2)).estimate == pytest.approx(np.mean(parts))


def test_changes_and_differences_of_changes_come_from_the_means() -> None:
    fit = mmrm(**trial(), control="wait")  # type: ignore[arg-type]
    mean = {(a, t): fit.mean(a, t).estimate for a in ("wait", "programme") for t in (0, 2)}
    change = mean["programme", 2] - mean["programme", 0]

    assert fit.change("programme", 2).estimate == pytest.approx(change)
    there = mean["wait", 2] - mean["wait", 0]
    assert fit.did("programme", 2).estimate == pytest.approx(change - there)
    assert [(arm, t) for arm, t, _ in fit.contrasts()] == [("programme", t) for t in range(3)]


def test_complete_data_with_one_wave_is_analysis_of_covariance() -> None:
    data = trial(waves=1, seed=5)
    fit = mmrm(**data, control="wait", df="satterthwaite")  # type: ignore[arg-type]
    effect = fit.contrast("programme", 0)
    x, y, _, _ = stacked(data)
    left = len(y) - x.shape[1]
    beta, rss, *_ = np.linalg.lstsq(x, y, rcond=None)

    assert effect.estimate == pytest.approx(beta[1])
    assert effect.df == pytest.approx(left)
    assert effect.se == pytest.approx(np.sqrt(rss[0] / left * np.linalg.inv(x.T @ x)[1, 1]))


def test_equal_weights_only_change_the_scale_of_the_variance() -> None:
    data = trial()
    heavy = mmrm(**data, weights=np.full(40, 4.0), control="wait", covariance="ar1")  # type: ignore[arg-type]
    plain = mmrm(**data, control="wait", covariance="ar1")  # type: ignore[arg-type]
    assert last(heavy) == pytest.approx(last(plain), rel=INVARIANT)
    assert heavy.theta[0] == pytest.approx(4 * plain.theta[0], rel=INVARIANT)
    assert heavy.minus2_reml == pytest.approx(plain.minus2_reml, rel=INVARIANT)


def test_a_heavier_person_counts_for_more() -> None:
    """With one wave and weights the fit is weighted least squares."""
    data = trial(waves=1, seed=6)
    weights = np.where(np.arange(40) % 3 == 0, 4.0, 1.0)
    entered = ~np.isnan(data["outcome"][:, 0])
    fit = mmrm(**data, weights=weights, control="wait")  # type: ignore[arg-type]
    x, y, person, _ = stacked(data)
    w = weights[person]
    beta = np.linalg.solve((x.T * w) @ x, (x.T * w) @ y)

    assert entered.sum() == len(y)
    assert fit.contrast("programme", 0).estimate == pytest.approx(beta[1], rel=1e-8)
    assert beta[1] != pytest.approx(np.linalg.lstsq(x, y, rcond=None)[0][1], rel=1e-3)


def test_the_work_of_an_iteration_does_not_grow_with_the_people() -> None:
    """What the search sees of 200 people and of 20 times as many has the same shape."""
    data = trial(200, seed=8)
    many = {name: np.concatenate([values] * 20) for name, values in data.items()}
    one, big = (mmrm(**each, control="wait") for each in (data, many))  # type: ignore[arg-type]

    assert big.n_patterns == one.n_patterns
    assert big.n_units == 20 * one.n_units
    assert big.iterations <= one.iterations + 1


def codes(fit: MMRM) -> set[str]:
    return {note.code for note in fit.notes}


def refused(**given_: object) -> str:
    with pytest.raises(Refusal) as caught:
        mmrm(**given_)  # type: ignore[arg-type]
    return caught.value.note.code


def test_four_people_are_a_story() -> None:
    data = {name: values[:4] for name, values in trial().items()}

    assert refused(**data) == "mixed.too_few_people"


def test_nobody_answered() -> None:
    assert refused(outcome=np.full((9, 2), np.nan)) == "mixed.nobody_answered"


def test_a_wave_without_answers_is_dropped_and_said_and_has_no_figure() -> None:
    data = trial()
    data["outcome"][:, 1] = np.nan
    fit = mmrm(**data, control="wait", covariance="ar1", wave_names=("T1", "T2", "T3"))  # type: ignore[arg-type]

    assert fit.waves == (0, 2)
    assert "mixed.wave_empty" in codes(fit)
    assert fit.contrast("programme", 2).estimate
    with pytest.raises(Refusal, match="T2"):
        fit.contrast("programme", 1)


def test_an_arm_nobody_of_which_answered_at_a_wave_has_no_contrast_there() -> None:
    data = trial()
    data["outcome"][data["arm"] == "programme", 2] = np.nan
    fit = mmrm(**data, control="wait")  # type: ignore[arg-type]

    assert "mixed.redundant_columns" in codes(fit)
    assert fit.contrast("programme", 1).estimate
    assert fit.mean("wait", 2).estimate
    with pytest.raises(Refusal) as caught:
        fit.contrast("programme", 2)
    assert caught.value.note.code == "mixed.not_estimable"
    assert [t for _, t, _ in fit.contrasts()] == [0, 1]


def test_one_arm_may_change_but_not_be_compared() -> None:
    fit = mmrm(trial()["outcome"])

    assert fit.change(fit.control, 2).estimate
    with pytest.raises(Refusal) as caught:
        fit.average("programme")
    assert caught.value.note.code == "mixed.one_arm"


def test_everybody_gives_the_same_answer() -> None:
    assert refused(outcome=np.full((20, 3), 7.0)) == "mixed.no_variance"


def test_answers_that_the_model_explains_to_the_last_bit() -> None:
    arm = np.arange(20) % 2
    y = arm[:, None] * 2.0 + np.arange(3)

    assert refused(outcome=y, arm=arm) == "mixed.no_variance"


def test_a_wave_copied_from_another_gets_a_simpler_covariance_or_a_refusal() -> None:
    data = trial(60)
    data["outcome"][:, 2] = data["outcome"][:, 1]
    try:
        fit = mmrm(**data, control="wait")  # type: ignore[arg-type]
    except Refusal as refusal:
        assert refusal.note.code == "mixed.not_converged"
    else:
        assert fit.covariance != "unstructured"
        assert "mixed.simpler_covariance" in codes(fit)


def test_two_waves_that_nobody_has_together_get_a_simpler_covariance() -> None:
    data = trial(60)
    data["outcome"][:30, 1:] = np.nan
    data["outcome"][30:, 0] = np.nan
    fit = mmrm(**data, control="wait")  # type: ignore[arg-type]

    assert (fit.requested, fit.covariance) == ("unstructured", "ar1h")
    assert "mixed.simpler_covariance" in codes(fit)


def test_more_effects_than_answers() -> None:
    data = trial(6, seed=2)
    rng = np.random.default_rng(0)

    assert (
        refused(outcome=data["outcome"], covariates_by_wave=rng.normal(size=(6, 7)))
        == "mixed.too_many_columns"
    )


def test_a_site_that_is_the_arm_makes_the_arm_unknowable() -> None:
    data = trial()
    site = (data["arm"] == "programme").astype(float)
    fit = mmrm(data["outcome"], data["arm"], control="wait", covariates_by_wave=site)

    assert "mixed.redundant_columns" in codes(fit)
    with pytest.raises(Refusal) as caught:
        fit.contrast("programme", 2)
    assert caught.value.note.code == "mixed.not_estimable"


def test_people_without_answers_or_baseline_are_counted() -> None:
    data = trial()
    data["outcome"][0] = np.nan
    data["baseline"][1] = np.nan
    data["outcome"][1, 0] = 9.0
    fit = mmrm(**data, control="wait")  # type: ignore[arg-type]

    assert {"mixed.people_without_answer", "mixed.people_without_covariate"} <= codes(fit)
    assert fit.contrast("programme", 0).n_units == fit.n_units


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"outcome": np.zeros(5)}, "row per person"),
        ({"arm": ["a"]}, "one label for each"),
        ({"covariance": "toeplitz"}, "covariance is one of"),
        ({"df": "kr"}, "df is one of"),
        ({"weights": np.zeros(40)}, "positive"),
        ({"wave_names": ("a",)}, "names for 3 waves"),
        ({"baseline": np.zeros(3)}, "a row for each"),
        ({"arm": [None] * 40}, "missing labels"),
    ],
)
def test_mistakes_of_the_caller_are_said(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        mmrm(**{**trial(), **change})  # type: ignore[arg-type]
