"""From ugly registers to a plan in which nothing is lost and nothing is decided silently."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tequio.circles.registers import (
    Gap,
    Mapping,
    RegisterPlan,
    Role,
    Severity,
    Status,
    build_plan,
    examine,
    mapping_from_dict,
    mapping_to_dict,
    suggest_mapping,
    unknowable,
)
from tequio.core.errors import DomainError
from tequio.core.tabular import Sheet, Span, Workbook, read_workbook, write_workbook

Make = Callable[..., Workbook]
N = None


def _plan(workbook: Workbook) -> RegisterPlan:
    data = write_workbook(workbook.sheets)
    return build_plan(read_workbook(data, "x.xlsx"), suggest_mapping(read_workbook(data, "x.xlsx")))


def _marks(plan: RegisterPlan) -> dict[tuple[str, str], Status]:
    names = {person.key: person.identity.display for person in plan.people}
    titles = {session.index: session.label.text for session in plan.sessions}
    return {(names[mark.person], titles[mark.session]): mark.status for mark in plan.marks}


@pytest.fixture
def paper(book: Make) -> Workbook:
    """Return a register as an association really keeps it."""
    return book(
        Hoja1=[
            ["Asociación Civil Nuevos Pasos"],
            ["Grupo:", "Los Robles", N, "Facilitador:", "Juan Pérez"],
            ["Mes: noviembre 2023"],
            [],
            ["No.", "Nombre completo", "Teléfono", N, "07/11", "14/11", "21/11", "28/11", "Total"],
            [1, "José Pérez López", "5512345678", N, "A", "A", "F", "A", 3],
            [2, "Jose Perez Lopez", N, N, "A", "F", "R", "J", 1],
            [3, "Pérez López José", N, N, N, "A", "A", "BAJA", 2],
            [4, N, N, N, "A", N, N, N, 1],
            [5],
            [6],
            [N, "Total", N, N, 3, 2, 2, 1, 7],
            [],
            ["A = asistencia, F = falta, R = retardo, J = justificada"],
            ["Observaciones: el 21 llovió"],
        ]
    )


def test_a_paper_register_is_read_to_the_last_row(paper: Workbook) -> None:
    plan = _plan(paper)

    assert plan.rows_total == plan.account.total == 15
    assert plan.account.title == 3
    assert plan.account.header == plan.account.summary == 1
    assert plan.account.note == 2
    assert plan.account.empty == 4
    assert (plan.account.used, plan.account.unattributed) == (3, 1)


def test_marks_carry_their_cell_and_their_text(paper: Workbook) -> None:
    plan = _plan(paper)
    marks = _marks(plan)

    assert marks["Jose Perez Lopez", "21/11"] is Status.LATE
    assert marks["Jose Perez Lopez", "28/11"] is Status.EXCUSED
    assert marks["José Pérez López", "21/11"] is Status.ABSENT
    assert [(m.cell, m.raw) for m in plan.marks if m.status is Status.LATE] == [("G7", "R")]
    assert str(plan.sessions[0].label.on) == "2023-11-07"


def test_a_mark_that_nobody_knows_is_kept_as_a_problem(paper: Workbook) -> None:
    (problem,) = _plan(paper).problems_of("unknown_mark")

    assert (problem.severity, problem.sheet, problem.cell) == (Severity.ERROR, "Hoja1", "H8")
    assert "BAJA" in problem.sentence
    assert problem.hint


def test_a_person_can_say_what_an_unknown_mark_means(paper: Workbook) -> None:
    mapping = suggest_mapping(paper)
    mapping = replace(mapping, marks=(*mapping.marks, ("baja", Status.IGNORED)))

    assert build_plan(paper, mapping).problems_of("unknown_mark") == ()


def test_probable_duplicates_are_shown_and_never_merged(paper: Workbook) -> None:
    plan = _plan(paper)

    assert len(plan.people) == 3
    assert len(plan.possible_duplicates) == 3
    assert plan.possible_duplicates[0].score == 1.0


def test_a_person_can_say_that_two_are_one(paper: Workbook) -> None:
    first = _plan(paper)
    pair = first.possible_duplicates[0]

    plan = build_plan(paper, suggest_mapping(paper), same_people=[(pair.first, pair.second)])

    assert len(plan.people) == 2
    # «A» and «A» agree; «A» and «F», «F» and «R», «A» and «J» do not, and none is taken.
    assert [repeat.agrees for repeat in plan.repeats] == [True, False, False, False]
    assert len(plan.problems_of("contradicting_marks")) == 3


def test_a_row_without_a_name_is_kept_whole(paper: Workbook) -> None:
    (row,) = _plan(paper).unattributed

    assert (row.sheet, row.row, row.values[0], row.values[4]) == ("Hoja1", 8, 4, "A")
    assert [(mark.cell, mark.status) for mark in row.marks] == [("E9", Status.PRESENT)]


def test_months_in_sheets_are_one_list_of_people(book: Make) -> None:
    plan = _plan(
        book(
            Noviembre_2023=[["Nombre", 7, 14, 21], ["Ana", "✓", "x", "✓"], ["Luis", "✓", "✓", ""]],
            Diciembre_2023=[["Nombre", 5, 12], ["Luis", "✓", "✓"], ["Ana", "x", "✓"]],
            Instrucciones=[["Escribe una palomita si vino"]],
        )
    )

    assert [str(session.label.on) for session in plan.sessions] == [
        "2023-11-07", "2023-11-14", "2023-11-21", "2023-12-05", "2023-12-12",
    ]  # fmt: skip
    assert len(plan.people) == 2
    assert len(plan.marks) == 9
    assert plan.account.problem == 1
    assert [p.sheet for p in plan.problems_of("sheet_not_read")] == ["Instrucciones"]


def test_session_one_of_january_is_not_that_of_february(book: Make) -> None:
    rows = [["Nombre", "S1", "S2"], ["Ana", "x", "x"]]
    plan = _plan(book(Enero_2024=rows, Febrero_2024=rows))

    assert [(s.sheet, s.label.text) for s in plan.sessions] == [
        ("Enero 2024", "S1"), ("Enero 2024", "S2"), ("Febrero 2024", "S1"), ("Febrero 2024", "S2"),
    ]  # fmt: skip
    assert plan.repeats == ()


def test_the_same_name_in_two_groups_is_two_people_and_a_question(book: Make) -> None:
    rows = [["Nombre", "S1", "S2"], ["Juan Ruiz", "x", ""], ["Ana Gil", "x", "x"]]
    plan = _plan(book(Grupo_1=rows, Grupo_2=rows[:2]))

    assert len(plan.people) == 3
    assert len(plan.sessions) == 4
    assert len(plan.possible_duplicates) == 1
    # Nobody of group 1 is absent from the meetings of group 2.
    assert {(mark.person, mark.session) for mark in plan.implied} == {("name:juan ruiz|grupo 1", 1)}


def test_a_session_to_which_nobody_came_makes_nobody_absent(book: Make) -> None:
    plan = _plan(book(Hoja1=[["Nombre", "S1", "S2"], ["Ana", "x", ""], ["Eva", "", ""]]))

    assert plan.gap is Gap.ABSENT
    assert [(mark.person, mark.session) for mark in plan.implied] == [("name:eva|", 0)]


def test_the_same_name_twice_in_one_list_is_two_people_until_somebody_says(book: Make) -> None:
    plan = _plan(book(Hoja1=[["Nombre", "S1", "S2"], ["Ana Gil", "x", ""], ["Ana Gil", "", "x"]]))

    assert [person.key for person in plan.people] == ["name:ana gil|", "name:ana gil|#2"]
    assert plan.problems_of("name_twice")[0].cell == "A3"


def test_one_id_with_two_names_is_shown(book: Make) -> None:
    plan = _plan(
        book(
            Hoja1=[
                ["Clave", "Nombre", "S1", "S2"],
                [7, "Ana Gil", "x", ""],
                [7, "Luis Díaz", "", "x"],
            ]
        )
    )

    assert len(plan.people) == 1
    assert plan.people[0].other_names == ("Luis Díaz",)
    assert plan.problems_of("id_two_names")[0].cell == "A3"
    assert plan.problems_of("id_twice")


def test_marks_that_contradict_each_other_are_not_imported(book: Make) -> None:
    plan = _plan(
        book(
            Hoja1=[
                ["Folio", "Sesión", "Asistió"],
                ["A1", "S1", "sí"],
                ["A1", "S1", "no"],
                ["A1", "S2", "sí"],
                ["A1", "S2", "sí"],
                ["A2", N, "sí"],
                ["A2", "S1", "quizá"],
            ]
        )
    )

    assert [(mark.session, mark.cell) for mark in plan.marks] == [(1, "C4")]
    assert [(repeat.agrees, repeat.cells) for repeat in plan.repeats] == [
        (False, ("C2", "C3")),
        (True, ("C4", "C5")),
    ]
    assert (plan.account.used, plan.account.problem) == (2, 4)
    assert plan.problems_of("without_session")[0].cell == "A6"
    assert plan.blocked


def test_a_long_latin_list_with_semicolons_is_read() -> None:
    lines = ["Folio;Nombre;Fecha;Sesión;Asistió"]
    lines += [
        f"{i % 50};Muñoz Núm {i % 50};{7 + i // 50}/3/24;S{i // 50 + 1};{'sí' if i % 4 else 'no'}"
        for i in range(1000)
    ]
    workbook = read_workbook("\r\n".join(lines).encode("latin-1"), "lista.csv")

    plan = build_plan(workbook, suggest_mapping(workbook))

    assert (len(plan.people), len(plan.sessions), len(plan.marks)) == (50, 20, 1000)
    assert plan.sessions[19].label.on is not None
    assert plan.gap is Gap.UNKNOWN


def test_serial_numbers_and_texts_are_dates_and_the_year_may_be_missing(book: Make) -> None:
    plan = _plan(book(Lista=[["Nombre", 45365, "21-mar", "28/03/2024"], ["Ana", "x", "x", ""]]))

    assert [str(session.label.on) for session in plan.sessions] == [
        "2024-03-14",
        "None",
        "2024-03-28",
    ]
    assert plan.problems_of("session_title")[0].cell == "C1"


def test_the_year_turns_when_the_months_fall_back(book: Make) -> None:
    rows = [["Ciclo 2023"], ["Nombre", "28-nov", "5-dic", "9-ene"], ["Ana", "P", "P", "P"]]

    assert [str(s.label.on) for s in _plan(book(Hoja1=rows)).sessions][-1] == "2024-01-09"


def test_a_header_printed_again_on_the_next_page_is_no_person(book: Make) -> None:
    header = ["Nombre", "S1", "S2"]
    plan = _plan(book(Hoja1=[header, ["Ana", "x", ""], header, ["Eva", "", "x"]]))

    assert plan.account.header == 2
    assert len(plan.people) == 2


def test_merged_cells_downwards_belong_to_each_of_their_rows() -> None:
    rows = (
        ("Nombre", "Sesión", "Asistió"),
        ("Ana", "S1", "sí"),
        (N, "S2", "sí"),
        ("Eva", "S1", "sí"),
    )
    workbook = Workbook((Sheet("Hoja1", rows, merged=(Span(1, 0, 2, 0),)),))

    plan = build_plan(workbook, suggest_mapping(workbook))

    assert plan.account.unattributed == 0
    assert len([mark for mark in plan.marks if mark.person == "name:ana|"]) == 2


def test_a_sheet_that_a_person_leaves_out_is_still_accounted_for(paper: Workbook) -> None:
    mapping = suggest_mapping(paper)
    mapping = replace(mapping, sheets=(replace(mapping.sheets[0], skip=True),))

    plan = build_plan(paper, mapping)

    assert plan.people == ()
    assert plan.account.total == 15
    assert plan.account.skipped > 0


def test_a_mapping_survives_being_remembered(paper: Workbook) -> None:
    mapping = suggest_mapping(paper)

    back = mapping_from_dict(json.loads(json.dumps(mapping_to_dict(mapping))))

    assert back == mapping
    assert "rez" not in json.dumps(mapping_to_dict(mapping))


@pytest.mark.parametrize("data", [{}, {"version": 99}, {"version": 1, "sheets": [3]}])
def test_a_mapping_of_another_time_is_refused_with_a_sentence(data: dict[str, object]) -> None:
    with pytest.raises(DomainError, match="ya no sirve"):
        mapping_from_dict(data)


def test_what_a_person_decided_is_proposed_for_the_next_file(book: Make) -> None:
    march = book(Marzo_2024=[["Nombre", "Nota", "7/3", "14/3"], ["Ana", "Lalo", "A", "A"]])
    april = book(
        Abril_2024=[["Nombre", "Nota", "4/4", "11/4", "18/4"], ["Eva", "Beto", "A", "A", ""]]
    )
    decided = suggest_mapping(march)
    columns = tuple(
        replace(c, role=Role.ALIAS) if c.index == 1 else c for c in decided.sheets[0].columns
    )
    decided = replace(
        decided,
        sheets=(replace(decided.sheets[0], columns=columns),),
        marks=(("a", Status.ABSENT),),
        gap=Gap.UNKNOWN,
    )

    examination = examine(april, [decided])

    assert examination.remembered
    assert examination.mapping.sheets[0].columns[1].role is Role.ALIAS
    assert examination.mapping.meanings()["a"] is Status.ABSENT
    assert examination.mapping.gap is Gap.UNKNOWN
    assert len(examination.mapping.sheets[0].columns_of(Role.MEETING)) == 3


def test_a_mapping_for_another_file_does_no_harm(paper: Workbook, book: Make) -> None:
    other = book(Otra=[["x"]])

    plan = build_plan(other, suggest_mapping(paper))

    assert plan.account.total == plan.rows_total == 1
    assert build_plan(paper, Mapping(())).account.problem == 13


def test_a_clean_register_has_nothing_unknowable(book: Make) -> None:
    rows = [["Nombre", "S1", "S2"], ["Ana Gil", "✓", "F"], ["Luis Díaz", "F", "✓"]]

    assert unknowable(_plan(book(Hoja1=rows))) == ()


def test_attendance_on_a_day_that_has_not_come_is_doubted_with_its_cell(book: Make) -> None:
    workbook = book(Hoja1=[["Nombre", "6/1/2026", "13/1/2062", "20/1/2062"], ["Ana", "x", "x", N]])
    mapping = suggest_mapping(workbook)

    plan = build_plan(workbook, mapping, today=date(2026, 2, 1))

    assert [problem.cell for problem in plan.problems_of("day_to_come")] == ["C1"]
    assert build_plan(workbook, mapping).problems_of("day_to_come") == ()
