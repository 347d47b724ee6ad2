"""Ordered answers, penalised likelihood and exact tables: edges and invariants. R is elsewhere.

BRUTE_FORCE: a simplex search of the same penalised likelihood stops at about this.
"""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit

from evidencia import Refusal
from evidencia.counts import firth, gee, ordinal_gee, standardise, two_proportions

BRUTE_FORCE = 1e-4

ARM = np.repeat([0.0, 1.0], 20)
PAIRS = np.repeat(np.arange(20), 2)
ONE_EMPTY = np.concatenate([np.zeros(20), np.tile([0, 1, 1, 0, 1.0], 4)])


def codes(notes: tuple[object, ...]) -> set[str]:
    return {note.code for note in notes}  # type: ignore[attr-defined]


def answers(seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 4, 40).astype(float)


def test_two_ordered_answers_are_a_logistic_regression() -> None:
    y = (answers() > 1).astype(float)
    binary = gee(y, ARM, PAIRS, correlation="independence").effect()
    ordered = ordinal_gee(y, ARM, PAIRS).effect()

    assert ordered.estimate == pytest.approx(binary.estimate, rel=1e-7)
    assert ordered.se == pytest.approx(binary.se, rel=1e-7)
    assert ordered.df == binary.df


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_answers_have_order_and_no_distance(seed: int) -> None:
    y = answers(seed)
    order = np.random.default_rng(seed).permutation(40)
    plain = ordinal_gee(y, ARM, PAIRS).effect()
    spread = ordinal_gee(np.exp(y)[order], ARM[order], PAIRS[order]).effect()
    upside_down = ordinal_gee(-y, ARM, PAIRS).effect()

    assert spread.estimate == pytest.approx(plain.estimate, rel=1e-6, abs=1e-8)
    assert upside_down.estimate == pytest.approx(-plain.estimate, rel=1e-6, abs=1e-8)
    assert upside_down.se == pytest.approx(plain.se, rel=1e-6)


def test_positive_means_higher_answers() -> None:
    assert ordinal_gee(answers() + 2 * ARM, ARM, PAIRS).effect().estimate > 0


def test_an_ordinal_model_without_honest_numbers_is_a_refusal() -> None:
    def refused(y: np.ndarray, design: np.ndarray, clusters: np.ndarray) -> str:
        with pytest.raises(Refusal) as refusal:
            ordinal_gee(y, design, clusters).effect()
        return refusal.value.note.code

    y = answers()
    assert refused(np.ones(40), ARM, PAIRS) == "counts.one_level"
    assert refused(y[:4], ARM[18:22], PAIRS[:4]) == "counts.few_people_refused"
    assert refused(y, ARM, PAIRS % 4) == "counts.too_few_clusters"
    assert refused(y % 2 + 2 * ARM, ARM, PAIRS) == "counts.separation"
    assert refused(y, (PAIRS == 0) * 1.0, PAIRS) == "clusters.one_per_arm"


def test_a_large_effect_on_ordered_answers_is_not_taken_for_separation() -> None:
    rng = np.random.default_rng(2)
    x = 4 * rng.normal(size=400)
    y = np.digitize(4 * x + rng.logistic(size=400), [-8.0, 0.0, 8.0])

    assert ordinal_gee(y, x, np.arange(400)).coefficients[0] == pytest.approx(4, abs=1.5)


def test_the_penalised_likelihood_is_where_a_simplex_finds_it() -> None:
    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(40), ARM, rng.normal(size=40)])

    def depth(beta: np.ndarray) -> float:
        q = expit(x @ beta)
        _, log_det = np.linalg.slogdet(x.T @ (x * (q * (1 - q))[:, None]))
        likelihood = np.log(np.where(ONE_EMPTY > 0, q, 1 - q)).sum()
        return -float(likelihood + 0.5 * log_det)

    tight = {"xatol": 1e-8, "fatol": 1e-12, "maxiter": 5000}
    theirs = minimize(depth, np.zeros(3), method="Nelder-Mead", options=tight)
    ours = firth(ONE_EMPTY, x[:, 1:])

    assert [ours.intercept, *ours.coefficients] == pytest.approx(theirs.x, abs=BRUTE_FORCE)


