"""A form as a workbook that other programs read."""

from __future__ import annotations

from tequio.core.tabular import Cell, write_workbook
from tequio.core.tabular import Sheet as PlainSheet
from tequio.instruments.workbook import Row, Sheets

_FIRST = {
    "survey": ("type", "name"),
    "choices": ("list_name", "name"),
    "settings": ("form_title", "form_id", "version", "default_language"),
}


def workbook(sheets: Sheets) -> bytes:
    """Return the sheets as an .xlsx file; codes stay words, as they were written."""
    return write_workbook(_plain(name, rows) for name, rows in sheets.items())


def _plain(name: str, rows: list[Row]) -> PlainSheet:
    columns = list(
        dict.fromkeys([*_FIRST.get(name, ()), *(column for row in rows for column in row)])
    )
    body: list[tuple[Cell, ...]] = [tuple(columns)]
    body += [tuple(row.get(column) or None for column in columns) for row in rows]
    return PlainSheet(name=name, rows=tuple(body))
