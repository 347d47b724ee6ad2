"""Reads a file of data, of any of the usual formats, without interpreting a single cell."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import narwhals as nw
import polars as pl
import pyreadstat
from python_calamine import CalamineWorkbook

from evidencia.plans.problems import DataError
from evidencia.words import Note


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows as they came.

    Attributes
    ----------
    rows
        The cells; texts are still texts.
    first_row
        How a person would number the first row: 2 where a header stands above it.
    sha256
        Of the file, byte by byte; of a data frame, of its cells as CSV.
    """

    rows: pl.DataFrame
    first_row: int
    sha256: str


def read_table(source: object) -> Table:
    """Read a file, or take a data frame of any library.

    Parameters
    ----------
    source
        Path of a CSV (also ``.csv.gz``), TSV, XLSX, Parquet, Stata (``.dta``) or SPSS
        (``.sav``, ``.zsav``) file; or a data frame that narwhals knows (pandas, polars, Arrow).

    Raises
    ------
    DataError
        If there is no such file, it cannot be read, or it has no rows.
    """
    table = _file(Path(source)) if isinstance(source, str | Path) else _frame(source)
    if not table.rows.height:
        raise DataError([Note.of("data.empty")])
    return table


def _file(path: Path) -> Table:
    suffix = "".join(path.suffixes[-2:]) if path.suffix == ".gz" else path.suffix
    reader = READERS.get(suffix.lower())
    if reader is None:
        choices = ", ".join(READERS)
        raise DataError([Note.of("data.unknown_format", suffix=path.name, choices=choices)])
    if not path.is_file():
        raise DataError([Note.of("data.no_file", path=str(path))])
    try:
        rows, first_row = reader(path)
    except DataError:
        raise
    except Exception as error:  # Each format has its own; all mean "unreadable".
        detail = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DataError([Note.of("data.unreadable", path=str(path), detail=detail)]) from error
    return Table(rows, first_row, hashlib.sha256(path.read_bytes()).hexdigest())


def _frame(source: object) -> Table:
    frame: Any = nw.from_native(source, eager_only=True)
    # Column by column: the whole at once would need pyarrow for the texts of pandas.
    cells = {str(name): frame[name].to_list() for name in frame.columns}
    rows = pl.DataFrame({n: pl.Series(n, values, strict=False) for n, values in cells.items()})
    return Table(rows, 1, hashlib.sha256(rows.write_csv().encode()).hexdigest())


def _csv(path: Path) -> tuple[pl.DataFrame, int]:
    """All cells as text: what is a number is decided cell by cell, with its row at hand."""
    if path.suffix == ".gz":
        rows = pl.read_csv(path, infer_schema=False)
        return rows, 2
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:  # what Excel in Spanish writes
        text = raw.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    _no_repeats([cell.strip().strip('"') for cell in head.rstrip("\r").split(separator)])
    buffer = io.BytesIO(text.encode())
    return pl.read_csv(buffer, infer_schema=False, separator=separator), 2


def _no_repeats(header: list[str]) -> None:
    for at, name in enumerate(header):
        if name and name in header[:at]:
            raise DataError([Note.of("data.repeated_header", column=name)])


def _xlsx(path: Path) -> tuple[pl.DataFrame, int]:
    head, *body = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    names = [str(cell).strip() for cell in head]
    _no_repeats(names)
    columns = {
        name: pl.Series(name, [_cell(row[at]) for row in body], dtype=pl.String)
        for at, name in enumerate(names)
        if name
    }
    return pl.DataFrame(columns), 2


def _cell(value: object) -> str | None:
    if value == "" or value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _parquet(path: Path) -> tuple[pl.DataFrame, int]:
    return pl.read_parquet(path), 1


def _stata(path: Path) -> tuple[pl.DataFrame, int]:
    columns, _ = pyreadstat.read_dta(str(path), output_format="dict")
    return _from_statistics(columns), 1


def _spss(path: Path) -> tuple[pl.DataFrame, int]:
    columns, _ = pyreadstat.read_sav(str(path), output_format="dict")
    return _from_statistics(columns), 1


def _from_statistics(columns: Any) -> pl.DataFrame:
    made = {
        str(name): pl.Series(str(name), list(cells), strict=False)
        for name, cells in columns.items()
    }
    return pl.DataFrame(made)


READERS: Final[dict[str, Callable[[Path], tuple[pl.DataFrame, int]]]] = {
    ".csv": _csv,
    ".csv.gz": _csv,
    ".tsv": _csv,
    ".xlsx": _xlsx,
    ".parquet": _parquet,
    ".dta": _stata,
    ".sav": _spss,
    ".zsav": _spss,
}
