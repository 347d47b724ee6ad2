"""What a spreadsheet holds and does not show: dates in another order, formulas, hidden sheets."""

from __future__ import annotations

import io
from collections.abc import Callable

import xlsxwriter

from tequio.circles.registers import Gap, RegisterPlan, Status, build_plan, suggest_mapping
from tequio.core.tabular import Sheet, Workbook, read_workbook, write_workbook

Make = Callable[..., Workbook]


def _plan(workbook: Workbook) -> RegisterPlan:
    read = read_workbook(write_workbook(workbook.sheets), "x.xlsx")
    return build_plan(read, suggest_mapping(read))


def test_where_one_date_has_the_month_first_the_doubtful_ones_are_read_so_too(book: Make) -> None:
    wide = _plan(book(Hoja1=[["Nombre", "12/31/2025", "1/7/2026", "1/14/2026"], ["Ana", *"xFx"]]))
    read = [f"{session.label.on:%d-%m}" for session in wide.sessions if session.label.on]
    assert read == ["31-12", "07-01", "14-01"]
    assert "mes" in next(p for p in wide.problems if p.cell == "C1").sentence

    rows = [
        ["Fecha", "Nombre", "Asistencia"],
        *([day, "Ana", "x"] for day in ("1/7/26", "1/14/26")),
    ]
    long = _plan(book(Hoja1=rows))
    assert [str(session.label.on) for session in long.sessions] == ["2026-01-07", "2026-01-14"]


def test_dates_of_both_orders_in_one_list_are_doubted(book: Make) -> None:
    plan = _plan(book(Hoja1=[["Nombre", "31/12/2025", "7/1/2026", "1/14/2026"], ["Ana", *"xFx"]]))

    assert str(plan.sessions[1].label.on) == "2026-01-07"
    assert "puede ser otra" in next(p for p in plan.problems if p.cell == "C1").sentence


def _uncomputed() -> Workbook:
    """Return a list as a program leaves it that writes formulas and computes nothing."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("Lista")
    sheet.write_row(0, 0, ["Nombre", "S1", "S2", "S3"])
    for row, name in enumerate(("Ana Gil", "Luis Díaz", "Eva Paz"), 1):
        sheet.write_row(row, 0, [name, "x"])
        sheet.write_formula(row, 2, '=IF(B2="x","x","")', value="x" if row > 1 else "#REF!")
        sheet.write_formula(row, 3, '=IF(B2="x","x","")', value="x" if row > 2 else "")
    book.close()
    return read_workbook(target.getvalue(), "x.xlsx")


def test_a_formula_without_a_result_is_no_absence() -> None:
    workbook = _uncomputed()
    mapping = suggest_mapping(workbook)
    assert mapping.gap is Gap.ABSENT

    plan = build_plan(workbook, mapping)

    assert [p.cell for p in plan.problems_of("no_result")] == ["C2", "D2", "D3"]
    assert plan.problems_of("no_result")[0].sheet == "Lista"
    assert [mark.status for mark in plan.marks] == [Status.PRESENT] * 6
    assert plan.implied == ()


def test_a_hidden_sheet_is_read_and_said() -> None:
    rows = (("Nombre", "S1"), ("Ana Gil", "x"))
    workbook = Workbook((Sheet("Lista", rows), Sheet("Vieja", rows, hidden=True)))

    problems = build_plan(workbook, suggest_mapping(workbook)).problems_of("hidden_sheet")

    assert [problem.sheet for problem in problems] == ["Vieja"]
