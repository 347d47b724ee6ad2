"""Rows as files: a CSV that streams and counts itself, a workbook with its codebook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from tequio.core.tabular import Sheet, write_workbook
from tequio.instruments.exports.layouts import Cell

# A spreadsheet computes what begins so; nobody's answer is a formula.
_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


class TruncatedError(RuntimeError):
    """A file has not the rows that were announced. It breaks off and is never half believed."""


def as_csv(
    header: Iterable[Cell], rows: Iterable[Iterable[Cell]], *, announced: int
) -> Iterator[bytes]:
    """Yield a CSV line by line, with the mark by which Excel knows it is UTF-8.

    Raises
    ------
    TruncatedError
        At the end, when the number of rows is not the one that was announced: the connection
        breaks, and whoever downloads sees that the file is not whole.
    """
    yield b"\xef\xbb\xbf" + _line(header)
    written = 0
    for row in rows:
        written += 1
        yield _line(row)
    if written != announced:
        raise TruncatedError(f"{written} rows and not {announced}")


def as_workbook(
    header: Iterable[Cell],
    rows: Iterable[Iterable[Cell]],
    book: Iterable[Iterable[Cell]],
    reliable: Iterable[Iterable[Cell]],
    *,
    announced: int,
) -> bytes:
    """Return a workbook: the rows, and what they mean. Text stays text whatever it begins with."""
    body = [tuple(row) for row in rows]
    if len(body) != announced:
        raise TruncatedError(f"{len(body)} rows and not {announced}")
    data = Sheet("Datos", (tuple(header), *body))
    codes = Sheet("Libro de códigos", tuple(tuple(row) for row in book))
    return write_workbook([data, codes, Sheet("Consistencia", tuple(tuple(r) for r in reliable))])


def _line(row: Iterable[Cell]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow([_safe(cell) for cell in row])
    return text.getvalue().encode()


def _safe(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str) and cell.startswith(_BEGINNINGS):
        return f"'{cell}"
    return cell
