"""Reads the rows of one table: who, at which session, with which mark, and from which cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from tequio.circles.registers.dates import Period, read_date, with_order
from tequio.circles.registers.grid import Grid, at, blank, grid_of
from tequio.circles.registers.headers import HeaderBlock, block_at, meeting_label
from tequio.circles.registers.mapping import Form, SheetMapping
from tequio.circles.registers.mark_words import Status
from tequio.circles.registers.marks import status_of
from tequio.circles.registers.people import NOBODY, Identity, identify
from tequio.circles.registers.results import Fate
from tequio.circles.registers.rows import kind_of_row
from tequio.circles.registers.sessions import SessionLabel, label_text, parse_label
from tequio.circles.registers.vocabulary import Role
from tequio.core.tabular import Cell, Sheet, cell_address, column_letters
from tequio.core.text import fold

SessionKey = tuple[str, str, tuple[str, int, int, str], int]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting as one table names it."""

    key: SessionKey
    label: SessionLabel
    group: str
    cell: str


@dataclass(frozen=True, slots=True)
class RawMark:
    """One mark as written. `status` is None when nobody said what it means."""

    meeting: Meeting
    column: int
    raw: str
    status: Status | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One row as read."""

    row: int
    fate: Fate
    values: tuple[Cell, ...] = ()
    identity: Identity = NOBODY
    marks: tuple[RawMark, ...] = ()
    lacks_session: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table, ready to be read."""

    sheet: Sheet
    grid: Grid
    mapping: SheetMapping
    meetings: tuple[tuple[int, Meeting], ...]
    end: int
    period: Period


def open_table(sheet: Sheet, mapping: SheetMapping) -> Table:
    """Prepare a table: its grid and the titles of its sessions."""
    grid = grid_of(sheet)
    end = len(grid) if mapping.end_row is None else min(mapping.end_row, len(grid))
    header = block_at(sheet, grid, mapping.header_row, mapping.header_rows)
    meetings = tuple(_column_meetings(header, mapping)) if mapping.form is Form.WIDE else ()
    return Table(sheet, grid, mapping, meetings, end, _row_period(grid, mapping, end))


def read_rows(table: Table, meanings: dict[str, Status]) -> Iterator[Reading]:
    """Yield every row under the header."""
    for row in range(table.mapping.first_data_row, table.end):
        kind = kind_of_row(table.grid, row, table.mapping)
        if kind is not None:
            yield Reading(row, kind)
        elif table.mapping.form is Form.WIDE:
            yield _wide_row(table, row, meanings)
        else:
            yield _long_row(table, row, meanings)


def _row_period(grid: Grid, mapping: SheetMapping, end: int) -> Period:
    columns = (*mapping.columns_of(Role.SESSION), *mapping.columns_of(Role.DATE))
    rows = range(mapping.first_data_row, end)
    return with_order(mapping.period, (at(grid, row, c) for c in columns for row in rows))


def _wide_row(table: Table, row: int, meanings: dict[str, Status]) -> Reading:
    marks = [
        _mark(table, row, meeting, column, meanings)
        for column, meeting in table.meetings
        if _written(table, row, column)
    ]
    return _finished(table, row, tuple(marks))


def _written(table: Table, row: int, column: int) -> bool:
    """Whether somebody put something there, be it a formula whose result the file does not hold."""
    return (row, column) in table.sheet.unread or not blank(at(table.grid, row, column))


def _mark(
    table: Table, row: int, meeting: Meeting, column: int, meanings: dict[str, Status]
) -> RawMark:
    value = at(table.grid, row, column)
    return RawMark(meeting, column, label_text(value), status_of(value, meanings))


def _long_row(table: Table, row: int, meanings: dict[str, Status]) -> Reading:
    meeting, column = _row_meeting(table, row)
    if meeting is None:
        return replace(_finished(table, row, ()), fate=Fate.PROBLEM, lacks_session=True)
    marks: tuple[RawMark, ...] = ()
    mark_columns = table.mapping.columns_of(Role.MARK)
    if not mark_columns:
        # A list without marks is a list of those who came.
        marks = (RawMark(meeting, column, "", Status.PRESENT),)
    elif _written(table, row, mark_columns[0]):
        marks = (_mark(table, row, meeting, mark_columns[0], meanings),)
    return _finished(table, row, marks)


def _finished(table: Table, row: int, marks: tuple[RawMark, ...]) -> Reading:
    values = {c.role: at(table.grid, row, c.index) for c in reversed(table.mapping.columns)}
    identity = identify(values)
    if not identity.group and table.mapping.group:
        identity = replace(identity, group=table.mapping.group)
    fate = Fate.USED if identity.known else Fate.UNATTRIBUTED
    return Reading(row, fate, table.sheet.rows[row], identity, marks)


