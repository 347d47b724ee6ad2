"""The distinct marks of a file under a mapping, and meanings for those that are new to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from tequio.circles.registers import Fate, Form, Mapping, RegisterPlan, Role, Status
from tequio.circles.registers.grid import at, grid_of
from tequio.circles.registers.marks import mark_key, read_marks
from tequio.core.tabular import Cell, Workbook

_DATA = frozenset({Fate.USED, Fate.UNATTRIBUTED, Fate.PROBLEM})
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """One mark of the file: how often it occurs and what it is taken for."""

    mark: str
    count: int
    status: Status | None


def marks_in(workbook: Workbook, mapping: Mapping, plan: RegisterPlan) -> tuple[Seen, ...]:
    """Return the marks of the file, those without meaning first, then the most frequent."""
    meanings = mapping.meanings()
    counts: Counter[str] = Counter()
    for column in _columns(workbook, mapping, plan):
        counts.update(key for key in map(mark_key, column) if key)
    found = [Seen(mark, count, meanings.get(mark)) for mark, count in counts.items()]
    found.sort(key=lambda seen: (seen.status is not None, -seen.count, seen.mark))
    return tuple(found)


def completed(
    workbook: Workbook, mapping: Mapping, plan: RegisterPlan, undecided: tuple[str, ...]
) -> Mapping:
    """Return the mapping with meanings for marks that a change of columns brought in."""
    known = mapping.meanings()
    reading = read_marks(_columns(workbook, mapping, plan))
    new = {
        mark: status
        for mark, status in reading.meanings
        if mark not in known and mark not in undecided
    }
    return replace(mapping, marks=tuple(sorted({**known, **new}.items()))) if new else mapping


def _columns(workbook: Workbook, mapping: Mapping, plan: RegisterPlan) -> list[list[Cell]]:
    fates = {(fate.sheet, fate.row): fate.fate for fate in plan.fates}
    columns: list[list[Cell]] = []
    for table in mapping.sheets:
        sheet = workbook.sheet(table.sheet)
        if table.skip or sheet is None:
            continue
        grid = grid_of(sheet)
        end = len(grid) if table.end_row is None else min(table.end_row, len(grid))
        rows = [row for row in range(table.first_data_row, end) if fates[table.sheet, row] in _DATA]
        role = Role.MEETING if table.form is Form.WIDE else Role.MARK
        columns.extend([at(grid, row, c) for row in rows] for c in table.columns_of(role))
    return columns
