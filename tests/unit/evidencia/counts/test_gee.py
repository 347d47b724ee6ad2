"""Marginal models: against statsmodels, at the edges, invariants, coverage. R is elsewhere.

SOLVER: statsmodels stops at a change of 1e-6 unless told otherwise. COVERAGE: 500 studies have a
Monte-Carlo error of 1 point around 95 %.
"""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencia import Refusal
from evidencia.counts import gee, standardise

SOLVER = 1e-6
COVERAGE = 4 * (0.95 * 0.05 / 500) ** 0.5


def codes(notes: tuple[object, ...]) -> set[str]:
    return {note.code for note in notes}  # type: ignore[attr-defined]


def panel(
    n_people: int, seed: int = 0, waves: int = 4
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Binary outcome, arm, person and wave of a made-up panel in which some waves are missing."""
    rng = np.random.default_rng(seed)
    person = np.repeat(np.arange(n_people), waves)
    wave = np.tile(np.arange(waves), n_people)
    arm = (np.arange(n_people) % 2)[person].astype(float)
    y = (rng.normal(size=n_people)[person] + rng.normal(size=len(person)) - 0.4 * arm > 0) * 1.0
    kept = (rng.random(len(person)) < 0.85) | (wave == 0)
    return y[kept], arm[kept], person[kept], wave[kept]


@pytest.mark.parametrize("family", ["binomial", "poisson"])
def test_independence_is_that_of_statsmodels(family: str) -> None:
    y, arm, person, _ = panel(40)
    y = y if family == "binomial" else y * (1 + person % 3)
    kind = sm.families.Binomial() if family == "binomial" else sm.families.Poisson()
    theirs = sm.GEE(y, sm.add_constant(arm), person, family=kind).fit(ctol=1e-12)
    ours = gee(
        y, arm, person, family=family, correlation="independence", correction="none"  # type: ignore[arg-type]
    )  # fmt: skip

    assert ours.coefficients[0] == pytest.approx(theirs.params[1], rel=SOLVER)
    assert ours.covariance[0, 0] ** 0.5 == pytest.approx(theirs.bse[1], rel=SOLVER)


def test_the_correction_of_mancl_and_derouen_is_that_of_statsmodels() -> None:
    y, arm, person, _ = panel(12, seed=3)
    model = sm.GEE(y, sm.add_constant(arm), person, family=sm.families.Binomial())
    theirs = model.fit(cov_type="bias_reduced", ctol=1e-12)
    ours = gee(y, arm, person, correlation="independence")

    assert ours.covariance[0, 0] == pytest.approx(theirs.cov_params()[1, 1], rel=SOLVER)


def test_one_wave_each_is_logistic_regression() -> None:
    y, arm, person, wave = panel(60)
    first = wave == 0
    theirs = sm.Logit(y[first], sm.add_constant(arm[first])).fit(disp=0, tol=1e-12)
    ours = gee(y[first], arm[first], person[first])

    assert ours.alpha == 0.0
    assert ours.coefficients[0] == pytest.approx(theirs.params[1], rel=SOLVER)


def test_links_of_a_binary_outcome_say_the_same_shares_in_their_words() -> None:
    y, arm, person, _ = panel(50)
    high, low = y[arm == 1].mean(), y[arm == 0].mean()
    fits = {
        link: gee(y, arm, person, link=link, correlation="independence").effect()  # type: ignore[arg-type]
        for link in ("logit", "log", "identity")
    }

    assert fits["identity"].estimate == pytest.approx(high - low)
    assert fits["log"].estimate == pytest.approx(np.log(high / low))
    assert fits["logit"].estimate == pytest.approx(np.log(high / (1 - high) * (1 - low) / low))
    assert [fits[k].scale for k in fits] == ["log", "log", "identity"]


def test_the_risk_difference_is_the_same_by_link_and_by_standardisation() -> None:
    y, arm, person, _ = panel(50)
    by_link = gee(y, arm, person, link="identity", correlation="independence").effect()
    standard = standardise(gee(y, arm, person, correlation="independence"))

    assert standard.estimate == pytest.approx(by_link.estimate)
    assert standard.se == pytest.approx(by_link.se, rel=1e-6)
    assert standard.df == by_link.df


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 1000), st.floats(1e-3, 1e3))
def test_rows_names_arms_and_units_change_nothing(seed: int, unit: float) -> None:
    y, arm, person, wave = panel(30, seed)
    age = np.random.default_rng(seed).normal(size=30)[person]
    order = np.random.default_rng(seed + 1).permutation(len(y))
    plain = gee(y, np.column_stack([arm, age]), person, correlation="ar1", times=wave)
    names = np.array([f"p{99 - p}" for p in person])
    other = gee(
        y[order],
        np.column_stack([arm, unit * age + 3])[order],
        names[order],
        correlation="ar1",
        times=wave[order] + 5,
    )
    swapped = gee(1 - y, np.column_stack([arm, age]), person, correlation="ar1", times=wave)

    assert other.coefficients[0] == pytest.approx(plain.coefficients[0], rel=1e-6, abs=1e-8)
    assert other.coefficients[1] * unit == pytest.approx(plain.coefficients[1], rel=1e-6, abs=1e-8)
    assert other.effect().se == pytest.approx(plain.effect().se, rel=1e-6)
    assert swapped.coefficients == pytest.approx(-plain.coefficients, rel=1e-6, abs=1e-8)


@pytest.mark.thorough
def test_corrected_intervals_cover_with_twelve_clusters_and_plain_ones_do_not() -> None:
    rng = np.random.default_rng(7)
    clusters = np.repeat(np.arange(12), 15)
    arm = (np.arange(12) % 2)[clusters].astype(float)
    corrected, plain = [], []
    for _ in range(500):
        place = 0.4 * rng.normal(size=12)[clusters]
        y = (rng.random(180) < 1 / (1 + np.exp(0.3 - place))).astype(float)
        for correction, inside in (("mancl_derouen", corrected), ("none", plain)):
            fit = gee(y, arm, clusters, correction=correction)  # type: ignore[arg-type]
            half = (1.96 if correction == "none" else 2.228) * fit.covariance[0, 0] ** 0.5
            inside.append(abs(fit.coefficients[0]) <= half)

    assert np.mean(corrected) > 0.95 - COVERAGE
    assert np.mean(plain) < 0.95 - COVERAGE, "the check would not notice a plain sandwich"


def refused(y: object, design: object, clusters: object, **given: object) -> str:
    with pytest.raises(Refusal) as refusal:
        gee(y, design, clusters, **given).effect()  # type: ignore[arg-type]
    return refusal.value.note.code


ARM = np.repeat([0.0, 1.0], 20)
PAIRS = np.repeat(np.arange(20), 2)
ONE_EMPTY = np.concatenate([np.zeros(20), np.tile([0, 1, 1, 0, 1.0], 4)])


@pytest.mark.parametrize("correlation", ["independence", "exchangeable"])
def test_separation_is_a_refusal_whatever_the_link(correlation: str) -> None:
    for link in ("logit", "log", "identity"):
        code = refused(ONE_EMPTY, ARM, PAIRS, link=link, correlation=correlation)
        assert code == "counts.separation"
    assert refused(ARM, ARM, PAIRS, correlation=correlation) == "counts.separation"
    assert refused(3 * ONE_EMPTY, ARM, PAIRS, family="poisson") == "counts.separation"
    by_age = np.random.default_rng(0).normal(size=40)
    assert refused((by_age > 0) * 1.0, by_age, PAIRS) == "counts.separation"


def test_a_large_effect_is_not_taken_for_separation() -> None:
    rng = np.random.default_rng(2)
    x = 3 * rng.normal(size=400)
    y = (rng.random(400) < 1 / (1 + np.exp(-4 * x))).astype(float)

    assert gee(y, x, np.arange(400)).coefficients[0] == pytest.approx(4, abs=1.5)


def test_where_there_is_no_honest_number_there_is_a_sentence() -> None:
    mixed = np.tile([0, 1, 1, 0, 1.0], 8)
    assert refused(np.zeros(40), ARM, PAIRS) == "counts.no_events"
    assert refused(np.ones(40), ARM, PAIRS) == "counts.all_events"
    assert refused([0, 1, 0, 1], [0, 0, 1, 1], [1, 2, 3, 4]) == "counts.few_people_refused"
    assert refused(mixed, ARM, ARM) == "counts.too_few_clusters"
    assert refused(mixed, np.ones(40), PAIRS) == "counts.singular"
    assert refused(mixed, (PAIRS == 0) * 1.0, PAIRS) == "clusters.one_per_arm"
    assert refused(2 * ARM + 1, ARM, PAIRS, family="gaussian") == "counts.no_variance"
    assert refused(np.ones(40), ARM, PAIRS, family="gaussian") == "counts.one_level"


def test_a_correlation_that_cannot_be_is_held_at_the_limit_and_said() -> None:
    """Twenty pairs that always disagree, and two clusters of nine that cannot."""
    clusters = np.concatenate([np.repeat(np.arange(20), 2), np.repeat([20, 21], 9)])
    y = (np.arange(58) % 2) * 1.0
    y[[0, 1]] = 1.0
    arm = (clusters % 2) * 1.0
    fit = gee(y, arm, clusters)

    assert fit.alpha == pytest.approx(-0.9 / 8)
    assert "counts.held_correlation" in codes(fit.effect().notes)


def test_rare_outcomes_and_few_clusters_are_said() -> None:
    rare = np.zeros(40)
    rare[[0, 5, 21, 25, 33]] = 1

    assert codes(gee(rare, ARM, PAIRS).effect().notes) == {
        "counts.few_clusters",
        "counts.few_events",
    }


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"outcome": np.full(40, 2.0)}, "0 or 1"),
        ({"outcome": np.full(40, 0.5), "family": "poisson"}, "whole number"),
        ({"correlation": "ar1"}, "needs times"),
        ({"correlation": "ar1", "times": np.zeros(40)}, "must not repeat"),
        ({"family": "poisson", "link": "logit"}, "no logit link"),
        ({"weights": np.zeros(40)}, "must be positive"),
    ],
)
def test_mistakes_of_the_caller_say_what_is_wrong(change: dict[str, object], sentence: str) -> None:
    whole = {"outcome": np.tile([0, 1.0], 20), "design": ARM, "clusters": PAIRS} | change
    with pytest.raises(ValueError, match=sentence):
        gee(**whole)  # type: ignore[arg-type]


def test_weights_that_repeat_rows_are_repeated_rows() -> None:
    y, arm, person, _ = panel(25, seed=6)
    twice = np.random.default_rng(0).integers(1, 3, 25)[person]
    weighted = gee(y, arm, person, correlation="independence", weights=twice)
    repeated = np.repeat(np.arange(len(y)), twice)
    longer = gee(y[repeated], arm[repeated], person[repeated], correlation="independence")

    assert weighted.coefficients == pytest.approx(longer.coefficients)
    assert weighted.covariance == pytest.approx(longer.covariance)
