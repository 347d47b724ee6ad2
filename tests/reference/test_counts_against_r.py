"""Marginal models against geepack, clubSandwich, ordinal::clm, fisher.test and brute force in R.

R_TOLERANCE: both sides iterate to the same root of the same equations; they agree to 1e-11 and
better. NUMERIC: R's side differentiates numerically with steps of 1e-5. BRUTE_FORCE: R maximises
the penalised likelihood by simplex and BFGS, whose gradient is numeric.
"""

from __future__ import annotations

import csv
from math import log
from pathlib import Path

import numpy as np
import pytest

from evidencia.counts import Gee, firth, gee, ordinal_gee, standardise, two_proportions
from evidencia.counts.correlation import Correlation
from evidencia.counts.links import Family, Link
from evidencia.counts.sandwich import Correction

R_TOLERANCE = 1e-9
NUMERIC = 1e-7
BRUTE_FORCE = 2e-5

BASELINES = Path(__file__).parent / "r"
CASES: dict[str, tuple[str, Family, Link, tuple[str, ...]]] = {
    "binary_logit": ("binary", "binomial", "logit", ("arm", "age")),
    "binary_log": ("binary", "binomial", "log", ("arm",)),
    "binary_identity": ("binary", "binomial", "identity", ("arm",)),
    "count_log": ("count", "poisson", "log", ("arm", "age")),
    "count_offset": ("count", "poisson", "log", ("arm", "age")),
}
CORRELATIONS: tuple[Correlation, ...] = ("independence", "exchangeable", "ar1")
CORRECTIONS: dict[Correction, str] = {
    "none": "se",
    "mancl_derouen": "md",
    "kauermann_carroll": "kc",
}


def rows(file: str, **where: str) -> list[dict[str, str]]:
    with (BASELINES / file).open(newline="") as handle:
        return [row for row in csv.DictReader(handle) if where.items() <= row.items()]


def column(name: str) -> np.ndarray:
    return np.array([float(row[name]) for row in rows("counts_data.csv")])


def design(*names: str) -> np.ndarray:
    return np.column_stack([column(name) for name in names])


def ours(case: str, correlation: Correlation, correction: Correction) -> Gee:
    outcome, family, link, names = CASES[case]
    return gee(
        column(outcome),
        design(*names),
        column("person"),
        family=family,
        link=link,
        correlation=correlation,
        times=column("wave"),
        offset=np.log(column("exposure")) if case == "count_offset" else None,
        correction=correction,
    )


@pytest.mark.parametrize("correlation", CORRELATIONS)
@pytest.mark.parametrize("case", CASES)
def test_estimates_and_working_correlation_are_those_of_geeglm(
    case: str, correlation: Correlation
) -> None:
    fit = ours(case, correlation, "none")
    first, *theirs = rows("counts_gee.csv", case=case, corstr=correlation)

    assert fit.intercept == pytest.approx(float(first["estimate"]), rel=R_TOLERANCE)
    assert fit.coefficients == pytest.approx(
        [float(row["estimate"]) for row in theirs], rel=R_TOLERANCE
    )
    assert fit.alpha == pytest.approx(float(first["alpha"]), abs=R_TOLERANCE)
    assert fit.dispersion == pytest.approx(float(first["phi"]), rel=R_TOLERANCE)


@pytest.mark.parametrize("correction", CORRECTIONS)
@pytest.mark.parametrize("correlation", CORRELATIONS)
@pytest.mark.parametrize("case", CASES)
def test_errors_are_those_of_geeglm_and_of_the_definitions(
    case: str, correlation: Correlation, correction: Correction
) -> None:
    fit = ours(case, correlation, correction)
    _, *theirs = rows("counts_gee.csv", case=case, corstr=correlation)

    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(
        [float(row[CORRECTIONS[correction]]) for row in theirs], rel=R_TOLERANCE
    )


@pytest.mark.parametrize("case", ["binary_logit", "binary_log", "binary_identity", "count_log"])
def test_mancl_and_derouen_under_independence_is_cr3_of_clubsandwich(case: str) -> None:
    fit = ours(case, "independence", "mancl_derouen")
    _, *theirs = rows("counts_gee.csv", case=case, corstr="independence")

    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(
        [float(row["cr3"]) for row in theirs], rel=NUMERIC
    )


def test_an_ar1_that_forgot_the_gaps_between_waves_would_be_noticed() -> None:
    """Seeded defect: rows numbered one after the other, as if nobody had missed a wave."""
    person = column("person")
    consecutive = np.array([(person[:i] == person[i]).sum() for i in range(len(person))])
    wrong = gee(
        column("binary"), design("arm", "age"), person, correlation="ar1", times=consecutive
    )
    right = ours("binary_logit", "ar1", "mancl_derouen")

    assert abs(wrong.coefficients[0] - right.coefficients[0]) > 1e4 * R_TOLERANCE


