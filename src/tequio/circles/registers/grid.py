"""A sheet with its merged cells filled in where that is what people see."""

from __future__ import annotations

from tequio.circles.registers.sessions import label_text
from tequio.core.tabular import Cell, Sheet
from tequio.core.text import squeeze

Grid = tuple[tuple[Cell, ...], ...]


def blank(value: Cell) -> bool:
    """Whether a cell holds nothing a person can see."""
    return value is None or (isinstance(value, str) and not value.strip(" \t\r\n\xa0\u200b"))


def grid_of(sheet: Sheet) -> Grid:
    """Return the rows, with cells merged downwards repeated in each of their rows."""
    rows = [list(row) for row in sheet.rows]
    for span in sheet.merged:
        value = sheet.cell(span.row, span.column)
        if span.last_row == span.row or blank(value):
            continue
        for row in rows[span.row + 1 : span.last_row + 1]:
            row.extend([None] * (span.column + 1 - len(row)))
            row[span.column] = value
    return tuple(tuple(None if blank(value) else value for value in row) for row in rows)


def header_grid(sheet: Sheet, grid: Grid, first: int, count: int) -> Grid:
    """Return the rows of a header, with cells merged sideways repeated in each column."""
    rows = [list(row) for row in grid[first : first + count]]
    for span in sheet.merged:
        for number in range(max(span.row, first), min(span.last_row, first + count - 1) + 1):
            row = rows[number - first] if number - first < len(rows) else []
            value = sheet.cell(span.row, span.column)
            for column in range(span.column + 1, min(span.last_column + 1, len(row))):
                row[column] = None if blank(value) else value
    return tuple(tuple(row) for row in rows)


def at(grid: Grid, row: int, column: int) -> Cell:
    """Return the value there, or None outside."""
    if 0 <= row < len(grid) and 0 <= column < len(grid[row]):
        return grid[row][column]
    return None


def filled(row: tuple[Cell, ...]) -> list[tuple[int, Cell]]:
    """Return column and value of the cells that hold something."""
    return [(column, value) for column, value in enumerate(row) if value is not None]


def text_at(grid: Grid, row: int, column: int) -> str:
    """Return the text there as a person reads it."""
    return squeeze(label_text(at(grid, row, column)))


def width(grid: Grid) -> int:
    """Number of columns of the longest row."""
    return max((len(row) for row in grid), default=0)


def same_texts(one: tuple[Cell, ...], two: tuple[Cell, ...]) -> bool:
    """Whether two rows say the same: a header printed again on the next page."""
    mine, other = filled(one), filled(two)
    most = max(len(mine), len(other))
    return len(mine) >= 2 and shared_texts(one, two) >= 0.8 * most


def shared_texts(one: tuple[Cell, ...], two: tuple[Cell, ...]) -> int:
    """Return how many columns say the same in two rows. Called for every row: kept cheap."""
    return sum(
        1
        for mine, other in zip(one, two, strict=False)
        if mine is not None and other is not None and (mine == other or _alike(mine, other))
    )


def _alike(one: Cell, two: Cell) -> bool:
    texts = isinstance(one, str) and isinstance(two, str)
    return texts and str(one).strip().casefold() == str(two).strip().casefold()
