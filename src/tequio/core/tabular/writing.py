"""Plain rows to an xlsx file in which no text can act as a formula."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from tequio.core import clock
from tequio.core.tabular.model import Cell, Sheet

# What a browser is told that it gets.
SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LONGEST_TEXT = 32_767
_CUT = " […]"
_NAME_LENGTH = 31
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FIRST_DATE = dt.date(1900, 3, 1)
_EXACT = 1 << 53


def write_workbook(sheets: Iterable[Sheet], *, made_at: dt.datetime | None = None) -> bytes:
    """Return an xlsx file. Text stays text whatever it begins with; dates are dates.

    With a moment of its own (``made_at``) the same rows are the same bytes whenever it is written.
    """
    import xlsxwriter  # eight megabytes, which most processes never need

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "remove_timezone": True})
    book.set_properties({"created": (made_at or clock.now()).replace(tzinfo=None)})
    formats = {
        dt.datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        dt.date: book.add_format({"num_format": "dd/mm/yyyy"}),
        dt.time: book.add_format({"num_format": "hh:mm"}),
    }
    taken: set[str] = set()
    for sheet in sheets:
        page = book.add_worksheet(_sheet_name(sheet.name, taken))
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                _write(page, row, column, value, formats)
    if not taken:
        book.add_worksheet()
    book.close()
    return target.getvalue()


def _write(
    page: Worksheet, row: int, column: int, value: Cell, formats: dict[type, Format]
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, int | float) and math.isfinite(value) and abs(value) < _EXACT:
        page.write_number(row, column, value)
    elif isinstance(value, dt.date | dt.time) and _has_a_number(value):
        kind = dt.time if isinstance(value, dt.time) else type(value)
        page.write_datetime(row, column, value, formats.get(kind))
    else:
        # Always as a string: «=1+1», «+52 55…» and «@nombre» must never be computed.
        page.write_string(row, column, _text(value))


def _has_a_number(value: dt.date | dt.time) -> bool:
    """Excel has no dates before 1900, and a wrong one for 29 February of that year."""
    if isinstance(value, dt.time):
        return True
    day = value.date() if isinstance(value, dt.datetime) else value
    return day >= _FIRST_DATE


def _text(value: Cell) -> str:
    text = value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)
    text = text.encode("utf-8", "replace").decode("utf-8")
    # Longer text would be dropped whole by the writer; a visible cut is better.
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - len(_CUT)] + _CUT


def _sheet_name(wanted: str, taken: set[str]) -> str:
    base = _FORBIDDEN_IN_NAME.sub(" ", wanted).strip(" '")[:_NAME_LENGTH].strip(" '") or "Hoja"
    if base.casefold() in {"history", "historial"}:
        base += "_"
    name, number = base, 2
    while name.casefold() in taken:
        suffix = f" ({number})"
        name, number = base[: _NAME_LENGTH - len(suffix)] + suffix, number + 1
    taken.add(name.casefold())
    return name
