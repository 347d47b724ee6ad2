"""Where the table is, how it is laid out, and what its columns hold."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from tequio.circles.registers import Form, Role, detect_sheet, layout_signature
from tequio.core.tabular import Sheet, Workbook, read_workbook

Make = Callable[..., Workbook]
N = None


def _sheet(*rows: list[Any], name: str = "Hoja1") -> Sheet:
    return Sheet(name, tuple(tuple(row) for row in rows))


def _roles(sheet: Sheet) -> dict[int, Role]:
    guess = detect_sheet(sheet).guess
    assert guess is not None
    return {column.index: column.role for column in guess.mapping.columns}


def test_the_header_is_found_below_the_titles() -> None:
    guess = detect_sheet(
        _sheet(
            ["Asociación Nuevos Pasos, A.C."],
            ["Grupo:", "Los Robles", N, "Facilitador:", "Juan Pérez"],
            ["Noviembre 2023"],
            [],
            ["No.", "Nombre completo", "Tel.", "07/11", "14/11", "Total"],
            [1, "José Pérez", "5512345678", "A", "F", 1],
            [2, "Luis Díaz", "", "A", "A", 2],
        )
    ).guess

    assert guess is not None
    assert guess.mapping.header_row == 4
    assert guess.mapping.form is Form.WIDE
    assert guess.mapping.group == "Los Robles"
    assert (guess.mapping.year, guess.mapping.month) == (2023, 11)
    assert [column.role for column in guess.mapping.columns] == [
        Role.ROW_NUMBER, Role.NAME, Role.PHONE, Role.MEETING, Role.MEETING, Role.OTHER,
    ]  # fmt: skip
    assert guess.confidence > 0.8
    assert any("fila 5" in reason for reason in guess.reasons)


def test_names_split_in_three_columns_are_one_name() -> None:
    roles = _roles(
        _sheet(
            ["Apellido paterno", "Apellido materno", "Nombre(s)", "S1", "S2"],
            ["Pérez", "López", "José", "x", ""],
        )
    )

    assert list(roles.values())[:3] == [Role.SURNAME, Role.SECOND_SURNAME, Role.GIVEN]


def test_a_header_of_two_rows_is_read_together() -> None:
    guess = detect_sheet(
        _sheet(
            [N, N, "Sesión 1", "Sesión 2", "Sesión 3 y 4"],
            ["Clave", "Alias", "7/nov/23", "14/nov/23", "21/nov/23"],
            ["A1", "Lalo", 1, 0, 1],
        )
    ).guess

    assert guess is not None
    assert (guess.mapping.header_row, guess.mapping.header_rows) == (0, 2)
    assert guess.titles[2] == (2, "Sesión 1 7/nov/23")


def test_merged_header_cells_are_read_as_people_see_them() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("Lista")
    page.merge_range(0, 0, 0, 4, "Registro de asistencia 2023")
    page.merge_range(1, 0, 2, 0, "Nombre")
    page.merge_range(1, 1, 1, 2, "Noviembre")
    page.merge_range(1, 3, 1, 4, "Diciembre")
    for column, day in enumerate((21, 28, 5, 12), 1):
        page.write_number(2, column, day)
    page.write_row(3, 0, ["Ana Ruiz", "x", "x", "", "x"])
    book.close()
    sheet = read_workbook(target.getvalue(), "x.xlsx").sheets[0]

    guess = detect_sheet(sheet).guess

    assert guess is not None
    assert (guess.mapping.header_row, guess.mapping.header_rows) == (1, 2)
    assert [text for _c, text in guess.titles] == [
        "Nombre", "Noviembre 21", "Noviembre 28", "Diciembre 5", "Diciembre 12",
    ]  # fmt: skip


def test_a_column_of_names_without_a_title_is_found_by_its_content() -> None:
    roles = _roles(
        _sheet(
            [N, N, "07/11/2023", "14/11/2023"],
            [1, "Juan Ruiz", "•", "/"],
            [2, "Beto Díaz", "•", "•"],
        )
    )

    assert roles[1] is Role.NAME


def test_a_column_of_marks_without_a_title_is_a_session() -> None:
    roles = _roles(
        _sheet(["Nombre", "S1", N, "Cierre"], ["Ana", "x", "x", "x"], ["Eva", "x", "x", "x"])
    )

    assert list(roles.values()) == [Role.NAME, Role.MEETING, Role.MEETING, Role.MEETING]


def test_questions_with_numbers_are_no_sessions() -> None:
    roles = _roles(
        _sheet(["Nombre", "S1", "S2", "Pregunta 1"], ["Ana", "x", "x", 4], ["Eva", "x", "x", 5])
    )

    assert roles[3] is Role.OTHER


def test_the_long_form_is_recognised() -> None:
    sheet = _sheet(["Folio", "Fecha", "Sesión", "Asistió"], ["A1", "7/3/2024", "S1", "sí"])
    guess = detect_sheet(sheet).guess

    assert guess is not None
    assert guess.mapping.form is Form.LONG
    assert list(_roles(sheet).values()) == [Role.ID, Role.DATE, Role.SESSION, Role.MARK]


def test_a_sheet_of_one_session_takes_it_from_its_name_and_title() -> None:
    rows = [["Fecha: 14/03/2024"], ["Nombre", "Firma"], ["Ana Ruiz"], ["Luis Díaz"]]
    guess = detect_sheet(_sheet(*rows, name="Sesión 2")).guess

    assert guess is not None
    assert guess.mapping.form is Form.LONG
    assert guess.mapping.session == "Sesión 2 14/03/2024"


def test_sheet_names_may_hold_a_group_and_generic_ones_do_not() -> None:
    rows = [["Nombre", "S1", "S2"], ["Ana", "x", ""]]

    def group(name: str, siblings: int = 2) -> str:
        guess = detect_sheet(_sheet(*rows, name=name), siblings=siblings).guess
        assert guess is not None
        return guess.mapping.group

    assert group("Grupo Robles", 1) == "Grupo Robles"
    assert group("Matutino 2") == "Matutino 2"
    assert group("Hoja 2") == group("Noviembre 2023") == group("Sesión 3") == ""


def test_a_second_table_below_is_found_with_its_own_sessions() -> None:
    detection = detect_sheet(
        _sheet(
            ["Enero 2024"], ["Nombre", "S1", "S2"], ["Ana", 1, 0], ["Total", 1, 0], [],
            ["Febrero 2024"], ["Nombre", "S3", "S4"], ["Ana", 1, 1],
        )
    )  # fmt: skip

    spans = [(g.mapping.header_row, g.mapping.end_row, g.mapping.month) for g in detection.guesses]
    assert spans == [(1, 5, 1), (6, None, 2)]


def test_a_sheet_without_a_table_says_what_was_looked_for() -> None:
    detection = detect_sheet(_sheet(["Escribe una palomita si vino."], ["Gracias"]))

    assert detection.guess is None
    assert "Nombre" in detection.sentence
    assert "vacía" in detect_sheet(_sheet()).sentence


def test_the_signature_is_the_same_next_month_and_holds_no_person() -> None:
    march = _sheet(["Nombre", "Tel", "7/3/24", "14/3/24"], ["Ana", "55", "x", "x"])
    april = _sheet(
        [], ["NOMBRE", "Tel", "4/4/24", "11/4/24", "18/4/24"], ["Eva", "56", "x", "", ""]
    )
    other = _sheet(["Folio", "Fecha", "Asistió"], ["A1", "7/3/2024", "sí"])

    assert layout_signature(march) == layout_signature(april) != layout_signature(other)
    assert layout_signature(_sheet(["hola"])) == ""


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("Círculo de los martes, Portales", "Círculo de los martes, Portales"),
        ("Grupo del Centro", "Grupo del Centro"),
        ("Grupo: Los Robles", "Los Robles"),
        ("Grupo 3", "3"),
    ],
)
def test_a_name_that_goes_on_after_the_word_group_is_not_cut(title: str, group: str) -> None:
    guess = detect_sheet(_sheet([title], ["Nombre", "S1", "S2"], ["Ana", "x", ""])).guess

    assert guess is not None
    assert guess.mapping.group == group
