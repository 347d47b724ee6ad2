"""Answers out of the house: long, wide, with labels and a codebook, and as REDCap takes them.

Pure: rows in, rows out. Whoever owns answers opens them, gives each person a number that is made
for this one file and goes nowhere else, and writes down that a file left.
"""

from __future__ import annotations

from tequio.instruments.exports.codebook import codebook
from tequio.instruments.exports.files import TruncatedError, as_csv, as_workbook
from tequio.instruments.exports.layouts import (
    LAYOUTS,
    Answer,
    Layout,
    layout,
    reliability,
)

__all__ = [
    "LAYOUTS",
    "Answer",
    "Layout",
    "TruncatedError",
    "as_csv",
    "as_workbook",
    "codebook",
    "layout",
    "reliability",
]
