"""What an evaluation says of a programme whose truth is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencia.analysis import evaluate
from evidencia.findings import find
from evidencia.frames import read_frame
from evidencia.plans import read_plan
from evidencia.results import Result
from evidencia.simulate.programme import draw_programme, model, write_programme


def evaluated(folder: Path, scenario: str) -> Result:
    drawn = draw_programme(model("insp-2010"), scenario=scenario, seed=1)  # type: ignore[arg-type]
    write_programme(drawn, folder, seed=1)
    plan = read_plan(folder / "PLAN.toml")
    return evaluate(plan, read_frame(folder / "answers.csv", plan))


def change(result: Result, informant: str) -> tuple[float, float, float]:
    (found,) = (
        e
        for e in result.estimates
        if (e.outcome, e.informant, e.method, e.wave) == ("physical", informant, "change", "T4")
    )
    assert found.effect is not None
    return found.effect.estimate, found.effect.ci_low, found.effect.ci_high


def test_of_a_programme_that_changes_nothing_men_report_success_and_partners_do_not(
    tmp_path: Path,
) -> None:
    result = evaluated(tmp_path, "null")

    his, _, his_high = change(result, "man")
    _, low, high = change(result, "partner")
    assert his == pytest.approx(-0.274, abs=0.001)  # as docs/simulator.md says
    assert his_high < 0
    assert low < 0 < high


def test_no_sentence_claims_that_the_programme_did_it(tmp_path: Path) -> None:
    findings = find(evaluated(tmp_path, "benefit"))
    codes = {note.code for finding in findings for note in finding.must_not_say}
    assert "findings.not.thanks_to" in codes
    assert "findings.not.pool" in codes


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_plan_beside_the_tables_is_a_plan_that_can_be_read(
    tmp_path: Path, language: str
) -> None:
    drawn = draw_programme(model("gendes"), men=20, seed=1)
    write_programme(drawn, tmp_path, seed=1, language=language)  # type: ignore[arg-type]
    plan = read_plan(tmp_path / "PLAN.toml")
    assert plan.study.language == language
    assert [outcome.name for outcome in plan.primaries] == ["physical"]
    assert {outcome.informant for outcome in plan.outcomes} == {"partner"}
