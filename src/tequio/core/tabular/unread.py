"""Which cells of an xlsx file hold something whose result cannot be read.

A formula that no program has computed yet, and an error such as «#REF!», come out of the reader
as nothing at all. Nothing is what an empty cell says, and an empty cell may be read as an absence.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from xml.parsers import expat

_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"

Cells = frozenset[tuple[int, int]]


def unread_cells(data: bytes) -> dict[str, Cells]:
    """Return row and column of those cells, counted from 0, by sheet. Other files have none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if not {_WORKBOOK, _RELATIONS} <= names:
                return {}
            parts = _parts_of_sheets(archive)
            return {name: _cells(archive.read(part)) for name, part in parts if part in names}
    # The reader has opened the file already: what is odd about it here is no reason to refuse it.
    except (expat.ExpatError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return {}


def _parts_of_sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in _elements(archive.read(_RELATIONS), "Relationship")
    }
    sheets = []
    for sheet in _elements(archive.read(_WORKBOOK), "sheet"):
        key = next((value for name, value in sheet.items() if name.endswith(":id")), "")
        target = targets.get(key, "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        sheets.append((sheet.get("name", ""), posixpath.normpath(part)))
    return sheets


def _elements(xml: bytes, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return found


def _cells(xml: bytes) -> Cells:
    # Most sheets hold neither: they are not walked a second time.
    if b"f>" not in xml and b"<f" not in xml and b'"e"' not in xml:
        return frozenset()
    walker = _Walker()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.text
    parser.Parse(xml, True)
    return frozenset(walker.found)


class _Walker:
    """Remembers of one cell at a time what kind it is, and whether it has a formula and a value."""

    def __init__(self) -> None:
        self.found: set[tuple[int, int]] = set()
        self.reference = self.kind = ""
        self.formula = self.value = self.inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self.reference, self.kind = attributes.get("r", ""), attributes.get("t", "")
            self.formula = self.value = False
        elif local == "f":
            self.formula = True
        elif local == "v":
            self.inside = True

    def text(self, _text: str) -> None:
        self.value = self.value or self.inside

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "v":
            self.inside = False
        # A formula may well say «nothing»: then its result is a text, and the text is empty.
        elif local == "c" and (
            self.kind == "e" or (self.formula and not self.value and self.kind != "str")
        ):
            place = _place(self.reference)
            if place:
                self.found.add(place)


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.match(reference.upper())
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
