"""Charts as Vega-Lite dictionaries, drawn once on the server for both page and paper."""

from __future__ import annotations

from tequio.ui.charts.builders import (
    SessionBar,
    Spec,
    dose_histogram,
    funnel_bars,
    session_bars,
    survival_curve,
    ten_seats,
)
from tequio.ui.charts.drawing import svg
from tequio.ui.charts.forest import Line, forest
from tequio.ui.charts.watching import Point, Strip, limits_in_time

__all__ = [
    "Line",
    "Point",
    "SessionBar",
    "Spec",
    "Strip",
    "dose_histogram",
    "forest",
    "funnel_bars",
    "limits_in_time",
    "session_bars",
    "survival_curve",
    "svg",
    "ten_seats",
]
