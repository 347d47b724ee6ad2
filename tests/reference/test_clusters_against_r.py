"""Cluster-robust errors, cluster means and the ICC against clubSandwich, lm and aov.

R_TOLERANCE: the same closed formulas in double precision; a matrix root and some inversions leave
a few digits less than the 15 written.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from evidencia.clusters import LeastSquares, cluster_means, icc, least_squares
from evidencia.clusters.regression import Variance

R_TOLERANCE = 1e-9
BASELINES = Path(__file__).parent / "r"
MODELS = ("plain", "blocks", "weighted", "weighted_blocks")
TYPES: tuple[Variance, ...] = ("CR0", "CR1", "CR1S", "CR2")


def rows(file: str, **where: str) -> list[dict[str, str]]:
    with (BASELINES / file).open(newline="") as handle:
        return [row for row in csv.DictReader(handle) if where.items() <= row.items()]


def column(name: str) -> np.ndarray:
    return np.array([float(row[name]) for row in rows("clusters_data.csv")])


def close(left: float | None, right: str) -> bool:
    return left == pytest.approx(float(right), rel=R_TOLERANCE, abs=R_TOLERANCE)


def ours(model: str, variance: Variance, *, rows_as_clusters: bool = False) -> LeastSquares:
    return least_squares(
        column("y"),
        np.column_stack([column("arm"), column("age")]),
        None if rows_as_clusters else column("cluster"),
        blocks=column("block") if model.endswith("blocks") else None,
        weights=column("w") if model.startswith("weighted") else None,
        variance=variance,
    )


@pytest.mark.parametrize("variance", TYPES)
@pytest.mark.parametrize("model", MODELS)
def test_estimates_and_errors_are_those_of_clubsandwich(model: str, variance: Variance) -> None:
    fit = ours(model, variance)

    for k, term in enumerate(("arm", "age")):
        (theirs,) = rows("clusters_cr.csv", model=model, type=variance, term=term)
        assert close(fit.coefficients[k], theirs["estimate"])
        assert close(fit.covariance[k, k] ** 0.5, theirs["se"])


@pytest.mark.parametrize("model", MODELS)
def test_degrees_of_freedom_are_those_of_clubsandwich(model: str) -> None:
    fit = ours(model, "CR2")

    for k, term in enumerate(("arm", "age")):
        (theirs,) = rows("clusters_cr.csv", model=model, type="CR2", term=term)
        assert close(fit.df(k), theirs["df"])


@pytest.mark.parametrize("model", ["plain", "blocks"])
def test_without_clusters_it_is_hc2_with_the_degrees_of_freedom_of_bell_and_mccaffrey(
    model: str,
) -> None:
    effect = ours(model, "CR2", rows_as_clusters=True).effect(0)
    (theirs,) = rows("clusters_cr.csv", model=model, type="HC2", term="arm")

    assert close(effect.se, theirs["se"])
    assert close(effect.df, theirs["df"])


def test_matched_pairs_whose_blocks_leave_no_residual_are_those_of_clubsandwich() -> None:
    """A_g is a pseudo-inverse here."""
    fit = least_squares(
        column("y"),
        np.column_stack([column("pair_arm"), column("age")]),
        column("cluster"),
        blocks=column("pair"),
    )

    for k, term in enumerate(("arm", "age")):
        (theirs,) = rows("clusters_cr.csv", model="pairs", term=term)
        assert close(fit.coefficients[k], theirs["estimate"])
        assert close(fit.covariance[k, k] ** 0.5, theirs["se"])
        assert close(fit.df(k), theirs["df"])


def test_forgetting_the_leverage_of_the_blocks_would_be_noticed() -> None:
    """Seeded defect: CR2 of the deviations from block means, as if the blocks cost nothing."""
    block, fit = column("block"), ours("blocks", "CR2")
    means = {b: column("y")[block == b].mean() for b in np.unique(block)}
    wrong = least_squares(
        column("y") - np.vectorize(means.get)(block),
        fit._absorbed.design,
        column("cluster"),
    )

    assert wrong.coefficients[0] == pytest.approx(fit.coefficients[0])
    assert abs(wrong.covariance[0, 0] / fit.covariance[0, 0] - 1) > 0.02


@pytest.mark.parametrize("model", ["plain", "strata", "covariate"])
def test_the_analysis_of_cluster_means_is_that_of_lm(model: str) -> None:
    (theirs,) = rows("clusters_means.csv", model=model)
    effect = cluster_means(
        column("y"),
        column("arm"),
        column("cluster"),
        strata=None if model == "plain" else column("block"),
        covariates=column("age") if model == "covariate" else None,
    )

    got = (effect.estimate, effect.se, effect.df, effect.p, effect.ci_low, effect.ci_high)
    names = ("estimate", "se", "df", "p", "low", "high")
    assert all(close(mine, theirs[name]) for mine, name in zip(got, names, strict=True))


@pytest.mark.parametrize("model", ["plain", "arms"])
def test_the_icc_is_that_of_the_analysis_of_variance(model: str) -> None:
    (theirs,) = rows("clusters_icc.csv", model=model)
    found = icc(column("y"), column("cluster"), treated=column("arm") if model == "arms" else None)

    assert close(found.between, theirs["between"])
    assert close(found.within, theirs["within"])
    assert close(found.n0, theirs["n0"])
    assert close(found.effect.estimate, theirs["icc"])
    assert close(found.effect.ci_low, theirs["low"])
    assert close(found.effect.ci_high, theirs["high"])
