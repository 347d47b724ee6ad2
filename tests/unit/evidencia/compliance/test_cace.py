"""Effect on compliers and outcome by dose: brute force, invariants, coverage, edges.

ROUNDING: the same closed formulas in another order or unit.
"""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evidencia import Refusal
from evidencia.compliance import anderson_rubin, cace, dose_response
from evidencia.estimate import quantile

ROUNDING = 1e-8


def study(
    seed: int, n: int = 200, lift: float = 1.5, effect: float = -1.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    assigned = np.arange(n) % 2.0
    keen = rng.normal(size=n)
    uptake = (keen + lift * assigned > 0.7).astype(float)
    return effect * uptake + keen + rng.normal(size=n), uptake, assigned


def code_of(call: object, *args: object, **more: object) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **more)  # type: ignore[operator]
    return refusal.value.note.code


def test_it_is_the_ratio_of_wald() -> None:
    y, d, z = study(1)
    fit = cace(y, d, z)
    ratio = (y[z == 1].mean() - y[z == 0].mean()) / (d[z == 1].mean() - d[z == 0].mean())

    assert fit.effect.estimate == pytest.approx(ratio)
    assert fit.two_stage.estimate == fit.effect.estimate
    assert fit.first_stage.estimate == pytest.approx(fit.uptake_assigned - fit.uptake_control)


@pytest.mark.parametrize(("seed", "lift"), [(1, 1.5), (2, 0.5), (6, 0.1), (13, 0.2), (21, 0.0)])
def test_the_set_is_what_the_test_keeps_by_brute_force(seed: int, lift: float) -> None:
    """The textbook definition, effect by effect: regress y − β₀ d on z and look at its t."""
    y, d, z = study(seed, n=60, lift=lift)
    found = anderson_rubin(y, d, z)
    t = quantile(0.95, 58)
    for beta in np.sinh(np.linspace(-6, 6, 400)):
        gap = y - beta * d
        one, two = gap[z == 1], gap[z == 0]
        spread = 60 / 58 * (one.var() / one.size + two.var() / two.size)
        assert found.contains(beta) == ((one.mean() - two.mean()) ** 2 <= t**2 * spread)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.1, 50), st.floats(-100, 100))
def test_rows_and_units_do_not_matter(seed: int, scale: float, shift: float) -> None:
    y, d, z = study(seed)
    mixed = np.random.default_rng(seed).permutation(y.size)
    fit, other = cace(y, d, z), cace(scale * y[mixed] + shift, d[mixed], z[mixed])

    for name in ("estimate", "se", "ci_low", "ci_high"):
        expected = scale * getattr(fit.effect, name)
        assert getattr(other.effect, name) == pytest.approx(expected, rel=1e-6, abs=1e-6)
    assert other.f == pytest.approx(fit.f)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.floats(-0.3, 2.0))
def test_the_estimate_is_always_in_its_set_and_zero_only_where_itt_says(
    seed: int, lift: float
) -> None:
    y, d, z = study(seed, n=40, lift=lift)
    found = anderson_rubin(y, d, z)
    first = d[z == 1].mean() - d[z == 0].mean()
    assume(abs(first) > 1e-9)
    estimate = (y[z == 1].mean() - y[z == 0].mean()) / first

    assert found.contains(estimate) or found.contains(np.nextafter(estimate, inf))
    try:
        fit = cace(y, d, z, minimum_f=0.0)
    except Refusal:
        return
    assert found.contains(0.0) == (fit.effect.p is not None and fit.effect.p >= 0.05)
    assert fit.effect.p == pytest.approx(fit.intention_to_treat.p)


def test_full_uptake_gives_the_comparison_as_drawn() -> None:
    y, _, z = study(3)
    fit = cace(y, z, z)

    assert fit.f == inf
    assert fit.effect.ci_low == pytest.approx(fit.intention_to_treat.ci_low)
    assert fit.two_stage.ci_low == pytest.approx(fit.intention_to_treat.ci_low)
    assert fit.first_stage.se is None


def test_the_anderson_rubin_set_covers_where_the_symmetric_interval_does_not() -> None:
    """400 studies with a weak lottery; the Monte-Carlo error of 95 % is 1.1 points."""
    inside = np.zeros((400, 2), dtype=bool)
    for k in range(400):
        rng = np.random.default_rng(k)
        z = np.arange(80) % 2.0
        keen = rng.normal(size=80)
        d = 0.15 * z + keen
        y = 1.5 * keen + 0.3 * rng.normal(size=80)
        inside[k, 0] = anderson_rubin(y, d, z).contains(0.0)
        try:
            two = cace(y, d, z, minimum_f=0.0).two_stage
        except Refusal:
            continue
        inside[k, 1] = two.ci_low <= 0 <= two.ci_high
    kept, symmetric = inside.mean(axis=0)

    assert 0.95 - 3 * 0.011 < kept < 0.95 + 3 * 0.011
    assert symmetric < 0.8


