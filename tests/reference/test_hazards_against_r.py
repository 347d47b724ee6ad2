"""Log-rank, Cox, its checks, discrete hazards and restricted means against R.

Tolerances. R_TOLERANCE: both sides maximise the same likelihood to convergence (R with eps 1e-13),
so estimates agree to rounding magnified by the conditioning of a small information matrix.
GLM_TOLERANCE: ``glm`` stops on the deviance, and leaves the coefficients near their square root.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from evidencia.hazards import (
    Cox,
    cox,
    discrete_hazard,
    log_rank,
    proportional_hazards,
    rmst,
    rmst_difference,
)

R_TOLERANCE = 1e-8
GLM_TOLERANCE = 1e-6

BASELINES = Path(__file__).parent / "r"
CASES = ("veteran", "ovarian", "rounds")
TRANSFORMS = ("km", "identity", "rank", "log")


def rows(file: str, **where: str) -> list[dict[str, str]]:
    with (BASELINES / file).open(newline="") as handle:
        return [row for row in csv.DictReader(handle) if where.items() <= row.items()]


def theirs(case: str, model: str, quantity: str) -> np.ndarray:
    found = rows("hazards.csv", case=case, model=model, quantity=quantity)
    assert found
    return np.array([float(row["value"]) for row in found])


def column(case: str, name: str) -> np.ndarray:
    values = [row[name] for row in rows("hazards_data.csv", case=case)]
    return np.array(values) if name == "stratum" else np.array(values, dtype=np.float64)


def ours(case: str, model: str) -> Cox:
    return cox(
        column(case, "time"),
        column(case, "event"),
        np.column_stack([column(case, "arm"), column(case, "score")]),
        names=["arm", "score"],
        entry=column(case, "entry") if model in ("entry", "late_cluster") else None,
        strata=None if model in ("plain", "cluster") else column(case, "stratum"),
        cluster=column(case, "cluster") if "cluster" in model else None,
    )


def se(fit: Cox) -> np.ndarray:
    return np.sqrt(np.diag(fit.covariance))


FITS = [(case, model) for case in CASES for model in ("plain", "strata")] + [("rounds", "entry")]


@pytest.mark.parametrize(("case", "model"), FITS)
def test_cox_is_that_of_coxph(case: str, model: str) -> None:
    fit = ours(case, model)

    assert fit.coefficients == pytest.approx(theirs(case, model, "coefficient"), rel=R_TOLERANCE)
    assert se(fit) == pytest.approx(theirs(case, model, "se"), rel=R_TOLERANCE)
    assert [fit.log_likelihood_null, fit.log_likelihood] == pytest.approx(
        theirs(case, model, "log_likelihood"), rel=R_TOLERANCE
    )


@pytest.mark.parametrize("transform", TRANSFORMS)
@pytest.mark.parametrize(("case", "model"), FITS)
def test_the_check_of_proportional_hazards_is_that_of_cox_zph(
    case: str, model: str, transform: str
) -> None:
    check = proportional_hazards(ours(case, model), transform=transform)  # type: ignore[arg-type]

    expected = theirs(case, model, f"zph_{transform}")
    assert [*check.chi2, check.global_chi2] == pytest.approx(expected, rel=R_TOLERANCE)


@pytest.mark.parametrize("model", ["cluster", "late_cluster"])
def test_the_sandwich_is_that_of_coxph_with_clusters(model: str) -> None:
    assert se(ours("rounds", model)) == pytest.approx(
        theirs("rounds", model, "se"), rel=R_TOLERANCE
    )


@pytest.mark.parametrize("model", ["plain", "strata"])
@pytest.mark.parametrize("case", CASES)
def test_log_rank_is_that_of_survdiff(case: str, model: str) -> None:
    strata = column(case, "stratum") if model == "strata" else None
    test = log_rank(column(case, "time"), column(case, "event"), column(case, "arm"), strata=strata)

    assert test.observed == pytest.approx(theirs(case, model, "observed"), rel=R_TOLERANCE)
    assert test.expected == pytest.approx(theirs(case, model, "expected"), rel=R_TOLERANCE)
    assert test.chi2 == pytest.approx(theirs(case, model, "log_rank")[0], rel=R_TOLERANCE)


@pytest.mark.parametrize("case", CASES)
def test_log_rank_of_several_groups_is_that_of_survdiff(case: str) -> None:
    test = log_rank(column(case, "time"), column(case, "event"), column(case, "stratum"))

    assert test.chi2 == pytest.approx(theirs(case, "by_stratum", "log_rank")[0], rel=R_TOLERANCE)


@pytest.mark.parametrize("case", CASES)
def test_the_restricted_mean_is_that_of_survfit(case: str) -> None:
    time, event, arm = (column(case, name) for name in ("time", "event", "arm"))
    horizon = theirs(case, "rmst", "horizon")[0]
    means = [rmst(time[arm == who], event[arm == who], horizon).effect for who in (0, 1)]
    both = rmst_difference(time, event, arm, treated=1, control=0, horizon=horizon).effect

    mean, error = theirs(case, "rmst", "mean"), theirs(case, "rmst", "se")
    assert [one.estimate for one in means] == pytest.approx(mean, rel=R_TOLERANCE)
    assert [one.se for one in means] == pytest.approx(error, rel=R_TOLERANCE)
    assert both.estimate == pytest.approx(mean[1] - mean[0], rel=R_TOLERANCE)
    assert both.se == pytest.approx(np.hypot(*error), rel=R_TOLERANCE)


@pytest.mark.parametrize("clustered", [False, True])
@pytest.mark.parametrize("link", ["cloglog", "logit"])
def test_the_discrete_hazard_is_that_of_glm(link: str, clustered: bool) -> None:
    fit = discrete_hazard(
        column("rounds", "time"),
        column("rounds", "event"),
        np.column_stack([column("rounds", "arm"), column("rounds", "score")]),
        link=link,  # type: ignore[arg-type]
        cluster=column("rounds", "cluster") if clustered else None,
    )

    error = theirs("rounds", link, "se_cluster" if clustered else "se")
    assert fit.coefficients == pytest.approx(
        theirs("rounds", link, "coefficient"), rel=GLM_TOLERANCE
    )
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(error, rel=GLM_TOLERANCE)
    assert fit.log_likelihood == pytest.approx(
        theirs("rounds", link, "log_likelihood")[0], rel=GLM_TOLERANCE
    )
    assert fit.baseline[:3] == pytest.approx(theirs("rounds", link, "baseline"), rel=GLM_TOLERANCE)


def test_the_published_table_of_the_veterans_trial_is_matched() -> None:
    """Kalbfleisch & Prentice: treatment has no effect, Karnofsky does (log-rank 0.01, p 0.93)."""
    test = log_rank(column("veteran", "time"), column("veteran", "event"), column("veteran", "arm"))

    assert round(test.chi2, 2) == 0.01
    assert round(test.p, 2) == 0.93


def test_breslow_instead_of_efron_would_be_noticed() -> None:
    """Seeded defect: ties spread by a hair, in the order given, are another likelihood."""
    time = column("rounds", "time")
    spread = time - 1e-6 * np.arange(time.size) * column("rounds", "event")
    x = np.column_stack([column("rounds", "arm"), column("rounds", "score")])
    wrong = cox(spread, column("rounds", "event"), x)

    gap = np.abs(wrong.coefficients - theirs("rounds", "plain", "coefficient"))
    assert gap.max() > 1e4 * R_TOLERANCE
