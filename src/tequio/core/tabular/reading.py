"""From the bytes of a file to plain rows. What a file is, its bytes say; its name may lie."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import PurePath

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from tequio.core.errors import DomainError
from tequio.core.tabular.delimited import read_delimited
from tequio.core.tabular.guards import (
    DEFAULT_LIMITS,
    Limits,
    check_bytes,
    check_size,
    check_zip,
    damaged,
    locked,
)
from tequio.core.tabular.model import Cell, Sheet, Span, Workbook
from tequio.core.tabular.unread import unread_cells

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_EXACT = 1 << 53


def read_workbook(data: bytes, filename: str, *, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """Read xlsx, xlsm, xls, xlsb, ods, csv or tsv.

    Raises
    ------
    DomainError
        When the file is empty, too large, locked, damaged or not a spreadsheet.
    """
    check_bytes(data, limits)
    if data.startswith(_ZIP):
        check_zip(data, limits)
        workbook = _with_unread(_read_binary(data, limits), unread_cells(data))
    elif data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            raise locked()
        workbook = _read_binary(data, limits)
    else:
        name = PurePath(filename.replace("\\", "/")).stem or "1"
        workbook = Workbook((read_delimited(data, name, limits),))
    if not any(cell not in {None, ""} for s in workbook.sheets for row in s.rows for cell in row):
        raise DomainError(
            _("El archivo no tiene ningún dato en sus hojas."),
            hint=_("Revisa que sea el archivo correcto y súbelo otra vez."),
        )
    return workbook


def _with_unread(workbook: Workbook, unread: dict[str, frozenset[tuple[int, int]]]) -> Workbook:
    """The reader hands errors and formulas without a result over as empty cells."""
    return Workbook(
        tuple(
            replace(sheet, unread=unread.get(sheet.name, sheet.unread)) for sheet in workbook.sheets
        )
    )


def _read_binary(data: bytes, limits: Limits) -> Workbook:
    try:
        source = load_workbook(io.BytesIO(data))
        _check_sheets(source, limits)
        sheets = tuple(
            _read_sheet(source.get_sheet_by_name(meta.name), limits, hidden=hidden)
            for meta, hidden in (
                (meta, meta.visible != SheetVisibleEnum.Visible) for meta in source.sheets_metadata
            )
            if meta.typ == SheetTypeEnum.WorkSheet
        )
    except PasswordError as error:
        raise locked() from error
    except DomainError:
        raise
    # The reader is compiled code: on a broken file it may panic, which is not an Exception class
    # of its own module; anything but our own refusal means the same to the person.
    except (CalamineError, OSError, ValueError, RuntimeError, OverflowError) as error:
        raise damaged() from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged() from error
    return Workbook(sheets)


def _check_sheets(source: CalamineWorkbook, limits: Limits) -> None:
    count = len(source.sheet_names)
    if count > limits.sheets:
        raise DomainError(
            _("El archivo tiene %(count)s hojas y el límite es de %(limit)s.")
            % {"count": count, "limit": limits.sheets},
            hint=_("Divide el archivo en partes."),
        )


def _read_sheet(source: CalamineSheet, limits: Limits, *, hidden: bool) -> Sheet:
    end = source.end
    if end is None:
        return Sheet(name=source.name, rows=(), hidden=hidden)
    check_size(end[0] + 1, end[1] + 1, limits)
    rows = source.to_python(skip_empty_area=False)
    merged = tuple(
        Span(first[0], first[1], last[0], last[1])
        for first, last in source.merged_cell_ranges or ()
    )
    return Sheet(
        name=source.name,
        rows=tuple(tuple(_plain(value) for value in row) for row in rows),
        merged=merged,
        hidden=hidden,
    )


def _plain(value: object) -> Cell:
    """Turn a value of the reader into one of ours: no empty text, 16.0 is 16."""
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < _EXACT
        return int(value) if whole else value
    if isinstance(value, dt.timedelta):
        return _duration(value)
    if value == "" or value is None:
        return None
    if isinstance(value, str | int | dt.date | dt.time):
        return value
    return str(value)


def _duration(value: dt.timedelta) -> str:
    minutes = int(value.total_seconds() // 60)
    return f"{minutes // 60}:{minutes % 60:02d}"