def test_sets_without_end_say_so() -> None:
    codes = {
        found.shape: [note.code for note in found.notes]
        for seed in range(40)
        for found in [anderson_rubin(*study(seed, n=40, lift=0.1, effect=-3.0))]
    }

    assert codes["everything"] == ["compliance.set_everything"]
    assert codes["two_rays"] == ["compliance.set_two_rays"]


def test_clusters_that_carry_the_outcome_widen_the_interval() -> None:
    rng = np.random.default_rng(5)
    cluster = np.repeat(np.arange(20), 10)
    z = cluster % 2.0
    d = (rng.random(200) < 0.2 + 0.6 * z).astype(float)
    y = rng.normal(size=20)[cluster] + 0.3 * rng.normal(size=200)
    alone, together = cace(y, d, z), cace(y, d, z, cluster=cluster)

    assert together.effect.df == 19
    assert together.two_stage.se is not None
    assert alone.two_stage.se is not None
    assert together.two_stage.se > 2 * alone.two_stage.se
    assert "compliance.few_clusters" in {note.code for note in together.notes}


Z8 = [0, 0, 0, 0, 1, 1, 1, 1]
Y8 = [1.0, 2, 1, 3, 2, 1, 4, 2]


@pytest.mark.parametrize(
    ("d", "z", "more", "code"),
    [
        (Z8, [1] * 8, {}, "compliance.one_arm"),
        (Z8, Z8, {"block": Z8}, "compliance.one_arm"),
        ([1] * 8, Z8, {}, "compliance.no_uptake"),
        ([0, 1, 0, 1, 0, 1, 0, 1], Z8, {}, "compliance.weak"),
        ([1, 1, 1, 1, 0, 0, 0, 1], Z8, {}, "compliance.reversed"),
        (Z8, Z8, {"cluster": ["a"] * 8}, "compliance.one_cluster"),
        (Z8, Z8, {"cluster": Z8}, "compliance.one_cluster_per_arm"),
        (Z8, Z8, {"block": list(range(8))}, "compliance.too_few"),
    ],
)
def test_where_there_is_no_honest_effect_a_sentence_is_given(
    d: list[int], z: list[int], more: dict[str, list[object]], code: str
) -> None:
    assert code_of(cace, Y8, d, z, **more) == code


def test_an_outcome_that_never_varies_is_refused() -> None:
    assert code_of(cace, [3.0] * 8, Z8, Z8) == "compliance.no_variance"


def test_the_assumptions_and_those_who_crossed_over_are_always_said() -> None:
    y, d, z = study(4)
    codes = {note.code for note in cace(y, d, z).notes}

    assert {"compliance.assumptions", "compliance.crossed_over"} <= codes
    assert "compliance.per_unit" in {note.code for note in cace(y, 3 * d, z).notes}


def test_outcome_by_dose_is_never_called_an_effect() -> None:
    rng = np.random.default_rng(6)
    dose = rng.integers(0, 10, 90).astype(float)
    found = dose_response(2 - 0.1 * dose + rng.normal(size=90), dose)

    assert found.slope.notes[0].code == "compliance.dose_descriptive"
    assert "no un efecto" in found.notes[0].text("es")
    assert sum(step.n for step in found.steps) == 90
    assert [step.low for step in found.steps] == sorted(step.low for step in found.steps)
    assert all(a.high < b.low for a, b in zip(found.steps, found.steps[1:], strict=False))


def test_steps_of_dose_are_plain_means_with_student_s_interval() -> None:
    y, x = np.array([1.0, 2, 4, 7, 8, 8]), np.array([0.0, 0, 0, 5, 5, 5])
    first, second = dose_response(y, x, steps=2).steps

    assert (first.n, first.mean) == (3, pytest.approx(7 / 3))
    half = quantile(0.95, 2) * y[:3].std(ddof=1) / np.sqrt(3)
    assert first.ci_low == pytest.approx(first.mean - half)
    assert (second.low, second.high) == (5, 5)


def test_the_same_dose_for_all_is_refused() -> None:
    assert code_of(dose_response, Y8, [4] * 8) == "compliance.same_dose"


def test_missing_values_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="outcome holds 8 finite"):
        cace([np.nan, *Y8[1:]], Z8, Z8)
    with pytest.raises(ValueError, match="assigned is 1 or 0"):
        cace(Y8, Z8, [2, *Z8[1:]])
