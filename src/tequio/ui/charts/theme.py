"""Our letters and colours as a Vega-Lite configuration: few inks, direct labels, no decoration."""

from __future__ import annotations

from typing import Any

FONT = "Atkinson Hyperlegible"
INK, INK_SOFT, LINE, CARD = "#1f2a2e", "#4f5c62", "#e4ddd1", "#ffffff"
# hue, and a pale fill that stays apart from it in black and white
HUES = {
    "jade": ("#0b6e5d", "#b9dbd2"),
    "jacaranda": ("#6b4fa0", "#d5cae8"),
    "terracotta": ("#b4472b", "#f0c9bb"),
}

Config = dict[str, Any]


def config() -> Config:
    text = {"font": FONT, "fontSize": 14, "color": INK}
    axis = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": 13,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK_SOFT,
        "domainColor": INK,
        "tickColor": INK,
        "gridColor": LINE,
        "labelPadding": 6,
        "titlePadding": 10,
        "labelLimit": 0,
        "labelFlush": False,
    }
    return {
        # None: the page shows through, and with it the shadow that says "there is more this way".
        "background": None,
        "font": FONT,
        "padding": {"left": 4, "right": 12, "top": 8, "bottom": 4},
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False},
        "axisY": {"domain": False, "ticks": False},
        "text": text,
        "mark": {"font": FONT},
        "header": {"labelFont": FONT, "titleFont": FONT},
        "title": {"font": FONT, "fontSize": 15, "anchor": "start", "color": INK},
    }