def _row_meeting(table: Table, row: int) -> tuple[Meeting | None, int]:
    mapping = table.mapping
    columns = (*mapping.columns_of(Role.SESSION), *mapping.columns_of(Role.DATE))
    label, place = SessionLabel(""), columns[0] if columns else 0
    for column in reversed(columns):
        value = at(table.grid, row, column)
        if not blank(value):
            label, place = _joined(_label_of(value, table, column), label), column
    if not label.text and mapping.session:
        label = parse_label(mapping.session, mapping.period)
    if not label.text:
        return None, place
    groups = mapping.columns_of(Role.GROUP)
    written = label_text(at(table.grid, row, groups[0])) if groups else ""
    group = written.strip() or mapping.group
    return _meeting(label, group, "", 0, cell_address(row, place)), place


def _label_of(value: Cell, table: Table, column: int) -> SessionLabel:
    if column in table.mapping.columns_of(Role.DATE):
        found = read_date(value, table.period)
        if found is not None and found.on is not None:
            return parse_label(found.on)
    return parse_label(value, table.period)


def _joined(label: SessionLabel, dated: SessionLabel) -> SessionLabel:
    """Add the date of another column to a title."""
    return replace(label, on=dated.on) if dated.on and not label.on else label


def _column_meetings(header: HeaderBlock, mapping: SheetMapping) -> Iterator[tuple[int, Meeting]]:
    columns = mapping.columns_of(Role.MEETING)
    parts = [_parts(header, column) for column in columns]
    period = with_order(mapping.period, (text for part in parts for text in part))
    labels = _read_labels(parts, period)
    seen: dict[tuple[str, int, int, str], int] = {}
    for column, label in zip(columns, labels, strict=True):
        if not label.text:
            label = SessionLabel(_("Columna %(c)s") % {"c": column_letters(column)})
        times = seen[label.key] = seen.get(label.key, 0) + 1
        month = _month_tag(label, mapping)
        cell = cell_address(header.row + header.count - 1, column)
        yield column, _meeting(label, mapping.group, month, times - 1, cell)


def _parts(header: HeaderBlock, column: int) -> tuple[Cell, ...]:
    return header.parts[column] if column < len(header.parts) else ()


def _month_tag(label: SessionLabel, mapping: SheetMapping) -> str:
    """Bare numbers begin again every month: session 1 of January is not that of February."""
    bare = label.on is None and label.numbered and not label.series_key
    return f"{mapping.year or ''}-{mapping.month:02d}" if bare and mapping.month else ""


def _meeting(label: SessionLabel, group: str, month: str, times: int, cell: str) -> Meeting:
    return Meeting((fold(group), month, label.key, times), label, group, cell)


def _read_labels(parts: list[tuple[Cell, ...]], period: Period) -> list[SessionLabel]:
    days = _days_of_month(parts, period)
    if days:
        return days
    labels = [meeting_label(part, period) for part in parts]
    if period.year is None or period.last_year is not None:
        return labels
    # «nov, dic, ene» under one year: the year turns where the months fall back.
    shift, month, result = 0, 0, []
    for label, part in zip(labels, parts, strict=True):
        if label.on and not _says_year(part):
            shift += month - label.on.month >= 6
            month = label.on.month
            label = replace(label, on=_moved(label.on, shift))
        result.append(label)
    return result


def _says_year(part: tuple[Cell, ...]) -> bool:
    """Whether the title carries its own year: then a wrong default year cannot change its date."""
    one, other = meeting_label(part, Period(2001)), meeting_label(part, Period(2002))
    return one.on == other.on


def _moved(on: dt.date, years: int) -> dt.date:
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return on


def _days_of_month(parts: list[tuple[Cell, ...]], period: Period) -> list[SessionLabel]:
    """Under «Noviembre 2023», the titles 7, 14, 21 are days; 1, 2, 3, 4 are sessions."""
    labels = [parse_label(part[-1]) if len(part) == 1 else SessionLabel("") for part in parts]
    days = [label.first or 0 for label in labels]
    bare = all(label.numbered and label.covers == 1 and not label.series for label in labels)
    if not bare or len(days) < 2 or not period.month or period.year is None:
        return []
    gaps = {b - a for a, b in pairwise(days)}
    weekly = all(gap > 0 and gap % 7 == 0 for gap in gaps)
    whole_month = gaps == {1} and days[0] == 1 and len(days) >= 28
    dates = [_day(period.year, period.month, day) for day in days]
    if not (weekly or whole_month) or not all(dates):
        return []
    note = _("los números de los títulos se leyeron como días del mes.")
    return [
        SessionLabel(f"{on:%d/%m/%Y}", on=on, note="" if place else note)
        for place, on in enumerate(dates)
        if on
    ]


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
