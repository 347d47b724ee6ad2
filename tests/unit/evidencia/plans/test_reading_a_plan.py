"""A plan is read whole, or refused in sentences that say where and what instead."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from evidencia.plans import DELTAS, PlanError, plan_schema, read_plan

ROOT = Path(__file__).parents[4]
SMALL = """
[data]
unit = "man"
wave = "wave"
waves = ["T0", "T4"]
arm = "arm"
control = "waitlist"

[[outcome]]
name = "fear"
"""


def refused(text: str) -> PlanError:
    with pytest.raises(PlanError) as caught:
        read_plan(text.encode())
    return caught.value


def codes(text: str) -> list[str]:
    return [note.code for note in refused(text).notes]


def test_everything_omitted_has_its_default() -> None:
    plan = read_plan(SMALL.encode())

    assert plan.study.design == "parallel"
    assert plan.study.randomised
    assert plan.study.language == "es"
    (outcome,) = plan.outcomes
    assert (outcome.kind, outcome.direction, outcome.primary) == (
        "continuous",
        "lower_is_better",
        True,
    )
    assert outcome.label == "fear"
    assert plan.missing.imputations == 100
    assert plan.missing.deltas == DELTAS
    assert plan.inference.df == "kenward_roger"
    assert plan.inference.permutations == 9_999
    assert plan.inference.multiplicity == "holm"


def test_stopping_attendance_is_treatment_policy_unless_the_plan_says_otherwise() -> None:
    (event,) = read_plan(SMALL.encode()).study.estimand.intercurrent_events

    assert event.strategy == "treatment_policy"


def test_the_attributes_of_the_estimand_are_data() -> None:
    text = SMALL + '[[estimand.intercurrent]]\nevent = "is detained"\nstrategy = "hypothetical"\n'
    (event,) = read_plan(text.encode()).study.estimand.intercurrent_events

    assert (event.event, event.strategy) == ("is detained", "hypothetical")


def test_extreme_bounds_are_for_lost_clusters() -> None:
    assert "extreme_bounds" not in read_plan(SMALL.encode()).missing.methods
    clustered = SMALL.replace("[data]\n", '[data]\ncluster = "group"\n')
    assert "extreme_bounds" in read_plan(clustered.encode()).missing.methods


def test_what_is_left_empty_is_left_out() -> None:
    text = SMALL.replace("[data]", '[study]\nquestion = ""\n[data]\ncluster = ""\ncovariates = []')

    assert read_plan(text.encode()).data == read_plan(SMALL.encode()).data


def test_waves_and_values_may_be_whole_numbers() -> None:
    text = SMALL.replace('["T0", "T4"]', "[0, 4]").replace('"waitlist"', "0")
    plan = read_plan(text.encode())

    assert plan.data.waves == ("0", "4")
    assert plan.data.control == "0"


@pytest.mark.parametrize(
    ("wrong", "right", "line", "word"),
    [
        ("unit =", "untit =", 3, "unit"),
        ("[data]", "[dat]", 2, "data"),
        ("[[outcome]]", "[[outcomes]]", 9, "outcome"),
        ('name = "fear"', 'nmae = "fear"', 10, "name"),
        ('name = "fear"', 'name = "fear"\nkind = "cuont"', 11, "count"),
        ('name = "fear"', 'name = "fear"\ndirection = "lower"', 11, "lower_is_better"),
        ("[data]", '[study]\ndesign = "wedge"\n[data]', 3, "stepped_wedge"),
        ("[data]", '[missing]\nmethods = ["jump"]\n[data]', 3, "jump_to_reference"),
        ("[data]", '[inference]\ndf = "kenward"\n[data]', 3, "kenward_roger"),
    ],
)
@pytest.mark.parametrize("language", ["es", "en"])
def test_what_is_misspelt_is_told_with_its_line_and_the_nearest_right_word(
    wrong: str, right: str, line: int, word: str, language: str
) -> None:
    said = refused(SMALL.replace(wrong, right)).text(language)  # type: ignore[arg-type]

    first = said.splitlines()[0]
    assert f"{'Línea' if language == 'es' else 'Line'} {line}:" in first
    assert word in first


def test_every_mistake_is_told_at_once_and_in_the_order_of_the_file() -> None:
    text = SMALL.replace("unit", "untit").replace("control", "contorl")

    assert [dict(note.values)["line"] for note in refused(text).notes] == [3, 7]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("imputations", "1", "plan.out_of_range"),
        ("imputations", "1.5", "plan.not_whole"),
        ("imputations", "true", "plan.not_whole"),
        ("imputations", '"100"', "plan.not_whole"),
        ("deltas", "[0, 0]", "plan.not_numbers"),
        ("deltas", "[nan]", "plan.not_numbers"),
        ("methods", "mi", "plan.not_toml"),
        ("methods", '"mi"', "plan.not_texts"),
        ("methods", '["mi", "mi"]', "plan.not_texts"),
        ("seed", "-1", "plan.out_of_range"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told(key: str, value: str, code: str) -> None:
    assert codes(f"{SMALL}[missing]\n{key} = {value}\n") == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "plan.no_outcome"),
        ("[[outcome]]\n", "plan.missing_key"),
        ("[outcome]\nname = 'fear'\n", "plan.not_tables"),
        ("[study\n", "plan.not_toml"),
        (SMALL + "baseline = 'T4'\n", "plan.baseline_not_first"),
        (SMALL + "kind = 'time_to_event'\n", "plan.time_without_event"),
        (SMALL + "event = 'left'\n", "plan.event_without_time"),
        (SMALL + "[[outcome]]\nname = 'fear'\n", "plan.repeated_outcome"),
        (SMALL + "[inference]\ncluster_method = 'cr2'\n", "plan.method_without_cluster"),
        (SMALL + "[study]\ndesign = 'cluster_parallel'\n", "plan.needs_column"),
        (SMALL + "[study]\ndesign = 'single_arm'\n", "plan.arm_without_comparison"),
        (SMALL.replace('arm = "arm"\n', ""), "plan.control_without_arm"),
        (SMALL.replace('"arm"', '"man"'), "plan.one_column_twice"),
        (SMALL.replace('arm = "arm"', 'arm = "arm"\ninformant = "who"'), "plan.which_informant"),
        (SMALL.replace('unit = "man"\n', ""), "plan.needs_column"),
    ],
)
def test_an_impossible_plan_is_refused_with_its_reason(text: str, code: str) -> None:
    assert code in codes(text)


def test_a_file_that_is_not_there_or_not_text_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as caught:
        read_plan(tmp_path / "PLAN.toml")
    assert caught.value.notes[0].code == "plan.no_file"
    with pytest.raises(PlanError) as caught:
        read_plan(b"\xff\xfe\x00")
    assert caught.value.notes[0].code == "plan.not_utf8"


def test_a_key_inside_a_long_text_is_no_key() -> None:
    text = f'[study]\nquestion = """\nuntit = 3\n"""\n{SMALL.replace("unit =", "untit =")}'

    assert [dict(note.values)["line"] for note in refused(text).notes] == [7]


@pytest.mark.parametrize("example", ["antidepressant", "uganda"])
def test_the_examples_are_plans(example: str) -> None:
    path = ROOT / "examples" / example / "PLAN.toml"

    assert read_plan(path).primaries
    assert tomllib.loads(path.read_text())["study"]["design"]


def test_the_schema_beside_the_code_is_the_code() -> None:
    path = ROOT / "src" / "evidencia" / "plans" / "plan.schema.json"

    assert json.loads(path.read_text(encoding="utf-8")) == plan_schema()
