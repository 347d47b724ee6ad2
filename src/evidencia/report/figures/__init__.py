"""The drawings of a report as Vega-Lite dictionaries: narrow, so that a telephone can read them."""

from __future__ import annotations

from evidencia.report.figures.course import Line, course
from evidencia.report.figures.drawing import svg
from evidencia.report.figures.flow import Box, flow
from evidencia.report.figures.forest import Row, forest
from evidencia.report.figures.retention import Steps, retention
from evidencia.report.figures.tipping import tipping

__all__ = [
    "Box",
    "Line",
    "Row",
    "Steps",
    "course",
    "flow",
    "forest",
    "retention",
    "svg",
    "tipping",
]
