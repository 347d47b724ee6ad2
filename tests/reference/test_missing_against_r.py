"""What is missing, against R: Rubin's rules, chained equations and weighting.

Tolerances. EXACT: both sides compute the same closed formulas; R writes 15 digits. DIFFERENTIATED:
R's sandwich differentiates the estimating equations numerically (central differences, relative
error about 1e-9). MONTE_CARLO: two sets of 400 imputations differ by chance; an estimate by
√(2 B / 400), a standard error mostly through B, whose relative error is √(2 / 399); four such
errors are allowed, so that a right implementation fails one time in 16,000.
"""

from __future__ import annotations

import csv
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from evidencia.missing import (
    Imputations,
    Pooled,
    analyse_ancova,
    impute_chained,
    impute_normal,
    pool,
    retention_weights,
    weighted_difference,
)

EXACT = 1e-10
DIFFERENTIATED = 1e-7
MONTE_CARLO = 4.0
M = 400

BASELINES = Path(__file__).parent / "r"
WAVES = ("y1", "y2", "y3", "y4")


def rows(file: str) -> list[dict[str, str]]:
    with (BASELINES / file).open(newline="") as handle:
        return list(csv.DictReader(handle))


def columns(*names: str) -> np.ndarray:
    table = rows("missing_trial.csv")
    return np.array([[float(row[name] or "nan") for name in names] for row in table])


ARM = columns("arm")[:, 0].astype(int)
BASE = columns("base")


def test_rubins_rules_are_those_of_mice() -> None:
    single = rows("missing_rubin_single.csv")
    pooled = rows("missing_rubin_pooled.csv")
    terms = [row["term"] for row in pooled]
    m = max(int(row["imputation"]) for row in single)
    shape = (m, len(terms))
    estimates = np.array([float(row["estimate"]) for row in single]).reshape(shape)
    variances = np.array([float(row["variance"]) for row in single]).reshape(shape)

    ours = pool(estimates, variances, df_complete=297, n_units=300, n_obs=169)

    for got, row in zip(ours, pooled, strict=True):
        said = {name: float(text) for name, text in row.items() if name != "term"}
        effect = got.effect
        assert (got.within, got.between, got.total) == pytest.approx(
            (said["ubar"], said["b"], said["t"]), rel=EXACT
        )
        assert (effect.estimate, effect.se, effect.df) == pytest.approx(
            (said["estimate"], said["se"], said["df"]), rel=EXACT
        )
        assert (effect.ci_low, effect.ci_high, effect.p) == pytest.approx(
            (said["low"], said["high"], said["p"]), rel=EXACT
        )
        assert (got.relative_increase, got.fraction_missing) == pytest.approx(
            (said["riv"], said["fmi"]), rel=EXACT
        )


def within_chance(ours: Pooled, said: dict[str, float]) -> bool:
    """Whether two sets of M imputations may differ so by chance alone."""
    between = said["b"]
    apart = abs(ours.effect.estimate - said["estimate"]) / sqrt(2 * between / M)
    of_b = abs(ours.between - between) / (between * sqrt(2 * 2 / (M - 1)))
    # ubar moves from one imputation to the next far less than B does.
    of_ubar = abs(ours.within - said["ubar"]) / said["ubar"]
    return apart < MONTE_CARLO and of_b < MONTE_CARLO and of_ubar < 0.03


def from_mice(method: str) -> dict[str, float]:
    row = next(row for row in rows("missing_mice.csv") if row["method"] == method)
    return {name: float(text) for name, text in row.items() if name != "method"}


@pytest.fixture(scope="module")
def normal() -> Imputations:
    return impute_chained(columns("base", *WAVES), ["normal"] * 5, arm=ARM, imputations=M, seed=11)


def last_wave(imputations: Imputations, wave: int = -1) -> Pooled:
    return analyse_ancova(imputations, ARM, control=0, covariates=BASE, wave=wave)["1"]


def test_chained_normal_regressions_agree_with_mice(normal: Imputations) -> None:
    assert within_chance(last_wave(normal), from_mice("normal"))


def test_predictive_mean_matching_agrees_with_mice() -> None:
    matched = impute_chained(columns("base", *WAVES), ["pmm"] * 5, arm=ARM, imputations=M, seed=12)

    assert within_chance(last_wave(matched), from_mice("pmm"))


def test_chained_logistic_regression_agrees_with_mice() -> None:
    data = columns("base", "y1", "y2", "y3", "better")
    kinds = ["normal", "normal", "normal", "normal", "logistic"]

    drawn = impute_chained(data, kinds, arm=ARM, imputations=M, seed=13)  # type: ignore[arg-type]

    assert within_chance(last_wave(drawn), from_mice("logistic"))


def test_the_multivariate_normal_agrees_with_mice() -> None:
    drawn = impute_normal(
        columns(*WAVES), ARM, covariates=BASE, imputations=M, seed=14, by_arm=False
    )

    assert within_chance(last_wave(drawn), from_mice("normal"))


def test_imputing_without_the_doubt_about_the_model_would_be_noticed(normal: Imputations) -> None:
    """The defect: every copy holds the mean of the draws, so B shrinks."""
    mean = normal.completed.mean(axis=0, keepdims=True)
    shrunk = Imputations(mean + 0.5 * (normal.completed - mean), normal.imputed, "wrong")

    assert not within_chance(last_wave(shrunk), from_mice("normal"))


def test_imputing_without_the_arm_would_be_noticed() -> None:
    """The defect: both arms are drawn towards each other."""
    blind = impute_chained(columns("base", *WAVES), ["normal"] * 5, imputations=M, seed=15)

    assert not within_chance(last_wave(blind), from_mice("normal"))


def test_the_weighted_difference_and_its_sandwich_agree_with_r() -> None:
    said = {name: float(text) for name, text in rows("missing_ipw.csv")[0].items()}
    y = columns("y4")[:, 0]
    stayed = columns("base", "y1")

    alone = weighted_difference(y, ARM, stayed, covariates=BASE, truncate=(0, 1))
    grouped = weighted_difference(
        y, ARM, stayed, covariates=BASE, truncate=(0, 1), cluster=np.arange(300) // 15
    )

    assert alone.effect.estimate == pytest.approx(said["estimate"], rel=EXACT)
    assert alone.effect.se == pytest.approx(said["se"], rel=DIFFERENTIATED)
    assert grouped.effect.se == pytest.approx(said["clustered"], rel=DIFFERENTIATED)
    assert alone.weights.effective_n == pytest.approx(said["effective"], rel=EXACT)
    assert alone.weights.max_weight == pytest.approx(said["largest"], rel=EXACT)


def test_a_sandwich_that_takes_the_weights_as_known_would_be_noticed() -> None:
    """The defect: the usual robust error, blind to the model behind the weights."""
    said = float(rows("missing_ipw.csv")[0]["se"])
    y = columns("y4")[:, 0]
    seen = ~np.isnan(y)
    w = retention_weights(seen, columns("base", "y1"), treated=ARM, truncate=(0, 1)).weights[seen]
    d = np.column_stack([np.ones(300), ARM, BASE])[seen]
    bread = np.linalg.inv((d * w[:, None]).T @ d)
    left = y[seen] - d @ bread @ d.T @ (w * y[seen])
    score = d * (w * left)[:, None]
    naive = sqrt((bread @ score.T @ score @ bread)[1, 1] * seen.sum() / (seen.sum() - 3))

    assert abs(naive / said - 1) > 100 * DIFFERENTIATED
