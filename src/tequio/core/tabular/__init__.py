"""Spreadsheets in and out as plain rows of plain values."""

from __future__ import annotations

from tequio.core.tabular.guards import DEFAULT_LIMITS, Limits
from tequio.core.tabular.model import Cell, Sheet, Span, Workbook, cell_address, column_letters
from tequio.core.tabular.reading import read_workbook
from tequio.core.tabular.writing import SPREADSHEET, write_workbook

__all__ = [
    "DEFAULT_LIMITS",
    "SPREADSHEET",
    "Cell",
    "Limits",
    "Sheet",
    "Span",
    "Workbook",
    "cell_address",
    "column_letters",
    "read_workbook",
    "write_workbook",
]
