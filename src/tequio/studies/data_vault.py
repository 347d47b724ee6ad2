"""Sealing frozen rows, and what a run found until its day."""

from __future__ import annotations

from tequio.access.vault import key_of
from tequio.studies.models import DataSet, DataSetRows, Run


def seal_rows(found: DataSet, rows: bytes) -> bytes:
    """Seal the rows of a set to it."""
    return key_of(found.organisation_id).seal(rows, bound_to=_place(found, "rows"))


def open_rows(kept: DataSetRows) -> bytes:
    """Open the rows of a set. Only a run, a packet of sums and the next freezing do so."""
    found = kept.data_set
    return key_of(found.organisation_id).open(kept.sealed, bound_to=_place(found, "rows"))


def rows_of(found: DataSet) -> bytes | None:
    """Return the rows of a set; None where their time is over."""
    kept = DataSetRows.objects.filter(data_set=found).select_related("data_set").first()
    return None if kept is None else open_rows(kept)


def seal_result(run: Run, result: str) -> bytes:
    """Seal what a run found."""
    return key_of(run.organisation_id).seal(result.encode(), bound_to=_place(run, "result"))


def open_result(run: Run) -> str | None:
    """Open it, on the day; None where it was not enough."""
    if run.result is None:
        return None
    plain = key_of(run.organisation_id).open(run.result, bound_to=_place(run, "result"))
    return plain.decode()


def _place(row: DataSet | Run, field: str) -> str:
    return f"{row.organisation_id}|{row._meta.db_table}|{row.pk}|{field}|1"
