"""Data of any usual format give the same arrays; what does not fit is told by row and column."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyreadstat
import pytest
import xlsxwriter

from evidencia.frames import Frame, read_frame
from evidencia.plans import DataError, Plan, read_plan

PLAN = """
[data]
unit = "man"
wave = "wave"
waves = ["0", "4"]
arm = "arm"
control = "wait"
covariates = ["age", "town"]
dose = "sessions"
[[outcome]]
name = "fear"
[[outcome]]
name = "hit"
kind = "binary"
"""
COLUMNS = ("man", "wave", "arm", "age", "town", "sessions", "fear", "hit")
CELLS: list[tuple[Any, ...]] = [
    (1, 0, "wait", 30, "Ameca", 0, 9.5, 1),
    (1, 4, "wait", 30, "Ameca", 0, 9, 1),
    (2, 0, "prog", 41, "Tala", 8, 7.25, 0),
    (2, 4, "prog", 41, "Tala", 8, None, None),
    (10, 0, "prog", None, "Tala", 3, 8, 1),
]


def plan(text: str = PLAN) -> Plan:
    return read_plan(text.encode())


def changed(*changes: tuple[int, str, Any]) -> pl.DataFrame:
    rows = [dict(zip(COLUMNS, cells, strict=True)) for cells in CELLS]
    for at, column, value in changes:
        rows[at][column] = value
    return pl.DataFrame({c: pl.Series(c, [r[c] for r in rows], strict=False) for c in COLUMNS})


def csv(path: Path, frame: pl.DataFrame) -> None:
    frame.write_csv(path)


def semicolons(path: Path, frame: pl.DataFrame) -> None:
    path.write_bytes(frame.write_csv(separator=";").replace("Tala", "Tequila ñ").encode("cp1252"))


def xlsx(path: Path, frame: pl.DataFrame) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, frame.columns)
        for at, row in enumerate(frame.rows(), start=1):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(at, place, value)


def parquet(path: Path, frame: pl.DataFrame) -> None:
    frame.write_parquet(path)


def stata(path: Path, frame: pl.DataFrame) -> None:
    pyreadstat.write_dta(pd.DataFrame(frame.to_dict(as_series=False)), str(path))


def spss(path: Path, frame: pl.DataFrame) -> None:
    pyreadstat.write_sav(pd.DataFrame(frame.to_dict(as_series=False)), str(path))


def same(one: Frame, other: Frame) -> None:
    assert list(one.units) == list(other.units)
    assert (one.arms, one.control, one.waves) == (other.arms, other.control, other.waves)
    assert list(one.arm) == list(other.arm)  # type: ignore[call-overload]
    for a, b in zip(one.series, other.series, strict=True):
        np.testing.assert_array_equal(a.values, b.values)
    np.testing.assert_array_equal(one.dose, other.dose)


def test_a_long_table_becomes_one_row_per_unit() -> None:
    frame = read_frame(changed(), plan())

    assert list(frame.units) == ["1", "2", "10"]
    assert frame.arms == ("wait", "prog")
    fear, hit = frame.series
    np.testing.assert_array_equal(fear.values, [[9.5, 9], [7.25, np.nan], [8, np.nan]])
    np.testing.assert_array_equal(hit.values, [[1, 1], [0, np.nan], [1, np.nan]])
    np.testing.assert_array_equal(fear.baseline, [9.5, 7.25, 8])  # type: ignore[arg-type]
    assert fear.after == (1,)
    age, town = frame.covariates
    np.testing.assert_array_equal(age.values, [30, 41, np.nan])  # type: ignore[arg-type]
    assert list(town.categories) == ["Ameca", "Tala", "Tala"]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("data.csv", csv),
        ("data.xlsx", xlsx),
        ("data.parquet", parquet),
        ("data.dta", stata),
        ("data.sav", spss),
    ],
)
def test_every_format_gives_the_same_arrays(
    tmp_path: Path, name: str, write: Callable[[Path, pl.DataFrame], None]
) -> None:
    write(tmp_path / name, changed())
    frame = read_frame(tmp_path / name, plan())

    same(frame, read_frame(changed(), plan()))
    assert frame.sha256 == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()


def test_pandas_at_the_door_gives_the_same_arrays() -> None:
    rows = pd.DataFrame(changed().to_dict(as_series=False))

    same(read_frame(rows, plan()), read_frame(changed(), plan()))


def test_what_excel_in_spanish_writes_is_read(tmp_path: Path) -> None:
    semicolons(tmp_path / "datos.csv", changed())
    frame = read_frame(tmp_path / "datos.csv", plan())

    assert list(frame.covariates[1].categories)[1] == "Tequila ñ"  # type: ignore[arg-type]


def test_a_wide_table_gives_the_same_arrays_as_a_long_one() -> None:
    wide = pl.DataFrame(
        {
            "man": [1, 2, 10],
            "arm": ["wait", "prog", "prog"],
            "age": [30, 41, None],
            "town": ["Ameca", "Tala", "Tala"],
            "sessions": [0, 8, 3],
            "fear_0": [9.5, 7.25, 8],
            "fear_4": [9, None, None],
            "hit_0": [1, 0, 1],
            "hit_4": [1, None, None],
        },
        strict=False,
    )

    long = read_frame(changed(), plan())
    same(read_frame(wide, plan(PLAN.replace('wave = "wave"\n', ""))), long)
    same(read_frame(wide, plan()), long)  # a wave that only the columns say may have a name


def test_without_a_column_the_plan_says_who_reports() -> None:
    text = PLAN.replace('name = "fear"', 'name = "fear"\ninformant = "partner"')
    frame = read_frame(changed(), plan(text))

    assert frame.informants == ("partner",)
    assert [one.informant for one in frame.series] == ["partner", None]


def test_the_order_of_the_rows_does_not_matter() -> None:
    same(read_frame(changed()[::-1], plan()), read_frame(changed(), plan()))


def told(source: object, text: str = PLAN) -> dict[str, dict[str, Any]]:
    with pytest.raises(DataError) as caught:
        read_frame(source, plan(text))
    assert caught.value.text("es") != caught.value.text("en")
    return {note.code: dict(note.values) for note in caught.value.notes}


@pytest.mark.parametrize(
    ("change", "code", "values"),
    [
        ((3, "man", 1), "data.duplicate", {"unit": "1", "wave": "4", "n": 1}),
        ((1, "arm", "prog"), "data.changes", {"unit": "1", "column": "arm"}),
        ((1, "age", 31), "data.changes", {"unit": "1", "column": "age"}),
        ((2, "fear", "seven"), "data.not_a_number", {"column": "fear", "value": "seven"}),
        ((2, "hit", 2), "data.not_allowed", {"column": "hit", "value": "2"}),
        ((2, "wave", 5), "data.unknown_wave", {"value": "5", "column": "wave"}),
        ((2, "arm", None), "data.empty_cell", {"column": "arm", "role": "arm"}),
        ((2, "man", None), "data.empty_cell", {"column": "man"}),
        ((0, "arm", "Wait "), "data.arm_spelt_twice", {"column": "arm"}),
    ],
)
def test_what_does_not_fit_is_told_by_row_and_column(
    tmp_path: Path, change: tuple[int, str, Any], code: str, values: dict[str, Any]
) -> None:
    frame = changed()
    at, column, value = change
    cells = [value if place == at else cell for place, cell in enumerate(frame[column])]
    spoilt = frame.with_columns(pl.Series(column, [None if c is None else str(c) for c in cells]))
    spoilt.write_csv(tmp_path / "data.csv")
    notes = told(tmp_path / "data.csv")

    assert values.items() <= notes[code].items()
    if code != "data.arm_spelt_twice":
        assert at + 2 in (notes[code]["row"], notes[code].get("first"))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('control = "wait"', 'control = "wiat"', "data.unknown_control"),
        ('control = "wait"', "", "data.which_control"),
        ('control = "wait"', 'control = "wait"\narms = ["wait", "progg"]', "data.unknown_arm"),
        ('name = "fear"', 'name = "feer"', "data.no_column"),
        ('["0", "4"]', '["0", "4", "9"]', "data.no_wave"),
        ('["age", "town"]', '["agee"]', "data.no_column"),
    ],
)
def test_a_plan_of_other_data_is_told_with_the_nearest_name(old: str, new: str, code: str) -> None:
    notes = told(changed(), PLAN.replace(old, new))

    assert code in notes
    if "nearest" in notes[code]:
        assert notes[code]["nearest"] in ("wait", "fear", "age", "progg")


def test_a_single_arm_in_a_comparison_is_told() -> None:
    assert "data.one_arm" in told(changed(*((at, "arm", "wait") for at in range(5))))


def test_a_usual_name_settles_which_arm_is_the_control_and_says_so() -> None:
    rows = changed().with_columns(pl.col("arm").replace("wait", "Control"))
    frame = read_frame(rows, plan(PLAN.replace('control = "wait"\n', "")))

    assert frame.control == "Control"
    assert "data.control_by_its_name" in [note.code for note in frame.notes]


def test_a_cluster_in_two_arms_is_told() -> None:
    text = PLAN.replace("[data]", '[study]\ndesign = "cluster_parallel"\n[data]\ncluster = "town"')
    notes = told(changed((0, "town", "Tala"), (1, "town", "Tala")), text.replace(', "town"]', "]"))

    assert notes["data.cluster_in_two_arms"]["cluster"] == "Tala"


def test_files_that_cannot_be_read_are_sentences(tmp_path: Path) -> None:
    (tmp_path / "data.doc").write_text("x")
    (tmp_path / "data.xlsx").write_text("no workbook")
    (tmp_path / "empty.csv").write_text("man,wave\n")
    (tmp_path / "twice.csv").write_text("man,man\n1,2\n")

    assert "data.unknown_format" in told(tmp_path / "data.doc")
    assert "data.unreadable" in told(tmp_path / "data.xlsx")
    assert "data.no_file" in told(tmp_path / "none.csv")
    assert "data.empty" in told(tmp_path / "empty.csv")
    assert "data.repeated_header" in told(tmp_path / "twice.csv")


def test_empty_cells_of_the_usual_programs_are_empty(tmp_path: Path) -> None:
    for mark in ("", "NA", ".", "NaN", "N/A"):
        text = changed().write_csv().replace("2,4,prog,41,Tala,8,,", f"2,4,prog,41,Tala,8,{mark},")
        (tmp_path / "data.csv").write_text(text)
        frame = read_frame(tmp_path / "data.csv", plan())
        assert np.isnan(frame.series[0].values[1, 1]), mark


def test_a_primary_informant_that_nobody_is_is_told() -> None:
    text = PLAN.replace('unit = "man"', 'unit = "man"\ninformant = "who"')
    text = text.replace('name = "fear"', 'name = "fear"\ninformant = "partner"', 1)
    rows = changed().with_columns(who=pl.lit("man"))

    assert told(rows, text)["data.no_informant"]["informant"] == "partner"
