"""A workbook as this project sees it: names, rows, plain values. Rows and columns count from 0."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | dt.date | dt.datetime | dt.time | None


@dataclass(frozen=True, slots=True)
class Span:
    """A block of merged cells; the value sits in its first cell."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Row 0 is the sheet's row 1, so that addresses match what people see."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Span, ...] = ()
    hidden: bool = False
    # Cells that hold a formula whose result is not in the file, or an error such as «#REF!».
    unread: frozenset[tuple[int, int]] = frozenset()

    def cell(self, row: int, column: int) -> Cell:
        """Return the value there, or None outside of what is written."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    @property
    def width(self) -> int:
        """Number of columns of the longest row."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """All the sheets of a file, in their order."""

    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of that name, if there is one."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def column_letters(column: int) -> str:
    """Return «A» for 0, «Z» for 25, «AA» for 26."""
    letters = ""
    column += 1
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_address(row: int, column: int) -> str:
    """Return the address people see: «B7» for row 6, column 1."""
    return f"{column_letters(column)}{row + 1}"
