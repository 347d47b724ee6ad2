"""One column at a time: labels and numbers, with the row of every cell that is neither."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from evidencia.frames.tables import Table
from evidencia.plans.problems import nearest
from evidencia.words import Note

Labels = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.float64]

# What the usual programs write where there is nothing.
NOTHING: Final = ("", "NA", "N/A", "NaN", "nan", ".", "null", "NULL", "None")
_YES_NO: Final = {"true": "1", "false": "0", "True": "1", "False": "0", "TRUE": "1", "FALSE": "0"}


class Columns:
    """The columns of a table, and what was found wrong in them.

    Attributes
    ----------
    notes
        Problems so far; the reading goes on, so that all of them are said at once.
    """

    def __init__(self, table: Table) -> None:
        self.table, self.notes = table, list[Note]()
        self.n = table.rows.height

    def row(self, at: int | np.intp) -> int:
        """Return how a person numbers this row."""
        return int(at) + self.table.first_row

    def has(self, column: str) -> bool:
        """Whether the data hold the column."""
        return column in self.table.rows.columns

    def find(self, column: str, role: str) -> bool:
        """Whether the data hold the column; if not, that is a problem."""
        if self.has(column):
            return True
        near = nearest(column, self.table.rows.columns)
        self.notes.append(Note.of("data.no_column", column=column, role=role, nearest=near))
        return False

    def labels(self, column: str) -> Labels:
        """Return the cells as texts, None where empty; 1.0 reads "1"."""
        return np.array(self._texts(column).to_list(), dtype=np.object_)

    def required(self, column: str, role: str) -> Labels:
        """Return labels; an empty cell is a problem."""
        cells = self.labels(column)
        empty = np.flatnonzero(cells == None)  # noqa: E711 - element by element
        if empty.size:
            row, n = self.row(empty[0]), int(empty.size)
            self.notes.append(Note.of("data.empty_cell", row=row, column=column, role=role, n=n))
        return np.where(cells == None, "", cells)  # noqa: E711

    def is_numeric(self, column: str) -> bool:
        """Whether every cell that holds something holds a number."""
        texts = self._texts(column)
        return int(texts.cast(pl.Float64, strict=False).is_null().sum()) == texts.null_count()

    def numbers(self, column: str) -> Numbers:
        """Return the cells as numbers, NaN where empty; any other text is a problem."""
        texts = self._texts(column)
        values = texts.cast(pl.Float64, strict=False)
        wrong = np.flatnonzero((values.is_null() & texts.is_not_null()).to_numpy())
        if wrong.size:
            at, n = int(wrong[0]), int(wrong.size)
            self.notes.append(
                Note.of(
                    "data.not_a_number",
                    row=self.row(at),
                    column=column,
                    value=str(texts[at]),
                    n=n,
                )
            )
        found: Numbers = values.fill_null(float("nan")).to_numpy().astype(np.float64)
        return np.where(np.isfinite(found), found, np.nan)

    def _texts(self, column: str) -> pl.Series:
        cells = self.table.rows[column]
        if cells.dtype == pl.Boolean:
            cells = cells.cast(pl.Int8)
        if cells.dtype.is_float():
            whole = cells.fill_nan(None)
            if bool((whole.drop_nulls() % 1 == 0).all()):
                whole = whole.cast(pl.Int64, strict=False)
            cells = whole
        texts = cells.cast(pl.String, strict=False).str.strip_chars()
        texts = texts.replace(_YES_NO)
        return texts.set(texts.is_in(list(NOTHING)), None)
