"""Agreement, reliability, retest and meta-analysis against psych, lavaan and metafor.

Tolerances. R_TOLERANCE: closed formulas on both sides. ROOT: τ² is iterated to convergence in R
(threshold 1e-14) and its interval found as a root. LAVAAN: its optimiser stops when the
discrepancy changes by less than 1e-10, which leaves loadings near 1e-5; the standard error
follows them. PRINTED: tables printed with two decimals. DIFFERENCES: the error of weighted kappa
by the delta method with numerical slopes, since psych 2.2.9 gives 0 for it.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from evidencia.measures import (
    MetaAnalysis,
    agreement,
    cronbach_alpha,
    mcdonald_omega,
    meta_analysis,
    retest,
)

R_TOLERANCE = 1e-9
ROOT = 1e-6
LAVAAN = 2e-5
PRINTED = 0.005
DIFFERENCES = 1e-6

BASELINES = Path(__file__).parent / "r"
METHODS = {"reml": "REML", "paule_mandel": "PM"}


def rows(file: str, **where: str) -> list[dict[str, str]]:
    with (BASELINES / file).open(newline="") as handle:
        return [row for row in csv.DictReader(handle) if where.items() <= row.items()]


def theirs(case: str, quantity: str, *names: str) -> np.ndarray:
    found = rows("measures.csv", case=case, quantity=quantity)
    return np.array([float(row["value"]) for row in found if not names or row["name"] in names])


def data(case: str) -> np.ndarray:
    columns: dict[str, list[float]] = {}
    for row in rows("measures_data.csv", case=case):
        columns.setdefault(row["column"], []).append(float(row["value"]))
    return np.column_stack(list(columns.values()))


@pytest.mark.parametrize("kind", ["linear", "quadratic"])
def test_kappa_and_its_error_are_those_of_psych(kind: str) -> None:
    first, second = data("ordered").T
    found = agreement(first, second, weights=kind)  # type: ignore[arg-type]

    assert found.kappa is not None
    assert found.weighted_kappa is not None
    got = [found.kappa.estimate, found.weighted_kappa.estimate]
    assert got == pytest.approx(
        [theirs("ordered", kind, "kappa")[0], theirs("ordered", kind, "weighted")[0]],
        rel=R_TOLERANCE,
    )
    assert [found.kappa.se] == pytest.approx(theirs("ordered", kind, "se"), rel=R_TOLERANCE)
    assert [found.weighted_kappa.se] == pytest.approx(
        theirs("ordered", kind, "weighted_se"), rel=DIFFERENCES
    )


def test_two_answers_are_those_of_psych_and_binom_test() -> None:
    first, second = data("binary").T
    found = agreement(first, second)

    assert found.kappa is not None
    assert [found.kappa.estimate, found.kappa.se] == pytest.approx(
        theirs("binary", "linear", "kappa", "se"), rel=R_TOLERANCE
    )
    assert [found.mcnemar_p] == pytest.approx(theirs("binary", "mcnemar"), rel=R_TOLERANCE)


@pytest.mark.parametrize("case", ["items", "three"])
def test_alpha_and_feldt_are_those_of_psych(case: str) -> None:
    found = cronbach_alpha(data(case))

    assert [found.effect.estimate, found.standardised] == pytest.approx(
        theirs(case, "alpha"), rel=R_TOLERANCE
    )
    assert [found.effect.ci_low, found.effect.ci_high] == pytest.approx(
        theirs(case, "feldt"), rel=R_TOLERANCE
    )
    assert found.item_rest == pytest.approx(theirs(case, "item_rest"), rel=R_TOLERANCE)
    assert found.if_dropped == pytest.approx(theirs(case, "if_dropped"), rel=R_TOLERANCE)


@pytest.mark.parametrize("case", ["items", "three"])
def test_omega_and_its_error_are_those_of_lavaan(case: str) -> None:
    found = mcdonald_omega(data(case))

    assert [found.effect.estimate, found.effect.se] == pytest.approx(
        theirs(case, "omega"), rel=LAVAAN
    )
    assert found.loadings == pytest.approx(theirs(case, "loading"), rel=LAVAAN)
    assert found.uniquenesses == pytest.approx(theirs(case, "uniqueness"), rel=LAVAAN)
    assert [found.chi2] == pytest.approx(theirs(case, "chi2"), rel=LAVAAN, abs=1e-6)


@pytest.mark.parametrize("case", ["sf", "twice"])
def test_intraclass_correlations_are_those_of_psych(case: str) -> None:
    found = retest(data(case))

    for effect, kind in ((found.icc_agreement, "ICC2"), (found.icc_consistency, "ICC3")):
        assert [effect.estimate, effect.ci_low, effect.ci_high] == pytest.approx(
            theirs(case, kind), rel=R_TOLERANCE
        )


def test_the_table_of_shrout_and_fleiss_is_the_published_one() -> None:
    """Shrout & Fleiss (1979), table 4: ICC(2,1) = .29, ICC(3,1) = .71."""
    found = retest(data("sf"))

    assert found.icc_agreement.estimate == pytest.approx(0.29, abs=PRINTED)
    assert found.icc_consistency.estimate == pytest.approx(0.71, abs=PRINTED)


def test_the_change_between_occasions_is_the_paired_t() -> None:
    change = retest(data("twice")).mean_change

    assert change is not None
    assert [change.ci_low, change.ci_high] == pytest.approx(
        theirs("twice", "change"), rel=R_TOLERANCE
    )


def combined(case: str, method: str, *, knapp: bool = True) -> MetaAnalysis:
    y, se = data(case).T
    return meta_analysis(y, se, method=method, hartung_knapp=knapp)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("case", ["bcg", "alike", "few"])
def test_several_studies_are_those_of_metafor(case: str, method: str) -> None:
    found = combined(case, method)
    half = (found.prediction_high or 0.0) - found.effect.estimate
    plain = combined(case, method, knapp=False).effect.se

    for name, got in {
        "mean": found.effect.estimate,
        "se": found.effect.se,
        "p": found.effect.p,
        "plain_se": plain,
        "tau2": found.tau2,
        "tau2_low": found.tau2_low,
        "tau2_high": found.tau2_high,
        "i2": found.i2,
        "q": found.q,
        "prediction_half": half,
    }.items():
        assert [got] == pytest.approx(theirs(case, METHODS[method], name), rel=ROOT), name


def test_the_published_summary_of_bcg_is_matched() -> None:
    """Viechtbauer (2010, *J. Stat. Softw.* 36(3)): REML mean −0.7145, τ² 0.3132, I² 92.22 %."""
    found = combined("bcg", "reml", knapp=False)

    assert found.effect.estimate == pytest.approx(-0.7145, abs=5e-5)
    assert found.tau2 == pytest.approx(0.3132, abs=5e-5)
    assert found.i2 == pytest.approx(0.9222, abs=5e-5)


def test_weights_left_at_zero_spread_would_be_noticed() -> None:
    """Seeded defect: the common-effect mean instead of the random-effects one."""
    y, se = data("bcg").T
    wrong = float((y / se**2).sum() / (1 / se**2).sum())

    assert abs(wrong - combined("bcg", "reml").effect.estimate) > 1e4 * ROOT
