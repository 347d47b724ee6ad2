"""The mapping we propose for a file, and how the same layout is recognised the next time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _

from tequio.circles.registers.detect import Detection, detect_sheet
from tequio.circles.registers.grid import Grid, at, grid_of
from tequio.circles.registers.mapping import ColumnMapping, Form, Gap, Mapping, SheetMapping
from tequio.circles.registers.mark_words import Status
from tequio.circles.registers.marks import MarkReading, read_legend, read_marks
from tequio.circles.registers.results import Fate
from tequio.circles.registers.rows import kind_of_row, legend_texts
from tequio.circles.registers.vocabulary import Role
from tequio.core.tabular import Cell, Sheet, Workbook

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """What we propose, and the reasons a person can check before accepting it."""

    mapping: Mapping
    detections: tuple[Detection, ...]
    reading: MarkReading
    gap_sentence: str
    remembered: bool = False


def suggest_mapping(workbook: Workbook, remembered: Iterable[Mapping] = ()) -> Mapping:
    """Return the mapping we propose, with what a person decided before for the same layout."""
    return examine(workbook, remembered).mapping


def examine(workbook: Workbook, remembered: Iterable[Mapping] = ()) -> Examination:
    """Look at every sheet and propose how to read the file."""
    siblings = sum(1 for sheet in workbook.sheets if sheet.rows)
    detections = tuple(detect_sheet(sheet, siblings=siblings) for sheet in workbook.sheets)
    tables = tuple(
        replace(guess.mapping, signature=signature_of(guess.mapping))
        for detection in detections
        for guess in detection.guesses
    )
    before = _recall(tables, tuple(remembered))
    if before is not None:
        tables = tuple(_with_memory(table, before) for table in tables)
    reading, gap = _read_file(workbook, tables)
    marks = dict(reading.meanings)
    if before is not None:
        marks.update((mark, status) for mark, status in before.marks)
        gap = before.gap
    mapping = Mapping(
        tables, tuple(sorted(marks.items())), gap, before.session_order if before else ()
    )
    return Examination(mapping, detections, reading, _gap_sentence(gap), before is not None)


def layout_signature(sheet: Sheet) -> str:
    """Return a fingerprint of a sheet's layout; empty when no table is found.

    Made of what the columns hold and never of what is written in them: no name, and no session,
    so that the register of next month has the same one.
    """
    guess = detect_sheet(sheet).guess
    return signature_of(guess.mapping) if guess else ""


def signature_of(table: SheetMapping) -> str:
    """Return the fingerprint of a guessed table."""
    roles = [str(column.role) for column in sorted(table.columns, key=lambda c: c.index)]
    collapsed = [role for role, _same in groupby(roles)]
    text = "|".join([str(table.form), *collapsed])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _recall(tables: tuple[SheetMapping, ...], remembered: tuple[Mapping, ...]) -> Mapping | None:
    """Return the remembered mapping that knows the most of these layouts, the latest first."""
    wanted = {table.signature for table in tables}
    best, best_known = None, 0
    for mapping in remembered:
        known = len(wanted & {table.signature for table in mapping.sheets})
        if known > best_known:
            best, best_known = mapping, known
    return best


def _with_memory(table: SheetMapping, before: Mapping) -> SheetMapping:
    old = next((old for old in before.sheets if old.signature == table.signature), None)
    if old is None:
        return table
    meetings = table.columns_of(Role.MEETING)
    first = min(meetings, default=len(table.columns))
    roles = {column.index: column.role for column in old.columns}
    last, old_last = max((c.index for c in table.columns), default=0), max(roles, default=0)
    columns = []
    for column in table.columns:
        # Columns after the sessions move when a month has one session more.
        place = column.index if column.index < first else column.index - last + old_last
        fixed = column.role if column.index in meetings else roles.get(place, column.role)
        columns.append(ColumnMapping(column.index, fixed))
    return replace(table, columns=tuple(columns), form=old.form, skip=old.skip)


def _read_file(workbook: Workbook, tables: tuple[SheetMapping, ...]) -> tuple[MarkReading, Gap]:
    columns: list[list[Cell]] = []
    notes: dict[str, list[Row]] = {}
    for table in tables:
        sheet = workbook.sheet(table.sheet)
        grid = grid_of(sheet) if sheet else ()
        notes.setdefault(table.sheet, list(grid[: table.header_row]))
        marks, more = _marks_and_notes(grid, table)
        columns.extend(marks)
        notes[table.sheet].extend(more)
    legend: dict[str, Status] = {}
    for rows in notes.values():
        legend.update(read_legend(legend_texts(rows)))
    reading = read_marks(columns, legend)
    said = {status for mark, status in reading.meanings}
    return reading, Gap.UNKNOWN if Status.ABSENT in said else Gap.ABSENT


def _marks_and_notes(grid: Grid, table: SheetMapping) -> tuple[list[list[Cell]], list[Row]]:
    columns = table.columns_of(Role.MEETING if table.form is Form.WIDE else Role.MARK)
    end = len(grid) if table.end_row is None else min(table.end_row, len(grid))
    rows: list[int] = []
    notes: list[Row] = []
    for row in range(table.first_data_row, end):
        kind = kind_of_row(grid, row, table)
        if kind is Fate.NOTE:
            notes.append(grid[row])
        elif kind is None:
            rows.append(row)
    marks = [[at(grid, row, column) for row in rows] for column in columns]
    return marks, notes


def _gap_sentence(gap: Gap) -> str:
    if gap is Gap.ABSENT:
        return _(
            "El archivo no tiene ninguna marca de falta: donde no hay nada escrito se entiende que "
            "la persona no vino. Puedes cambiarlo."
        )
    return _(
        "El archivo tiene marcas de falta: donde no hay nada escrito se entiende que no se sabe. "
        "Puedes cambiarlo."
    )
