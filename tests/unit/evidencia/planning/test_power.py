from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtr

from evidencia import Refusal
from evidencia.planning import (
    PairedMeans,
    ParallelMeans,
    ParallelShares,
    SteppedWedge,
    design_effect,
    people_needed,
    power,
    sentences,
    smallest_effect,
)

SIGMAS = 4.5
"""Monte-Carlo standard errors: a right formula is rejected once in 150,000 times."""


def test_the_power_of_means_is_that_of_forty_thousand_small_trials() -> None:
    rng, runs = np.random.default_rng(1), 40_000
    y = rng.standard_normal((runs, 12))
    y[:, 7:] += 1.5
    gap = y[:, 7:].mean(axis=1) - y[:, :7].mean(axis=1)
    pooled = (y[:, :7].var(axis=1, ddof=1) * 6 + y[:, 7:].var(axis=1, ddof=1) * 4) / 10
    found = 2 * stdtr(10, -np.abs(gap) / np.sqrt(pooled * (1 / 7 + 1 / 5))) < 0.05
    expected = power(ParallelMeans((7, 5)), 1.5).power

    assert abs(found.mean() - expected) < SIGMAS * sqrt(expected * (1 - expected) / runs)
    wrong = power(ParallelMeans((7, 6)), 1.5).power  # one more person: the test would notice
    assert abs(found.mean() - wrong) > SIGMAS * sqrt(wrong * (1 - wrong) / runs)


def test_equal_clusters_inflate_the_variance_as_the_mean_of_a_cluster_says() -> None:
    rng = np.random.default_rng(2)
    icc, m, k = 0.2, 8, 40_000
    y = sqrt(icc) * rng.standard_normal((k, 1)) + sqrt(1 - icc) * rng.standard_normal((k, m))
    inflation = y.mean(axis=1).var() * m

    assert inflation == pytest.approx(design_effect(m, icc), rel=SIGMAS * sqrt(2 / k))


def test_unequal_clusters_need_more_people() -> None:
    equal = ParallelMeans((100, 100), icc=0.05, clusters=(10, 10))
    unequal = replace(equal, cluster_cv=0.6)

    assert design_effect(10, 0.05, 0.6) == pytest.approx(1.63)
    assert smallest_effect(unequal).effect > smallest_effect(equal).effect


@given(st.integers(2, 200), st.floats(0.1, 100), st.floats(0.01, 3), st.floats(0.001, 0.2))
def test_units_do_not_matter(n: int, unit: float, effect: float, alpha: float) -> None:
    plain = power(ParallelMeans((n, n)), effect, alpha)
    scaled = power(ParallelMeans((n, n), sd=unit), effect * unit, alpha)

    assert scaled.power == pytest.approx(plain.power, abs=1e-9)


@given(st.integers(4, 300), st.integers(4, 300), st.floats(0.0, 2.0))
def test_arm_labels_and_the_sign_of_the_effect_do_not_matter(a: int, b: int, e: float) -> None:
    one = power(ParallelMeans((a, b)), e).power

    assert power(ParallelMeans((b, a)), -e).power == pytest.approx(one, abs=1e-12)


@given(st.integers(4, 400), st.floats(0.55, 0.95), st.sampled_from([0.0, 0.4, 0.7]))
def test_the_smallest_effect_has_the_power_asked_for(n: int, target: float, rho: float) -> None:
    design = ParallelMeans((n, n + 3), sd=3.0, baseline_correlation=rho, attrition=0.2)
    found = smallest_effect(design, target)

    assert power(design, found.effect).power == pytest.approx(target, abs=1e-9)


@pytest.mark.parametrize(
    "design",
    [
        PairedMeans(2),
        ParallelMeans((2, 2)),
        ParallelMeans((30, 50), attrition=0.3, baseline_correlation=0.5),
        ParallelShares((2, 2), 0.6),
        ParallelShares((2, 2), 0.6, sensitivity=0.8, specificity=0.98),
    ],
)
def test_the_people_needed_are_enough_and_one_fewer_is_not(design: object) -> None:
    effect = -0.25
    n = people_needed(design, effect)  # type: ignore[arg-type]
    people = (lambda k: k) if isinstance(design, PairedMeans) else (lambda k: (k, k))

    assert power(replace(design, people=people(n)), effect).power >= 0.8  # type: ignore[type-var]
    assert power(replace(design, people=people(n - 1)), effect).power < 0.8  # type: ignore[type-var]


def test_a_baseline_that_tells_much_saves_people() -> None:
    plain, adjusted = ParallelMeans((50, 50)), ParallelMeans((50, 50), baseline_correlation=0.7)

    ratio = smallest_effect(adjusted).se / smallest_effect(plain).se
    assert ratio == pytest.approx(sqrt(1 - 0.49))


def test_misreporting_alike_in_both_arms_shrinks_what_is_seen() -> None:
    honest = ParallelShares((300, 300), 0.6)
    hidden = replace(honest, sensitivity=0.5, specificity=1.0)

    assert power(hidden, -0.2).power < power(honest, -0.2).power
    codes = [note.code for note in power(hidden, -0.2).notes]
    assert "planning.misreporting" in codes


def test_a_small_organisation_hears_what_it_cannot_find() -> None:
    found = smallest_effect(ParallelMeans((50, 50), attrition=0.378))
    said = sentences(found, "en")

    assert found.effect > 0.7
    assert any("it cannot say whether the programme works" in s for s in said)
    assert any("Of 100 people who enter, the last answer of 62 is expected" in s for s in said)


def test_a_single_arm_hears_that_a_change_is_not_an_effect() -> None:
    assert any("un cambio, no un efecto" in s for s in sentences(smallest_effect(PairedMeans(40))))


def test_more_people_in_the_same_few_clusters_do_not_help() -> None:
    design = ParallelMeans((40, 40), icc=0.1, clusters=(3, 3))

    with pytest.raises(Refusal) as refused:
        people_needed(design, 0.3)
    assert refused.value.note.code == "planning.more_people_do_not_help"
    assert "planning.few_clusters" in [note.code for note in smallest_effect(design).notes]


def test_what_has_no_answer_is_refused_with_its_reason() -> None:
    cases = {
        "planning.too_few_people": lambda: power(ParallelMeans((2, 2), attrition=0.5), 1),
        "planning.too_few_clusters": lambda: power(ParallelMeans((20, 20), clusters=(1, 1)), 1),
        "planning.not_even_all": lambda: smallest_effect(ParallelShares((10, 10), 0.1)),
    }
    for code, ask in cases.items():
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.note.code == code


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: power(ParallelShares((50, 50), 0.2), -0.3), "beyond 0–1"),
        (lambda: ParallelMeans((0, 5)), "There must be people"),
        (lambda: ParallelMeans((5, 5), attrition=1.0), "attrition is a share"),
        (lambda: ParallelShares((5, 5), 0.5, sensitivity=0.4, specificity=0.5), "a coin"),
        (lambda: SteppedWedge(2, 3, 10), "a cluster for each"),
        (lambda: smallest_effect(PairedMeans(10), power=0.01), "between alpha and 1"),
        (lambda: people_needed(PairedMeans(10), 0.0), "effect of zero"),
    ],
)
def test_impossible_plans_are_errors(wrong: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()  # type: ignore[operator]


def test_a_stepped_wedge_with_people_alike_within_clusters_beats_none() -> None:
    found = smallest_effect(SteppedWedge(12, 4, 20, icc=0.05))

    assert power(SteppedWedge(12, 4, 20, icc=0.05), found.effect).power == pytest.approx(0.8)
    assert people_needed(SteppedWedge(12, 4, 2), 0.3) > 2
