"""Data of a study: files of the usual formats, checked against the plan, as arrays."""

from __future__ import annotations

from evidencia.frames.build import read_frame
from evidencia.frames.frame import Covariate, Frame, Series
from evidencia.frames.tables import READERS, Table, read_table

__all__ = ["READERS", "Covariate", "Frame", "Series", "Table", "read_frame", "read_table"]