def test_weights_are_those_of_a_weighted_glm_with_clustered_errors() -> None:
    fit = gee(
        column("binary"),
        design("arm", "age"),
        column("person"),
        correlation="independence",
        weights=column("w"),
        correction="none",
    )
    _, *theirs = rows("counts_gee.csv", case="binary_weighted")

    assert fit.coefficients == pytest.approx([float(r["estimate"]) for r in theirs], rel=NUMERIC)
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(
        [float(r["se"]) for r in theirs], rel=NUMERIC
    )


@pytest.mark.parametrize("measure", ["difference", "ratio"])
@pytest.mark.parametrize("correlation", CORRELATIONS)
@pytest.mark.parametrize("case", ["binary_logit", "count_log"])
def test_marginal_comparisons_are_those_of_the_delta_method(
    case: str, correlation: Correlation, measure: str
) -> None:
    effect = standardise(ours(case, correlation, "none"), 0, measure=measure)  # type: ignore[arg-type]
    (theirs,) = rows("counts_marginal.csv", case=case, corstr=correlation, measure=measure)

    assert effect.estimate == pytest.approx(float(theirs["estimate"]), rel=R_TOLERANCE)
    assert effect.se == pytest.approx(float(theirs["se"]), rel=NUMERIC)


def test_the_ordinal_model_is_clm_with_a_clustered_sandwich() -> None:
    fit = ordinal_gee(column("graded"), design("arm", "age"), column("person"), correction="none")
    theirs = rows("counts_ordinal.csv")
    estimates, errors = ([float(row[name]) for row in theirs] for name in ("estimate", "se"))

    assert fit.thresholds == pytest.approx(estimates[:3], rel=NUMERIC)
    assert fit.coefficients == pytest.approx(estimates[3:], rel=NUMERIC)
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(errors[3:], rel=NUMERIC)


@pytest.mark.parametrize("term", ["arm", "z"])
@pytest.mark.parametrize("name", ["separated", "mild"])
def test_the_penalised_likelihood_is_the_one_maximised_by_brute_force(name: str, term: str) -> None:
    data = rows("counts_firth_data.csv", set=name)
    y, arm, z = (np.array([float(row[k]) for row in data]) for k in ("y", "arm", "z"))
    fit = firth(y, np.column_stack([arm, z]))
    effect = fit.effect(("arm", "z").index(term))
    (theirs,) = rows("counts_firth.csv", set=name, term=term)

    assert fit.intercept == pytest.approx(float(theirs["intercept"]), abs=BRUTE_FORCE)
    assert effect.estimate == pytest.approx(float(theirs["estimate"]), abs=BRUTE_FORCE)
    assert effect.se == pytest.approx(float(theirs["se"]), rel=BRUTE_FORCE)
    assert effect.ci_low == pytest.approx(float(theirs["low"]), abs=10 * BRUTE_FORCE)
    assert effect.ci_high == pytest.approx(float(theirs["high"]), abs=10 * BRUTE_FORCE)
    assert effect.p == pytest.approx(float(theirs["p"]), rel=BRUTE_FORCE)


@pytest.mark.parametrize("row", rows("counts_tables.csv"), ids=lambda r: f"{r['x1']}-{r['x0']}")
def test_two_shares_have_newcombes_interval_and_fishers_p(row: dict[str, str]) -> None:
    x1, n1, x0, n0 = (int(row[k]) for k in ("x1", "n1", "x0", "n0"))
    outcome = [1] * x1 + [0] * (n1 - x1) + [1] * x0 + [0] * (n0 - x0)
    effect = two_proportions(outcome, [1] * n1 + [0] * n0)

    assert effect.estimate == pytest.approx(float(row["difference"]), abs=R_TOLERANCE)
    assert effect.ci_low == pytest.approx(float(row["low"]), abs=R_TOLERANCE)
    assert effect.ci_high == pytest.approx(float(row["high"]), abs=R_TOLERANCE)
    assert effect.p == pytest.approx(float(row["p"]), rel=R_TOLERANCE)


def test_without_covariates_the_marginal_ratio_is_the_ratio_of_shares() -> None:
    arm, y = column("arm"), column("binary")
    fit = gee(y, arm, column("person"), correlation="independence")

    assert standardise(fit, measure="ratio").estimate == pytest.approx(
        log(y[arm == 1].mean() / y[arm == 0].mean()), abs=R_TOLERANCE
    )
