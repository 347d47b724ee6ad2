"""Effect on compliers against AER::ivreg and sandwich, and NSW and STAR as published.

Tolerances. R_TOLERANCE: closed formulas on both sides, so only rounding differs. ROOT: R's limits
are roots found by ``uniroot`` to about 1e-9. The published figures have the decimals given there.
"""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from tests import shared_data

from evidencia import Refusal
from evidencia.compliance import Cace, anderson_rubin, cace, dose_response

R_TOLERANCE = 1e-9
ROOT = 1e-7

BASELINES = Path(__file__).parent / "r"
CASES = ("strong", "middling", "weak", "faint")
MODELS = ("plain", "adjusted", "clustered", "blocked")
EVERY = [(case, model) for case in CASES for model in MODELS]


def rows(file: str, **where: str) -> list[dict[str, str]]:
    with (BASELINES / file).open(newline="") as handle:
        return [row for row in csv.DictReader(handle) if where.items() <= row.items()]


def theirs(case: str, model: str, quantity: str) -> list[float]:
    found = rows("compliance.csv", case=case, model=model, quantity=quantity)
    return [float(row["value"]) for row in found]


def column(case: str, name: str) -> np.ndarray:
    return np.array([float(row[name]) for row in rows("compliance_data.csv", case=case)])


def extras(case: str, model: str) -> dict[str, np.ndarray]:
    made: dict[str, np.ndarray] = {}
    if model in ("adjusted", "blocked"):
        made["covariates"] = column(case, "before")
    if model in ("clustered", "blocked"):
        made["cluster"] = column(case, "cluster")
    if model == "blocked":
        made["block"] = column(case, "block")
    return made


def data(case: str) -> list[np.ndarray]:
    return [column(case, name) for name in ("outcome", "uptake", "assigned")]


def ours(case: str, model: str) -> Cace:
    return cace(*data(case), minimum_f=0.0, **extras(case, model))


@pytest.mark.parametrize(("case", "model"), EVERY)
def test_two_stages_are_those_of_ivreg(case: str, model: str) -> None:
    fit = ours(case, model)

    for quantity, got in {
        "estimate": fit.effect.estimate,
        "se": fit.two_stage.se,
        "first": fit.first_stage.estimate,
        "first_se": fit.first_stage.se,
        "itt": fit.intention_to_treat.estimate,
        "itt_se": fit.intention_to_treat.se,
        "f": fit.f,
    }.items():
        assert [got] == pytest.approx(theirs(case, model, quantity), rel=R_TOLERANCE), quantity


@pytest.mark.parametrize(("case", "model"), EVERY)
def test_the_anderson_rubin_set_is_what_lm_does_not_reject(case: str, model: str) -> None:
    found = anderson_rubin(*data(case), **extras(case, model))
    limits = [end for piece in found.intervals for end in piece if np.isfinite(end)]

    assert limits == pytest.approx(theirs(case, model, "limit"), rel=ROOT)
    assert found.contains(-500.0) == bool(theirs(case, model, "inside_far_left")[0])


def test_the_baselines_hold_every_kind_of_set() -> None:
    shapes = {anderson_rubin(*data(case), **extras(case, model)).shape for case, model in EVERY}

    assert shapes == {"interval", "two_rays", "everything"}


@pytest.mark.parametrize("model", MODELS)
def test_the_weak_lottery_is_refused(model: str) -> None:
    with pytest.raises(Refusal) as refusal:
        cace(*data("weak"), **extras("weak", model))

    assert refusal.value.note.code == "compliance.weak"


@pytest.mark.parametrize(("case", "model"), EVERY)
def test_the_slope_by_dose_is_that_of_lm(case: str, model: str) -> None:
    outcome, uptake, _ = data(case)
    slope = dose_response(outcome, uptake, **extras(case, model)).slope

    assert [slope.estimate] == pytest.approx(theirs(case, model, "slope"), rel=R_TOLERANCE)
    assert [slope.se] == pytest.approx(theirs(case, model, "slope_se"), rel=R_TOLERANCE)


def test_forgetting_the_clusters_would_be_noticed() -> None:
    """Seeded defect: the variance of people taken one by one."""
    wrong = cace(*data("strong"))

    assert [wrong.two_stage.se] != pytest.approx(theirs("strong", "clustered", "se"), rel=1e-3)


def published(file: str) -> list[dict[str, str]]:
    path = shared_data.find("dropout_benchmarks", file)
    opener = gzip.open if file.endswith(".gz") else open
    with opener(path, "rt", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize(
    ("file", "arm", "effect"), [("nsw_mixtape.csv", "treat", 1794), ("nswdemo.csv", "trt", 886)]
)
def test_with_full_uptake_it_is_the_published_effect_of_nsw(
    file: str, arm: str, effect: int
) -> None:
    """LaLonde (1986), and the sample of Dehejia & Wahba (1999), in whole dollars."""
    table = published(file)
    treated = np.array([float(row[arm]) for row in table])
    fit = cace([float(row["re78"]) for row in table], treated, treated)

    assert round(fit.effect.estimate) == effect
    assert fit.f == np.inf
    assert fit.effect.estimate == pytest.approx(fit.intention_to_treat.estimate)


def test_with_full_uptake_it_is_the_published_effect_of_star() -> None:
    """Stock & Watson, table 13.1, kindergarten: small class 13.90 (2.45, robust)."""
    table = [row for row in published("STAR.csv.gz") if row["readk"] and row["mathk"]]
    score = [float(row["readk"]) + float(row["mathk"]) for row in table]
    small = np.array([row["stark"] == "small" for row in table], dtype=float)
    aide = np.array([row["stark"] == "regular+aide" for row in table], dtype=float)
    effect = cace(score, small, small, covariates=aide).intention_to_treat

    assert len(table) == 5786
    assert round(effect.estimate, 2) == 13.90
    assert effect.se == pytest.approx(2.45, abs=0.005)
