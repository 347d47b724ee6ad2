"""Registers as they come: ugly, and written by hand in these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tequio.core.tabular import Cell, Sheet, Workbook

Rows = list[list[Cell]]
MakeBook = Callable[..., Workbook]


@pytest.fixture
def book() -> MakeBook:
    """Return a function that makes a workbook of named sheets."""

    def make(**sheets: Rows) -> Workbook:
        return Workbook(
            tuple(
                Sheet(name.replace("_", " "), tuple(tuple(row) for row in rows))
                for name, rows in sheets.items()
            )
        )

    return make
