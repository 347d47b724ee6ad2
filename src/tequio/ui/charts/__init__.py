"""Charts as Vega-Lite dictionaries, drawn once on the server for both page and paper."""

from __future__ import annotations

from tequio.ui.charts.builders import (
    SessionBar,
    Spec,
    dose_histogram,
    funnel_bars,
    session_bars,
    survival_curve,
)
from tequio.ui.charts.drawing import svg

__all__ = [
    "SessionBar",
    "Spec",
    "dose_histogram",
    "funnel_bars",
    "session_bars",
    "survival_curve",
    "svg",
]
