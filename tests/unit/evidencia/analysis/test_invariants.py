"""What must not change a number: the order of rows, the names of arms, the unit of measure."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.evidencia.analysis.studies import PLAN, Study, rows

from evidencia.analysis import adjust
from evidencia.results import Result, as_document, as_json
from evidencia.words import Note, Refusal

EXAMPLES = 6
ROWS = rows(n=50)


def numbers(result: Result) -> list[tuple[str, float]]:
    return [(f"{e.method} {e.wave}", e.effect.estimate) for e in result.estimates]


@settings(max_examples=EXAMPLES)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(luck: Any) -> None:
    order = list(range(ROWS.height))
    luck.shuffle(order)

    assert numbers(Study(ROWS[order], PLAN).result()) == numbers(Study(ROWS, PLAN).result())


@settings(max_examples=EXAMPLES)
@given(st.lists(st.text("abcxyz ñ", min_size=1, max_size=6), min_size=2, max_size=2))
def test_the_names_of_the_arms_change_nothing_but_the_names(names: list[str]) -> None:
    control, arm = f"1 {names[0].strip()}c", f"2 {names[1].strip()}p"
    said = {"waitlist": control, "programme": arm}
    renamed = Study(
        ROWS.with_columns(pl.col("arm").replace(said)),
        PLAN.replace('"waitlist"', json.dumps(control, ensure_ascii=False)),
    ).result()

    first = {e.contrast for e in renamed.estimates}
    assert first == {f"{arm} vs {control}"}
    same = [n for n in numbers(renamed) if not n[0].startswith(_DRAWN)]
    assert same == [
        (name, pytest.approx(value, abs=1e-9))
        for name, value in numbers(Study(ROWS, PLAN).result())
        if not name.startswith(_DRAWN)
    ]


# Imputations are drawn arm by arm in the order of their names; other names, other luck.
_DRAWN = ("mi", "jump", "returns")


@settings(max_examples=EXAMPLES)
@given(st.floats(0.1, 50), st.floats(-100, 100))
def test_the_unit_of_measure_changes_the_unit_and_nothing_else(scale: float, shift: float) -> None:
    other = Study(ROWS.with_columns(fear=pl.col("fear") * scale + shift), PLAN).result()
    for before, after in zip(Study(ROWS, PLAN).result().estimates, other.estimates, strict=True):
        assert after.method == before.method
        expected = before.effect.estimate * scale
        assert after.effect.estimate == pytest.approx(expected, rel=2e-3, abs=2e-3 * scale)
        if before.effect.p is not None and before.role == "primary":
            assert after.effect.p == pytest.approx(before.effect.p, abs=2e-3)


def test_turning_the_arms_around_turns_the_sign_around() -> None:
    turned = Study(ROWS, PLAN.replace('control = "waitlist"', 'control = "programme"')).result()
    for method in ("mmrm", "complete_case"):
        here = [
            e.effect.estimate for e in Study(ROWS, PLAN).result().estimates if e.method == method
        ]
        there = [e.effect.estimate for e in turned.estimates if e.method == method]
        assert there == [pytest.approx(-value, abs=1e-7) for value in here]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("holm", [0.03, 0.06, 0.06, 0.02]),
        ("bonferroni", [0.04, 0.16, 0.12, 0.02]),
        ("bh", [0.02, 0.04, 0.04, 0.02]),
        ("none", [0.01, 0.04, 0.03, 0.005]),
    ],
)
def test_corrections_are_the_published_ones(method: Any, expected: list[float]) -> None:
    # R: p.adjust(c(.01, .04, .03, .005), method)
    assert adjust([0.01, 0.04, 0.03, 0.005], method) == pytest.approx(expected)


# --- Thin studies: a number with its warning, or a sentence; never a NaN --------------------------


@pytest.mark.parametrize("n", [2, 3, 4, 5, 8])
@pytest.mark.parametrize("kind", ["fear continuous", "hit binary", "hits count", "grade ordinal"])
def test_very_few_people_give_a_sentence_and_never_a_silent_nan(n: int, kind: str) -> None:
    name, its = kind.split()
    plan = PLAN.replace('name = "fear"\nkind = "continuous"', f'name = "{name}"\nkind = "{its}"')
    result = Study(rows(n=n), plan).result()

    assert result.estimates or result.warnings
    assert "NaN" not in as_json(result)


@pytest.mark.parametrize(
    "spoil",
    [
        pl.lit(7.0).alias("fear"),
        pl.when(pl.col("wave") == "T2").then(None).otherwise(pl.col("fear")).alias("fear"),
        pl.when(pl.col("arm") == "waitlist").then(None).otherwise(pl.col("fear")).alias("fear"),
        pl.when(pl.col("wave") == "T0").then(None).otherwise(pl.col("fear")).alias("fear"),
    ],
    ids=["no variance", "all missing at the last wave", "an arm without answers", "no baseline"],
)
@pytest.mark.parametrize("design", ["parallel", "single_arm"])
def test_empty_corners_are_said(spoil: pl.Expr, design: str) -> None:
    plan = PLAN
    if design == "single_arm":
        plan = PLAN.replace('arm = "arm"\ncontrol = "waitlist"\n', "").replace("parallel", design)
    result = Study(ROWS.with_columns(spoil), plan).result()

    assert result.warnings
    assert "NaN" not in as_json(result)


@pytest.mark.parametrize("kind", ["fear continuous", "hit binary"])
def test_an_arm_where_nobody_answered_is_never_read_in_another_s_place(kind: str) -> None:
    """The seeded defect: a constant arm column, dropped, would leave age to be read as the arm."""
    name, its = kind.split()
    plan = PLAN.replace('name = "fear"\nkind = "continuous"', f'name = "{name}"\nkind = "{its}"')
    silent = pl.when((pl.col("arm") == "waitlist") & (pl.col("wave") != "T0")).then(None)
    result = Study(ROWS.with_columns(silent.otherwise(pl.col(name)).alias(name)), plan).result()

    assert not [e for e in result.estimates if e.role == "primary"]
    drawn = ("mi", "jump_to_reference", "returns_to_baseline")
    assert not [e.method for e in result.estimates if e.method not in drawn]


@pytest.mark.parametrize("method", ["mixed", "cr2", "wild_bootstrap", "cluster_means"])
def test_one_cluster_an_arm_is_refused_with_its_reason(method: str) -> None:
    plan = PLAN.replace('arm = "arm"', 'arm = "arm"\ncluster = "group"')
    plan = plan.replace("[inference]", f'[inference]\ncluster_method = "{method}"')
    result = Study(rows(n=40, clusters=2), plan).result()

    primary = [e for e in result.estimates if e.role == "primary"]
    assert not primary or primary[0].effect.notes
    assert result.warnings
    for caution in result.warnings:
        assert caution.note.text("es") and caution.note.text("en")


def test_a_refusal_stands_where_its_number_would_be(
    trial: Callable[..., Study], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise Refusal(Note.of("analysis.all_the_same"))

    monkeypatch.setattr("evidencia.analysis.primary.mmrm", refuse)
    result = trial().result()

    assert not [e for e in result.estimates if e.method == "mmrm"]
    told = [(c.outcome, c.method, c.note.code) for c in result.warnings]
    assert ("fear", "mmrm", "analysis.all_the_same") in told


# --- The document ---------------------------------------------------------------------------------

SCHEMA = Path(__file__).parents[4] / "src" / "evidencia" / "results" / "result.schema.json"
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


def check(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "$") -> None:
    """The part of JSON Schema that our file uses."""
    if "$ref" in schema:
        check(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, at)
    elif "anyOf" in schema:
        if value is not None:
            check(value, schema["anyOf"][0], root, at)
    elif "enum" in schema or "const" in schema:
        assert value in schema.get("enum", [schema.get("const")]), f"{at}: {value!r}"
    else:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        assert any(isinstance(value, TYPES[name]) for name in names), f"{at}: {value!r}"
        assert not isinstance(value, bool) or "boolean" in names, at
        inside(value, schema, root, at)


def inside(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str) -> None:
    if isinstance(value, dict) and "properties" in schema:
        assert set(schema["required"]) == set(value) == set(schema["properties"]), at
        for name, item in value.items():
            check(item, schema["properties"][name], root, f"{at}.{name}")
    if isinstance(value, list):
        for place, item in enumerate(value):
            check(item, schema["items"], root, f"{at}[{place}]")


def test_the_document_follows_its_schema(trial: Callable[..., Study]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    document = json.loads(as_json(trial().result()))
    check(document, schema, schema)

    assert list(document)[:3] == ["schema_version", "plan_sha256", "data_sha256"]
    with pytest.raises(AssertionError):
        check({**document, "estimates": [{"outcome": 3}]}, schema, schema)
    with pytest.raises(AssertionError):
        check({**document, "made_up": 1}, schema, schema)


def test_limits_without_end_are_null(trial: Callable[..., Study]) -> None:
    document = as_document(trial().result())

    assert "Infinity" not in json.dumps(document)
