"""Whatever is written in a sheet: no crash, and every row in exactly one place."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tequio.circles.registers import (
    Fate,
    Mapping,
    RegisterPlan,
    build_plan,
    examine,
    mapping_from_dict,
    mapping_to_dict,
    suggest_mapping,
    unknowable,
)
from tequio.core.tabular import Sheet, Span, Workbook

_WORDS = [
    "Nombre", "Apellido", "Clave", "Sexo", "Fecha", "Sesión", "Asistencia", "S1", "S2", "Sesión 3",
    "FUAT 4-5", "7/11", "14/11", "Noviembre 2023", "Grupo: A", "Total", "A = asistencia", "No.",
    "Ana Gil", "Luis Díaz", "x", "✓", "A", "F", "J", "?", "=1+1", "", " ", "II", "mar 14", "31/02",
]  # fmt: skip
_CELLS = st.one_of(
    st.none(),
    st.sampled_from(_WORDS),
    st.text(max_size=12),
    st.integers(-3, 60),
    st.integers(),
    st.floats(allow_nan=True),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
)
_GRIDS = st.lists(st.lists(_CELLS, max_size=7), max_size=10)
_SPANS = st.builds(Span, *[st.integers(0, 9)] * 4)
_SHEETS = st.builds(
    lambda name, grid, merged: Sheet(name, tuple(map(tuple, grid)), tuple(merged)),
    st.sampled_from(["Hoja1", "Noviembre 2023", "Sesión 2", "Grupo A", "14/03/2024"]),
    _GRIDS,
    st.lists(_SPANS, max_size=2),
)
_BOOKS = st.lists(_SHEETS, max_size=3, unique_by=lambda sheet: sheet.name).map(
    lambda sheets: Workbook(tuple(sheets))
)


def _adds_up(plan: RegisterPlan, workbook: Workbook) -> bool:
    rows = {(sheet.name, row) for sheet in workbook.sheets for row in range(len(sheet.rows))}
    places = [(fate.sheet, fate.row) for fate in plan.fates]
    unattributed = [fate for fate in plan.fates if fate.fate is Fate.UNATTRIBUTED]
    return (
        set(places) == rows
        and len(places) == len(rows) == plan.rows_total == plan.account.total
        and len(unattributed) == len(plan.unattributed) == plan.account.unattributed
    )


@given(_BOOKS)
def test_any_grid_is_read_and_adds_up(workbook: Workbook) -> None:
    plan = build_plan(workbook, suggest_mapping(workbook))

    assert _adds_up(plan, workbook)
    assert all(isinstance(sentence, str) for sentence in unknowable(plan))
    assert len({(mark.person, mark.session) for mark in plan.marks}) == len(plan.marks)
    assert {mark.person for mark in plan.marks} <= {person.key for person in plan.people}
    assert [session.index for session in plan.sessions] == list(range(len(plan.sessions)))


@given(_BOOKS, _BOOKS)
def test_a_mapping_made_for_another_file_never_crashes(one: Workbook, other: Workbook) -> None:
    mapping = mapping_from_dict(json.loads(json.dumps(mapping_to_dict(suggest_mapping(one)))))

    assert _adds_up(build_plan(other, mapping), other)
    assert _adds_up(build_plan(other, examine(other, [mapping]).mapping), other)
    assert _adds_up(build_plan(other, Mapping(())), other)


def test_the_account_would_notice_a_lost_row() -> None:
    workbook = Workbook((Sheet("Hoja1", (("Nombre", "S1", "S2"), ("Ana", "x", "x"))),))
    plan = build_plan(workbook, suggest_mapping(workbook))

    assert _adds_up(plan, workbook)
    assert not _adds_up(replace(plan, fates=plan.fates[1:]), workbook)
    assert not _adds_up(replace(plan, account=replace(plan.account, used=0)), workbook)


_MARKS = st.lists(st.sampled_from(["A", "F", "R", "J", None, "?"]), min_size=3, max_size=3)


@given(
    st.lists(
        st.tuples(st.integers(0, 400), _MARKS), min_size=1, max_size=9, unique_by=lambda r: r[0]
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_people_changes_nothing(
    people: list[tuple[int, list[str | None]]], chance: object
) -> None:
    rows = [(f"Persona {_letters(number)}", *marks) for number, marks in people]
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert _sets(rows) == _sets(shuffled)


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + (number // 26**power) % 26) for power in range(2))


def _sets(rows: list[tuple[str | None, ...]]) -> tuple[object, ...]:
    titles: tuple[object, ...] = ("Nombre", dt.date(2024, 3, 7), dt.date(2024, 3, 14), "21/03/2024")
    workbook = Workbook((Sheet("Hoja1", (titles, *rows, ("F = falta", None))),))  # type: ignore[arg-type]
    plan = build_plan(workbook, suggest_mapping(workbook))
    return (
        {person.key for person in plan.people},
        {(mark.person, mark.session, mark.status) for mark in plan.marks},
        {(mark.person, mark.session) for mark in plan.implied},
        {(pair.first, pair.second, pair.score) for pair in plan.possible_duplicates},
        sorted((problem.code, problem.sentence) for problem in plan.problems),
        plan.account,
    )