def test_without_covariates_firth_adds_half_a_person_to_each_cell() -> None:
    """Known of a two by two table, and the formula of Haldane and Anscombe."""
    x1, x0 = ONE_EMPTY[ARM == 1].sum(), ONE_EMPTY[ARM == 0].sum()
    effect = firth(ONE_EMPTY, ARM).effect()

    assert effect.estimate == pytest.approx(
        np.log((x1 + 0.5) / (20 - x1 + 0.5)) - np.log((x0 + 0.5) / (20 - x0 + 0.5)), abs=1e-8
    )
    assert np.isfinite([effect.ci_low, effect.ci_high]).all()
    assert "counts.penalised" in codes(effect.notes)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 1000), st.floats(1e-3, 1e3))
def test_rows_arms_and_units_change_nothing_in_firth(seed: int, unit: float) -> None:
    rng = np.random.default_rng(seed)
    y, z = rng.integers(0, 2, 40).astype(float), rng.normal(size=40)
    assume(0 < y.sum() < 40)
    order = rng.permutation(40)
    plain = firth(y, np.column_stack([ARM, z]))
    other = firth(y[order], np.column_stack([1 - ARM, unit * z])[order])

    assert other.effect(0).estimate == pytest.approx(-plain.effect(0).estimate, abs=1e-6)
    assert other.effect(0).ci_low == pytest.approx(-plain.effect(0).ci_high, abs=1e-6)
    assert unit * other.effect(1).estimate == pytest.approx(plain.effect(1).estimate, abs=1e-6)
    assert other.effect(1).p == pytest.approx(plain.effect(1).p, abs=1e-6)


def test_a_penalised_model_says_a_difference_of_risks() -> None:
    effect = standardise(firth(ONE_EMPTY, ARM))

    assert effect.estimate == pytest.approx(12.5 / 21 - 0.5 / 21)
    assert effect.df is None
    assert effect.scale == "identity"


@pytest.mark.parametrize(
    ("y", "design", "code"),
    [
        (np.zeros(40), ARM, "counts.no_events"),
        (np.ones(40), ARM, "counts.all_events"),
        (ONE_EMPTY, np.ones(40), "counts.singular"),
        (np.array([0, 1, 0, 1.0]), ARM[18:22], "counts.few_people_refused"),
    ],
)
def test_firth_refuses_with_a_sentence(y: np.ndarray, design: np.ndarray, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        firth(y, design)

    assert refusal.value.note.code == code


@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_fishers_p_is_the_sum_of_all_tables_no_likelier(
    n1: int, n0: int, data: st.DataObject
) -> None:
    x1, x0 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n0))
    ways = {
        k: comb(n1, k) * comb(n0, x1 + x0 - k)
        for k in range(max(0, x1 + x0 - n0), min(n1, x1 + x0) + 1)
    }
    whole = sum(ways.values())
    exact = sum(w for w in ways.values() if w <= ways[x1]) / whole
    y = [1] * x1 + [0] * (n1 - x1) + [1] * x0 + [0] * (n0 - x0)
    arm = [1] * n1 + [0] * n0
    effect = two_proportions(y, arm)
    swapped = two_proportions(y, [1 - a for a in arm])

    assert effect.p == pytest.approx(exact, rel=1e-9)
    assert effect.ci_low <= effect.estimate <= effect.ci_high
    assert effect.ci_low >= -1
    assert effect.ci_high <= 1
    assert (swapped.estimate, swapped.p) == pytest.approx((-effect.estimate, effect.p))
    assert swapped.ci_low == pytest.approx(-effect.ci_high)


def test_an_empty_cell_has_a_number_and_a_note() -> None:
    effect = two_proportions(ONE_EMPTY, ARM)

    assert effect.estimate == pytest.approx(0.6)
    assert codes(effect.notes) == {"counts.empty_cell"}


def test_two_people_have_a_number_and_a_warning() -> None:
    effect = two_proportions([1, 0], [1, 0])

    assert effect.p == 1.0
    assert "counts.few_people" in codes(effect.notes)


def test_an_arm_without_answers_is_a_refusal() -> None:
    with pytest.raises(Refusal) as refusal:
        two_proportions([1, 0, 1], [1, 1, 1])

    assert refusal.value.note.code == "counts.empty_arm"
