"""A lottery in blocks of four: forty columns for a hundred and sixty people are no model."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencia.analysis import evaluate
from evidencia.frames import read_frame
from evidencia.plans import read_plan
from evidencia.results import Result
from evidencia.simulate import Attrition, Design, Outcome, simulate

PLAN = b"""
[study]
title = "Circles"
question = "Is there less violence where men begin now?"
design = "parallel"

[data]
unit = "unit"
wave = "wave"
waves = ["T0", "T1"]
arm = "arm"
control = "0"
block = "block"

[[outcome]]
name = "physical"
label = "physical violence"
kind = "count"
violence = "physical"
primary = true

[missing]
imputations = 10
"""


def evaluated(folder: Path, block_size: int) -> Result:
    study = simulate(
        Design("parallel", units=160, waves=("T0", "T1"), block_size=block_size),
        [Outcome("physical", kind="count", baseline=3.0, zero_inflation=0.4)],
        attrition=Attrition("mar", share=0.2),
        seed=7,
    )
    study.write_csv(folder / "study.csv")
    plan = read_plan(PLAN)
    return evaluate(plan, read_frame(folder / "study.csv", plan))


@pytest.mark.parametrize(("block_size", "left_out"), [(4, True), (40, False)])
def test_many_small_blocks_stay_out_of_the_models_and_the_result_says_so(
    tmp_path: Path, block_size: int, left_out: bool
) -> None:
    result = evaluated(tmp_path, block_size)
    codes = {warning.note.code for warning in result.warnings}
    assert ("analysis.small_blocks" in codes) is left_out
    # Without the rule every block where nothing happened separates, and there is no figure.
    assert [e.method for e in result.estimates if e.role == "primary"] == ["gee"]


def test_the_lottery_is_repeated_within_blocks_all_the_same(tmp_path: Path) -> None:
    methods = {e.method for e in evaluated(tmp_path, 4).estimates}
    assert "randomisation" in methods


def test_a_study_of_people_speaks_of_no_clusters(tmp_path: Path) -> None:
    result = evaluated(tmp_path, 40)
    assert {e.effect.n_clusters for e in result.estimates if e.method.startswith("gee")} == {None}
    assert not any(w.note.code == "counts.few_clusters" for w in result.warnings)
