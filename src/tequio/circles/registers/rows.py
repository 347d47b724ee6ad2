"""Which rows under a header are people or marks, and which are totals, notes or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from tequio.circles.registers.grid import Grid, at, filled, same_texts
from tequio.circles.registers.mapping import SheetMapping
from tequio.circles.registers.marks import known_mark, read_legend
from tequio.circles.registers.results import Fate
from tequio.circles.registers.sessions import label_text
from tequio.circles.registers.vocabulary import IDENTITY_ROLES, Role
from tequio.core.tabular import Cell
from tequio.core.text import fold

_SUMMARY = re.compile(
    r"(?:sub ?)?total(?:es)?\b|suma\b|promedio\b|asistentes\b|asistencia (?:total|por)\b|%"
    r"|porcentaje|(?:numero|no\.?|num\.?) de (?:asistentes|participantes|hombres)|average\b|sum\b"
)
_NOTE = re.compile(
    r"nota|obs|firma|elabor|facilita|co-?facilita|vo\.? ?bo|responsable|simbolog|leyenda|claves?\b"
    r"|\*|revis|autoriz|fecha\b|lugar\b|sede\b|horario|coordina|fuente\b|note\b"
)
_LONG_TEXT = 70


def kind_of_row(grid: Grid, row: int, table: SheetMapping) -> Fate | None:
    """Return what a row is when it is not data; None for a row that has to be read."""
    cells = filled(grid[row])
    if not cells or not _beyond_numbers(cells, table):
        return Fate.EMPTY
    if any(same_texts(grid[row], grid[line]) for line in header_lines(table, len(grid))):
        return Fate.HEADER
    texts = [(c, value) for c, value in cells if isinstance(value, str)]
    if texts and _SUMMARY.match(fold(texts[0][1])) and not _has_id(grid, row, table):
        return Fate.SUMMARY
    if _is_count(grid, row, table):
        return Fate.SUMMARY
    return Fate.NOTE if _is_note(cells, table) else None


def header_lines(table: SheetMapping, rows: int) -> range:
    """Return the rows of the header that the sheet really has."""
    return range(min(table.header_row, rows), min(table.first_data_row, rows))


def legend_texts(rows: Iterable[tuple[Cell, ...]]) -> list[str]:
    """Return the texts that may explain the marks; «A» and «Asistencia» in two cells are joined."""
    texts = []
    for row in rows:
        cells = [label_text(value) for _c, value in filled(row)]
        texts.extend(cells)
        texts.extend(
            f"{one} = {two}" for one, two in pairwise(cells) if len(one.strip()) <= 2 < len(two)
        )
    return texts


def _beyond_numbers(cells: list[tuple[int, Cell]], table: SheetMapping) -> bool:
    """Lines numbered in advance, with nobody written on them, are empty."""
    numbers = set(table.columns_of(Role.ROW_NUMBER))
    return any(
        column not in numbers or not label_text(value).strip(" .-)").isdecimal()
        for column, value in cells
    )


def _has_id(grid: Grid, row: int, table: SheetMapping) -> bool:
    return any(
        at(grid, row, column) is not None and not isinstance(at(grid, row, column), str)
        for column in table.columns_of(Role.ID)
    )


def _is_count(grid: Grid, row: int, table: SheetMapping) -> bool:
    """A row of numbers under the sessions and nobody's name: how many came each time."""
    meetings = table.columns_of(Role.MEETING)
    if not meetings or any(
        at(grid, row, column.index) is not None
        for column in table.columns
        if column.role in IDENTITY_ROLES
    ):
        return False
    values = [v for v in (at(grid, row, column) for column in meetings) if v is not None]
    numbers = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    return len(numbers) == len(values) > 0 and any(number not in {0, 1} for number in numbers)


def _is_note(cells: list[tuple[int, Cell]], table: SheetMapping) -> bool:
    texts = [value for _c, value in cells if isinstance(value, str)]
    if len(texts) == len(cells) and read_legend(legend_texts([tuple(texts)])):
        return True
    working = {
        column.index
        for column in table.columns
        if column.role in {Role.MEETING, Role.MARK, Role.SESSION, Role.DATE}
    }
    if any(column in working and known_mark(value) for column, value in cells):
        return False
    if len(cells) > 3 or not texts:
        return False
    first = texts[0]
    by_words = len(first) > _LONG_TEXT or bool(_NOTE.match(fold(first)) and ":" in first)
    roles = {column.role for column in table.columns if column.index == cells[0][0]}
    outside = len(cells) == 1 and not roles & (IDENTITY_ROLES | {Role.ID})
    lone_in_long = outside and not roles & {Role.SESSION, Role.DATE, Role.MARK, Role.MEETING}
    return by_words or lone_in_long or (len(cells) <= 2 and first.rstrip().endswith(":"))
