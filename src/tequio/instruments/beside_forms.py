"""What lies beside a form: tables to look up in, lists in files, and what choices are called.

A file is read when something of it is asked for, once for each answer under way.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from tequio.core.errors import DomainError
from tequio.core.tabular import read_workbook
from tequio.instruments.xform.model import Form

_LIST: Final = re.compile(r"instance\(['\"]([^'\"]+)['\"]\)")
_NAME: Final = re.compile(r"[A-Za-z_][\w.\-]*")


class Names:
    """What choices are called, for a form's calculations."""

    def __init__(self, form: Form, language: str, lists: Mapping[str, Element]) -> None:
        self._form, self._language, self._lists = form, language, lists

    def __call__(self, path: str, value: str) -> str:
        plain = re.sub(r"\[\d+\]", "", path)
        for question in self._form.questions():
            if question.path != plain:
                continue
            for option in question.options:
                if option.value == value:
                    return self._words(option.text.itext) or "".join(
                        piece.words for piece in option.text.pieces
                    )
            items = question.itemset
            named = _LIST.search(items.nodeset) if items else None
            if items is None or named is None or named[1] not in self._lists:
                return value
            for item in self._lists[named[1]]:
                if item.findtext(items.value) == value:
                    label = item.findtext(items.label) or ""
                    return (self._words(label) if items.by_id else label) or value
        return value

    def _words(self, itext: str) -> str:
        if not itext:
            return ""
        pieces = self._form.texts.get(self._language, {}).get(itext, {}).get("", ())
        return "".join(piece.words for piece in pieces)


class Tables:
    """Tables that came beside a form. `find` gives one by its name, without its ending."""

    def __init__(self, find: Callable[[str], bytes] | None) -> None:
        self._find = find
        self._read: dict[str, list[dict[str, str]]] = {}

    def rows(self, table: str) -> list[dict[str, str]]:
        """Return the rows of a table; none where it did not come with the form."""
        if table not in self._read:
            data = self._find(table) if self._find else b""
            self._read[table] = rows_of(data) if data else []
        return self._read[table]

    def look_up(self, table: str, column: str, key_column: str, key: str) -> str:
        """Return what stands in a column where another has a key (`pulldata`)."""
        found = (row for row in self.rows(table) if key and row.get(key_column) == key)
        return next(found, {}).get(column, "")


class Lists(Mapping[str, Element]):
    """The lists of a form: those that stand in it, and those in files beside it."""

    def __init__(self, form: Form, tables: Tables) -> None:
        self._form, self._tables = form, tables
        self._made: dict[str, Element] = {}

    def __getitem__(self, name: str) -> Element:
        if name in self._form.lists:
            return self._form.lists[name]
        if name not in self._made:
            table = self._form.beside[name].rpartition(".")[0]
            self._made[name] = _as_list(self._tables.rows(table))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._form.lists, **self._form.beside})

    def __len__(self) -> int:
        return len({**self._form.lists, **self._form.beside})


def rows_of(data: bytes) -> list[dict[str, str]]:
    """Read a table of commas (or semicolons, as a spreadsheet in Spanish writes them)."""
    try:
        heads, *rows = _cells(data)
    except (DomainError, ValueError):
        return []
    return [{head: said for head, said in zip(heads, row, strict=False) if head} for row in rows]


def as_telephones_read(data: bytes) -> bytes:
    """Write a table with commas and in UTF-8: telephones read no other.

    Raises
    ------
    DomainError
        Where it is no table.
    """
    page = io.StringIO()
    csv.writer(page, lineterminator="\n").writerows(_cells(data))
    return page.getvalue().encode()


def _cells(data: bytes) -> list[list[str]]:
    rows = read_workbook(data, "tabla.csv").sheets[0].rows
    return [[str(cell or "").strip() for cell in row] for row in rows]


def _as_list(rows: list[dict[str, str]]) -> Element:
    root = Element("root")
    for row in rows:
        item = SubElement(root, "item")
        for head, said in row.items():
            if _NAME.fullmatch(head):
                SubElement(item, head).text = said
    return root
