"""Files that would take the server down, refused before they are opened."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tequio.core.errors import DomainError
from tequio.core.tabular import Limits, Sheet, read_workbook, write_workbook
from tequio.core.tabular.extents import Extent, extent_of_bin, extent_of_xml

_SMALL = write_workbook([Sheet("Hoja", (("Nombre", "S1"), ("Ana", "x")))])


def _xlsx(*cells: tuple[int, int, str]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    for row, column, text in cells:
        page.write_string(row, column, text)
    book.close()
    return target.getvalue()


def _ods(body: str, manifest: str = "") -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<?xml version="1.0"?><m:manifest xmlns:m="{office}manifest:1.0">{manifest}'
            "</m:manifest>",
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content xmlns:office="{office}office:1.0" '
            f'xmlns:table="{office}table:1.0" xmlns:text="{office}text:1.0"><office:body>'
            f"<office:spreadsheet>{body}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return target.getvalue()


def _ods_cell(text: str, repeated: int = 1) -> str:
    return (
        f'<table:table-cell table:number-columns-repeated="{repeated}" '
        f'office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def _refused(data: bytes, **limits: int) -> str:
    with pytest.raises(DomainError) as caught:
        read_workbook(data, "lista.xlsx", limits=Limits(**limits))
    return str(caught.value)


def test_a_stray_value_in_the_last_cell_is_refused_and_not_opened() -> None:
    # The reader would ask for 512 GiB and the whole process would end here.
    assert "muy grande" in _refused(_xlsx((0, 0, "a"), (1_048_575, 16_383, "b")))


def test_a_far_cell_without_its_own_address_is_refused_too() -> None:
    source = zipfile.ZipFile(io.BytesIO(_xlsx((0, 0, "a"))))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            content = source.read(part)
            if part.filename.endswith("sheet1.xml"):
                rows = b'<row r="1048576"><c t="n"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", rows)
            archive.writestr(part, content)

    assert "muy grande" in _refused(target.getvalue())


def test_cells_that_only_have_a_format_do_not_count() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    page.write(0, 0, "Nombre")
    page.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    book.close()

    assert read_workbook(target.getvalue(), "x.xlsx").sheets[0].rows == (("Nombre",),)


def test_an_ods_is_read_with_its_repeated_cells() -> None:
    row = f"<table:table-row>{_ods_cell('x', 2)}{_ods_cell('y')}</table:table-row>"
    empty = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    data = _ods(f'<table:table table:name="T">{row}{row}{empty}</table:table>')

    assert read_workbook(data, "x.ods").sheets[0].rows == (("x", "x", "y"),) * 2


def test_an_ods_that_repeats_a_value_a_million_times_is_refused() -> None:
    row = (
        f'<table:table-row table:number-rows-repeated="1048576">{_ods_cell("x", 16384)}'
        "</table:table-row>"
    )

    assert "muy grande" in _refused(_ods(f'<table:table table:name="T">{row}</table:table>'))


def test_a_locked_ods_says_that_it_has_a_password() -> None:
    manifest = "<m:file-entry><m:encryption-data/></m:file-entry>"

    assert "contraseña" in _refused(_ods("", manifest))


def test_a_locked_xlsx_says_that_it_has_a_password() -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)

    assert "contraseña" in _refused(head + "EncryptedPackage".encode("utf-16-le") + bytes(500))


def test_a_zip_bomb_is_refused_by_what_comes_out_of_it() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(30 << 20))

    assert "crece demasiado" in _refused(target.getvalue(), unpacked_bytes=20 << 20)


def test_a_zip_that_lies_about_its_sizes_is_still_counted() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.png", bytes(30 << 20))
    data = bytearray(target.getvalue())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)

    assert "crece demasiado" in _refused(bytes(data), unpacked_bytes=20 << 20)


def test_a_document_type_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')

    assert "dañado" in _refused(target.getvalue())


def test_limits_of_size_rows_and_columns_name_the_limit() -> None:
    assert "MB" in _refused(b"a" * 3000, file_bytes=2000)
    assert "muy grande" in _refused(b"a;b\n" * 50, rows=20)
    assert "muy grande" in _refused(b";".join([b"a"] * 50), columns=20)
    assert "muy grande" in _refused(_SMALL, cells=3)


def test_a_file_with_too_many_sheets_is_refused() -> None:
    data = write_workbook([Sheet(str(i), (("a",),)) for i in range(5)])

    assert "hojas" in _refused(data, sheets=4)


def test_an_xlsb_extent_is_measured() -> None:
    header = b"\x00\x04" + struct.pack("<I", 1_048_575)
    valued = b"\x05\x08" + struct.pack("<I", 16_383) + bytes(4)
    formatted = b"\x01\x04" + struct.pack("<I", 16_383)

    assert extent_of_bin(header + valued) == Extent(1_048_576, 16_384)
    assert extent_of_bin(header + formatted) == Extent(0, 0)


@given(st.integers(0, len(_SMALL) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_refused_with_a_sentence_or_read(place: int, noise: bytes) -> None:
    data = _SMALL[:place] + noise + _SMALL[place + len(noise) :]

    try:
        read_workbook(data, "x.xlsx")
    except DomainError as error:
        assert str(error)


@given(st.binary(max_size=400))
def test_random_bytes_never_crash(data: bytes) -> None:
    try:
        read_workbook(data, "x.csv")
    except DomainError as error:
        assert str(error)


def test_a_tag_without_end_is_refused_at_once() -> None:
    """An old expat reads an unfinished tag again with every chunk: 200 MB of it took minutes."""
    chunks = [b"<worksheet><row r='", *[b"9" * 65_536] * 400]
    with pytest.raises(zipfile.BadZipFile, match="without end"):
        extent_of_xml(iter(chunks))


def test_a_long_text_in_a_cell_is_no_tag_without_end() -> None:
    body = b"<worksheet><row r='1'><c r='A1'><is><t>" + b"palabra " * 400_000
    body += b"</t></is></c></row></worksheet>"
    pieces = [body[at : at + 65_536] for at in range(0, len(body), 65_536)]
    assert extent_of_xml(iter(pieces)).rows == 1
