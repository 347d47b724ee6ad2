"""Reading what offices have and writing what no program will compute."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
import xlsxwriter

from tequio.core.errors import DomainError
from tequio.core.tabular import Sheet, Span, Workbook, cell_address, read_workbook, write_workbook


def _rows(data: bytes, name: str = "lista.csv") -> tuple[tuple[object, ...], ...]:
    return read_workbook(data, name).sheets[0].rows


def test_addresses_are_those_that_people_see() -> None:
    assert cell_address(6, 1) == "B7"
    assert cell_address(0, 0) == "A1"
    assert cell_address(1_048_575, 16_383) == "XFD1048576"


def test_what_is_written_comes_back_with_its_types() -> None:
    rows = (
        ("José", 3, 2.5, True, None),
        (dt.date(2024, 3, 14), dt.datetime(2024, 3, 14, 18, 30), dt.time(18, 30), "", "ñ"),
    )

    back = read_workbook(write_workbook([Sheet("Hoja", rows)]), "x.xlsx")

    assert back.sheets[0].rows == (
        ("José", 3, 2.5, True, None),
        (dt.date(2024, 3, 14), dt.datetime(2024, 3, 14, 18, 30), dt.time(18, 30), None, "ñ"),
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "+52 55", "-5", "@alias", "\t=1", "\r=1", "=HYPERLINK(1)"]
)
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    data = write_workbook([Sheet("Hoja", ((text,),))])

    value = read_workbook(data, "x.xlsx").sheets[0].rows[0][0]

    assert isinstance(value, str)
    assert value.strip() == text.strip()
    assert b"<f>" not in _part(data, "xl/worksheets/sheet1.xml")


def test_a_formula_would_be_noticed() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet().write(0, 0, "=1+1")
    book.close()

    assert b"<f>" in _part(target.getvalue(), "xl/worksheets/sheet1.xml")


def test_sheet_names_are_made_valid_and_distinct() -> None:
    names = ["Enero/2024", "enero 2024", "", "x" * 40, "x" * 40, "'a'"]

    book = read_workbook(write_workbook([Sheet(n, (("a",),)) for n in names]), "x.xlsx")

    assert len({sheet.name.casefold() for sheet in book.sheets}) == len(names)
    assert all(len(sheet.name) <= 31 for sheet in book.sheets)


def test_old_dates_and_long_texts_are_not_lost() -> None:
    long = "a" * 40_000
    rows = ((dt.date(1899, 1, 1), long, float("nan"), 2**60),)

    back = read_workbook(write_workbook([Sheet("x", rows)]), "x.xlsx").sheets[0].rows[0]

    assert back[0] == "1899-01-01"
    assert str(back[1]).endswith("[…]")
    assert back[2:] == ("nan", str(2**60))


def test_merged_cells_and_empty_corners_keep_their_addresses() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("Lista")
    page.merge_range(2, 1, 2, 3, "Noviembre")
    page.write(5, 4, "x")
    book.close()

    sheet = read_workbook(target.getvalue(), "x.xlsx").sheets[0]

    assert sheet.cell(2, 1) == "Noviembre"
    assert sheet.cell(5, 4) == "x"
    assert sheet.merged == (Span(2, 1, 2, 3),)
    assert sheet.cell(99, 99) is None


def test_hidden_sheets_are_read_and_marked() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet("Vista").write(0, 0, "a")
    hidden = book.add_worksheet("Oculta")
    hidden.write(0, 0, "b")
    hidden.hide()
    book.close()

    sheets = read_workbook(target.getvalue(), "x.xlsx").sheets

    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Vista", False), ("Oculta", True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_every_common_encoding_is_read(encoding: str) -> None:
    assert _rows("Nombre;Sesión\nPeña;3\n".encode(encoding)) == (
        ("Nombre", "Sesión"),
        ("Peña", "3"),
    )


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    lines = [["Nombre", "Nota"], ["Pérez, José", "1,5"], ["Gil", ""], ["Ríos; Ana", "2"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)

    assert _rows(text.encode())[1][:2] == ("Pérez, José", "1,5")


def test_decimal_commas_do_not_beat_the_semicolon() -> None:
    assert _rows(b"a;b\n1,5;2\n3,5;4\n6,1;1,1")[1] == ("1,5", "2")


def test_the_line_that_declares_the_delimiter_is_no_row() -> None:
    assert _rows(b"sep=|\r\na|b\r\n1|2")[0] == ("a", "b")


def test_a_long_latin_list_is_read_whole() -> None:
    text = "Clave;Nombre\n" + "".join(f"{i};Muñoz {i}\n" for i in range(20_000))

    rows = _rows(text.encode("latin-1"))

    assert len(rows) == 20_001
    assert rows[-1] == ("19999", "Muñoz 19999")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "vacío"),
        (b"  \r\n\t ", "vacío"),
        (b",,,\n,,,\n", "ningún dato"),
        (b"PK\x03\x04 and then nothing", "dañado"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "dañado"),
        (b"%PDF-1.7\x00\x01\x02" * 9, "no es una hoja"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no es una hoja"),
        (bytes(range(1, 32)) * 9, "no es una hoja"),
        (b"<html><table><tr><td>Nombre</td></tr></table></html>", "página web"),
    ],
)
def test_what_is_no_spreadsheet_gets_a_clear_sentence(data: bytes, said: str) -> None:
    with pytest.raises(DomainError) as caught:
        read_workbook(data, "lista.xlsx")

    assert said in str(caught.value)
    assert str(caught.value.hint)


def test_the_name_of_a_file_does_not_decide_what_it_is() -> None:
    data = write_workbook([Sheet("Hoja", (("a", "b"),))])

    assert read_workbook(data, "lista.csv").sheets[0].rows == (("a", "b"),)


def test_a_workbook_finds_its_sheets_by_name() -> None:
    book = Workbook((Sheet("A", ()),))

    assert book.sheet("A") is book.sheets[0]
    assert book.sheet("B") is None


@pytest.mark.parametrize(
    ("cell", "unread"),
    [
        ('<c r="B2" t="e"><f>A1/0</f><v>#DIV/0!</v></c>', True),
        ('<c r="B2" t="e"><v>#N/A</v></c>', True),
        ('<c r="B2"><f>A1</f></c>', True),
        ('<c r="B2"><f>A1</f><v></v></c>', True),
        ('<c r="B2"><f>A1</f><v>1</v></c>', False),
        # What a program writes that did compute it, and the result is an empty text.
        ('<c r="B2" t="str"><f>IF(1,"","x")</f><v></v></c>', False),
        ('<c r="B2" s="1"/>', False),
    ],
)
def test_a_cell_without_a_readable_result_is_told_from_an_empty_one(
    cell: str, unread: bool
) -> None:
    data = write_workbook([Sheet("Hoja", (("a", "b"), ("c", "d")))])
    body = _part(data, "xl/worksheets/sheet1.xml").decode()
    body = re.sub(r'<c r="B2".*?</c>', lambda _found: cell, body)
    changed = _with_part(data, "xl/worksheets/sheet1.xml", body.encode())

    sheet = read_workbook(changed, "x.xlsx").sheets[0]

    assert sheet.unread == (frozenset({(1, 1)}) if unread else frozenset())


def _with_part(data: bytes, name: str, body: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made, zipfile.ZipFile(io.BytesIO(data)) as old:
        for part in old.namelist():
            made.writestr(part, body if part == name else old.read(part))
    return target.getvalue()


def _part(data: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(name)
