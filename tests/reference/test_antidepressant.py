"""The antidepressant trial, with the numbers that others published.

PUBLISHED: complete-case analysis of covariance, DRUG − PLACEBO at visit 7, −2.657 (1.174), closed
formulas printed with three decimals. Jump to reference (reference PLACEBO, pooled covariance,
change from baseline, analysis adjusted for baseline) as printed by the authors of the R package
`rbmi`, as PLACEBO − DRUG: visit 5 1.333 (0.923), visit 6 1.950 (0.994), visit 7 2.169 (1.120).

Their numbers are Monte Carlo: with B between imputations and THEIRS of them (150 in their
vignette), an estimate moves by √(B / THEIRS) and a standard error by about
B √(2 / THEIRS) / (2 SE). THREE such errors are allowed. Their conditional-mean version has no
Monte Carlo and gives 2.126 at visit 7; NEAR is three of our own errors, √(B / 2000) being 0.01.
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
    attrition_flow,
    complete_case,
    impute_normal,
    impute_reference,
    tipping_point,
)

PUBLISHED = 0.0005 + 1e-9
THEIRS = 150
OURS = 2000
THREE = 3.0
CONDITIONAL_MEAN, NEAR = 2.126, 0.03
DATA = Path(__file__).parents[1] / "data" / "antidepressant" / "antidepressant_data.csv"


class Trial:
    """172 people, change of the score at four visits."""

    def __init__(self) -> None:
        with DATA.open(newline="") as handle:
            table = list(csv.DictReader(handle))
        people = sorted({row["PATIENT"] for row in table})
        self.y = np.full((len(people), 4), np.nan)
        self.arm = np.empty(len(people), dtype=object)
        self.baseline = np.empty(len(people))
        for row in table:
            who = people.index(row["PATIENT"])
            self.y[who, int(row["VISIT"]) - 4] = float(row["CHANGE"])
            self.arm[who], self.baseline[who] = row["THERAPY"], float(row["BASVAL"])

    def drug(self, imputations: Imputations, visit: int) -> Pooled:
        return analyse_ancova(
            imputations,
            self.arm,
            control="PLACEBO",
            covariates=self.baseline,
            wave=visit - 4,
        )["DRUG"]


@pytest.fixture(scope="module")
def trial() -> Trial:
    return Trial()


@pytest.fixture(scope="module")
def jumped(trial: Trial) -> Imputations:
    return impute_reference(
        trial.y,
        trial.arm,
        reference="PLACEBO",
        strategy="jump_to_reference",
        covariates=trial.baseline,
        imputations=OURS,
        seed=2013,
        by_arm=False,
    )


def test_the_flow_is_the_one_described(trial: Trial) -> None:
    flow = attrition_flow(~np.isnan(trial.y), trial.arm)

    assert [arm.n for arm in flow.arms] == [84, 88]
    assert flow.everyone.observed.tolist() == [172, 158, 149, 129]
    assert (flow.everyone.complete, flow.everyone.intermittent) == (128, 1)


def test_the_complete_case_difference_is_the_published_one(trial: Trial) -> None:
    effect = complete_case(trial.y[:, 3], trial.arm, control="PLACEBO", covariates=trial.baseline)[
        "DRUG"
    ]

    assert effect.estimate == pytest.approx(-2.657, abs=PUBLISHED)
    assert effect.se == pytest.approx(1.174, abs=PUBLISHED)
    assert effect.df == 129 - 3


def within_their_chance(ours: Pooled, estimate: float, se: float) -> bool:
    between, error = ours.between, ours.effect.se or 0.0
    of_estimate = sqrt(between * (1 / THEIRS + 1 / OURS))
    of_se = between * sqrt(2 / THEIRS) / (2 * error)
    return (
        abs(-ours.effect.estimate - estimate) < THREE * of_estimate
        and abs(error - se) < THREE * of_se
    )


@pytest.mark.parametrize(
    ("visit", "estimate", "se"), [(5, 1.333, 0.923), (6, 1.950, 0.994), (7, 2.169, 1.120)]
)
def test_jump_to_reference_is_the_published_one(
    trial: Trial, jumped: Imputations, visit: int, estimate: float, se: float
) -> None:
    assert within_their_chance(trial.drug(jumped, visit), estimate, se)


def test_jump_to_reference_is_near_the_answer_without_chance(
    trial: Trial, jumped: Imputations
) -> None:
    assert -trial.drug(jumped, 7).effect.estimate == pytest.approx(CONDITIONAL_MEAN, abs=NEAR)


@pytest.mark.parametrize("wrong", ["at random", "copy_increments", "copy_reference"])
def test_another_assumption_would_be_noticed(trial: Trial, wrong: str) -> None:
    """The published number tells jumping from the other assumptions."""
    options = {"covariates": trial.baseline, "imputations": OURS, "seed": 2013, "by_arm": False}
    drawn = (
        impute_normal(trial.y, trial.arm, **options)  # type: ignore[arg-type]
        if wrong == "at random"
        else impute_reference(
            trial.y,
            trial.arm,
            reference="PLACEBO",
            strategy=wrong,
            **options,  # type: ignore[arg-type]
        )
    )

    assert not within_their_chance(trial.drug(drawn, 7), 2.169, 1.120)


def test_the_conclusion_tips_before_the_drug_is_useless_to_those_who_left(trial: Trial) -> None:
    at_random = impute_normal(
        trial.y, trial.arm, covariates=trial.baseline, imputations=500, seed=1, by_arm=False
    )

    found = tipping_point(
        at_random,
        trial.arm,
        control="PLACEBO",
        treated="DRUG",
        deltas=np.arange(0, 11),
        covariates=trial.baseline,
    )

    assert found.significant_at_zero
    assert found.tipping is not None
    assert 0 < found.tipping < 10
    p = [effect.p for effect in found.effects if effect.p is not None]
    place = int(np.searchsorted(found.deltas, found.tipping))
    assert p[place - 1] < 0.05 < p[place]
