"""Letters, inks and signs. Arms differ by shape and dash first, and by colour only then."""

from __future__ import annotations

from typing import Any, Final

Spec = dict[str, Any]

FONT: Final = "Atkinson Hyperlegible"
INK, SOFT, LINE, PAPER = "#1f2a2e", "#4f5c62", "#d9d2c5", "#ffffff"
JADE, PALE, GREY = "#0b6e5d", "#cfe5df", "#ece8e0"
WIDTH: Final = 360
SIZE: Final = 14

# Control first. In black and white: shape, fill and dash tell them apart.
STYLES: Final = (
    {"color": INK, "shape": "circle", "dash": [5, 4], "fill": PAPER},
    {"color": JADE, "shape": "square", "dash": [1, 0], "fill": JADE},
    {"color": "#6b4fa0", "shape": "triangle-up", "dash": [2, 3], "fill": PAPER},
    {"color": "#b4472b", "shape": "diamond", "dash": [8, 3, 2, 3], "fill": "#b4472b"},
)


def style(i: int) -> dict[str, Any]:
    """Return the signs of arm `i`; after four they repeat, and the label tells them apart."""
    return STYLES[i % len(STYLES)]


def config() -> Spec:
    """Return the Vega-Lite configuration: few inks, direct labels, no decoration."""
    text = {"font": FONT, "fontSize": SIZE, "color": INK}
    axis = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": SIZE,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": SOFT,
        "domainColor": INK,
        "tickColor": INK,
        "gridColor": LINE,
        "labelPadding": 5,
        "titlePadding": 8,
        "labelLimit": 0,
        "labelFlush": False,
    }
    return {
        "background": None,
        "font": FONT,
        "padding": {"left": 2, "right": 2, "top": 6, "bottom": 2},
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False},
        "axisY": {"domain": False, "ticks": False},
        "text": text,
        "mark": {"font": FONT},
    }


def layer(mark: Spec, **encoding: Any) -> Spec:
    """Return one layer of a drawing."""
    return {"mark": dict(mark), "encoding": encoding}


def rows(values: list[Spec], made: Spec) -> Spec:
    """Return `made` with data of its own."""
    return made | {"data": {"values": values}}


def whole(title: str, description: str, body: Spec) -> Spec:
    """Return a complete specification; title and description name the drawing."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "usermeta": {"title": title, "description": description},
        **body,
    }
