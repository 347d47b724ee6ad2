"""How far down and right the written cells of a packed sheet reach, without building the sheet."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

_REFERENCE = re.compile(r"^\$?([A-Za-z]{1,3})\$?(\d{1,7})$")
_ROW_HEADER, _LAST_CELL_RECORD = 0, 11
_ABSURD = 1 << 40
# Older expats read an unfinished tag again from its beginning with every chunk: minutes for one
# of 200 MB. No spreadsheet has a tag of this length.
_LONGEST_TAG = 1 << 20


@dataclass(frozen=True, slots=True)
class Extent:
    """Number of rows and columns up to the last written cell."""

    rows: int = 0
    columns: int = 0


class _Walker:
    """Follows row and column while the parser goes by. Cells that only carry a format are free."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.row = self.column = 0
        self.row_step = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            self.row = _whole(attributes.get("r")) or self.row + 1
            self.column = 0
        elif local == "c":
            self._excel_cell(attributes.get("r", ""))
        elif local in {"v", "is"}:
            self._written(self.row, self.column)
        elif local == "table":
            self.row, self.row_step = 0, 1
        elif local == "table-row":
            self.row += self.row_step
            self.row_step = _repeated(attributes, "number-rows-repeated")
            self.column = 0
        elif local in {"table-cell", "covered-table-cell"}:
            self.column += _repeated(attributes, "number-columns-repeated")
            if any(key.endswith(("value-type", ":formula")) for key in attributes):
                self._written(self.row + self.row_step - 1, self.column)
        elif local == "p" and self.column:
            self._written(self.row + self.row_step - 1, self.column)

    def _excel_cell(self, reference: str) -> None:
        match = _REFERENCE.match(reference)
        if match is None:
            self.column += 1
            return
        self.column = 0
        for letter in match[1].upper():
            self.column = self.column * 26 + ord(letter) - ord("A") + 1
        self.row = int(match[2])

    def _written(self, row: int, column: int) -> None:
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)


def extent_of_xml(chunks: Iterator[bytes]) -> Extent:
    """Return the extent of an xlsx or ods part; other parts measure nothing."""
    walker = _Walker()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walker.start
    parser.StartDoctypeDeclHandler = _no_doctype
    size = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            parser.Parse(chunk, False)
            if size - max(0, parser.CurrentByteIndex) > _LONGEST_TAG:
                raise zipfile.BadZipFile("a tag without end")
        if size:
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise zipfile.BadZipFile("not well formed") from error
    return Extent(walker.rows, walker.columns)


def extent_of_bin(data: bytes) -> Extent:
    """Return the extent of an xlsb sheet: records of kind, length and content."""
    rows = columns = row = at = 0
    while at < len(data):
        kind, at = _varint(data, at, 2)
        length, at = _varint(data, at, 4)
        if kind == _ROW_HEADER:
            row = int.from_bytes(data[at : at + 4], "little") + 1
        # Kind 1 is a cell with a format and no value.
        elif 1 < kind <= _LAST_CELL_RECORD:
            rows = max(rows, row)
            columns = max(columns, int.from_bytes(data[at : at + 4], "little") + 1)
        at += length
    return Extent(rows, columns)


def _varint(data: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for step in range(most):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * step)
        if not byte & 0x80:
            break
    return value, at


def _no_doctype(*_parts: object) -> None:
    raise zipfile.BadZipFile("a document type has no place in a spreadsheet")


def _whole(text: str | None) -> int:
    return min(int(text), _ABSURD) if text and text.isdecimal() and len(text) < 12 else 0


def _repeated(attributes: dict[str, str], name: str) -> int:
    for key, value in attributes.items():
        if key.endswith(name):
            return _whole(value) or 1
    return 1
