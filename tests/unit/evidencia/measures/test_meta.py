"""Several studies: brute force, invariants, coverage, edges.

ROUNDING: a root found to 1e-14 relative, and closed formulas.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from evidencia import Refusal
from evidencia.measures import MetaAnalysis, meta_analysis

ROUNDING = 1e-8


def studies(seed: int, k: int = 8, tau: float = 0.3) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    se = rng.uniform(0.05, 0.4, k)
    return 0.2 + tau * rng.normal(size=k) + se * rng.normal(size=k), se


def codes(found: MetaAnalysis) -> set[str]:
    return {note.code for note in found.notes}


@pytest.mark.parametrize("seed", range(12))
def test_reml_is_the_maximum_of_the_restricted_likelihood_written_out(seed: int) -> None:
    y, se = studies(seed)

    def minus(tau2: float) -> float:
        cover = np.diag(se**2 + tau2)
        inverse = np.linalg.inv(cover)
        one = np.ones(y.size)
        total = one @ inverse @ one
        rest = y - one * (one @ inverse @ y / total)
        return float(np.linalg.slogdet(cover)[1] + np.log(total) + rest @ inverse @ rest) / 2

    best = minimize_scalar(minus, bounds=(0, 3), method="bounded", options={"xatol": 1e-12})
    found = meta_analysis(y, se).tau2

    assert minus(found) <= best.fun + 1e-10
    assert found == pytest.approx(best.x, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 9999), st.floats(0.05, 50), st.sampled_from(["reml", "paule_mandel"]))
def test_order_sign_and_unit_do_not_matter(seed: int, unit: float, method: str) -> None:
    y, se = studies(seed, k=5)
    found = meta_analysis(y, se, method=method)  # type: ignore[arg-type]
    other = meta_analysis(-unit * y[::-1], unit * se[::-1], method=method)  # type: ignore[arg-type]

    assert other.effect.estimate == pytest.approx(-unit * found.effect.estimate, rel=1e-6)
    assert other.effect.se == pytest.approx(unit * (found.effect.se or 0.0), rel=1e-6)
    assert other.tau2 == pytest.approx(unit**2 * found.tau2, rel=1e-6, abs=ROUNDING)
    assert other.i2 == pytest.approx(found.i2, abs=1e-6)
    assert found.weights.sum() == pytest.approx(1)


def test_equal_errors_give_the_plain_mean_and_its_t() -> None:
    y = np.array([0.1, 0.9, 0.4, 1.6, -0.5])
    found = meta_analysis(y, np.full(5, 0.1))

    assert found.effect.estimate == pytest.approx(y.mean())
    assert found.effect.se == pytest.approx(y.std(ddof=1) / np.sqrt(5))
    assert found.effect.df == 4
    assert found.tau2 == pytest.approx(y.var(ddof=1) - 0.01)


def test_studies_all_alike_have_no_spread_and_keep_an_honest_error() -> None:
    found = meta_analysis([0.3] * 6, [0.2] * 6)

    assert (found.tau2, found.i2, found.q) == pytest.approx((0, 0, 0), abs=1e-25)
    assert found.effect.se == pytest.approx(0.2 / np.sqrt(6))
    assert "measures.knapp_widened" in codes(found)


def test_two_studies_have_no_prediction_and_one_no_mean() -> None:
    two = meta_analysis([0.1, 0.8], [0.1, 0.1])

    assert (two.prediction_low, two.prediction_high) == (None, None)
    assert "measures.few_studies" in codes(two)
    with pytest.raises(Refusal) as refusal:
        meta_analysis([0.1], [0.1])
    assert refusal.value.note.code == "measures.one_study"


def test_an_error_of_zero_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="positive"):
        meta_analysis([0.1, 0.2], [0.1, 0.0])


def test_hartung_and_knapp_cover_where_the_normal_does_not() -> None:
    """1,000 reviews of 5 studies; the Monte-Carlo error of 95 % is 0.7 points."""
    inside = np.zeros((1000, 2), dtype=bool)
    for seed in range(1000):
        y, se = studies(seed, k=5)
        for j, knapp in enumerate((True, False)):
            effect = meta_analysis(y, se, method="paule_mandel", hartung_knapp=knapp).effect
            inside[seed, j] = effect.ci_low <= 0.2 <= effect.ci_high
    covered, normal = inside.mean(axis=0)

    assert 0.95 - 3 * 0.007 < covered < 0.99
    assert normal < 0.95 - 3 * 0.007


def test_a_new_study_falls_in_the_prediction_interval_more_than_in_that_of_the_mean() -> None:
    inside = np.zeros((400, 2), dtype=bool)
    for seed in range(400):
        y, se = studies(seed, k=12)
        found = meta_analysis(y[:-1], se[:-1])
        new = 0.2 + 0.3 * np.random.default_rng(10_000 + seed).normal()
        low, high = found.prediction_low or 0.0, found.prediction_high or 0.0
        inside[seed] = low <= new <= high, found.effect.ci_low <= new <= found.effect.ci_high

    assert inside[:, 0].mean() > 0.9
    assert inside[:, 1].mean() < 0.75
