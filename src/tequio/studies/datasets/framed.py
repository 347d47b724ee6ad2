"""Rows as an evaluation reads them. Dear to load: no page imports this, only work behind it."""

from __future__ import annotations

from io import BytesIO

import polars as pl

from evidencia.frames import Frame, read_frame
from evidencia.plans import read_plan
from tequio.studies.models import Plan


def frame(plan: Plan, rows: bytes) -> Frame:
    """Return rows as the frame that `evidencia` works on, checked against the plan."""
    # Every cell as text: what is a number is decided cell by cell, as in a file.
    cells = pl.read_csv(BytesIO(rows), infer_schema=False)
    return read_frame(cells, read_plan(plan.text.encode()))
