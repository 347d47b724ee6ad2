"""Shares through time, place under place: each month's limits, the share, and what was assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tequio.ui.charts.builders import WIDTH, Layer, Spec, described, layer
from tequio.ui.charts.theme import HUES, INK, INK_SOFT

_HEIGHT = 92
# Room on the right for the words of the last month.
_PLOT = WIDTH - 70


@dataclass(frozen=True, slots=True)
class Point:
    """A share as it stood at the end of a month, with its limits; None while nobody is known."""

    label: str
    share: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Strip:
    """One place: its name, what to read first, its months, and what was assumed."""

    name: str
    points: Sequence[Point]
    target: float | None = None
    target_label: str = ""


def limits_in_time(
    strips: Sequence[Strip],
    *,
    moments: Sequence[str],
    title: str,
    description: str,
    hue: str = "jade",
) -> Spec:
    """Small pictures one under another, of the same moments and on the same scale of 0 to 100 %."""
    drawn = [_strip(strip, moments, hue) for strip in strips]
    return described(title, description, {"vconcat": drawn, "spacing": 14})


def _strip(strip: Strip, moments: Sequence[str], hue: str) -> Layer:
    full, pale = HUES[hue]
    rows = [
        {"at": point.label, "share": point.share, "low": point.low, "high": point.high}
        for point in strip.points
    ]
    x = {
        "field": "at",
        "type": "ordinal",
        "sort": None,
        "scale": {"domain": list(moments)},
        "axis": {
            "title": None,
            "ticks": False,
            "labelAngle": 0,
            "labelOverlap": True,
            "labelSeparation": 10,
        },
    }
    scale = {"domain": [0, 1], "nice": False}
    expr = "format(100 * datum.value, '.0f') + '\u00a0%'"
    axis = {"title": None, "labelExpr": expr, "values": [0, 0.5, 1]}
    y = {"type": "quantitative", "scale": scale, "axis": axis}
    limits = layer(
        {"type": "bar", "color": pale, "stroke": full, "strokeWidth": 1, "width": {"band": 0.62}},
        x=x,
        y=y | {"field": "low"},
        y2={"field": "high"},
    )
    known = [{"filter": "isValid(datum.share)"}]
    line = layer({"type": "line", "color": full, "strokeWidth": 2}, x=x, y=y | {"field": "share"})
    dots = layer(
        {"type": "point", "filled": True, "opacity": 1, "size": 45, "color": full},
        x=x,
        y=y | {"field": "share"},
    )
    line["transform"] = dots["transform"] = known
    layers = [limits, line, dots, *_last(rows, y), *_target(strip, y)]
    heading = {"text": strip.name, "fontSize": 14, "anchor": "start", "color": INK, "offset": 4}
    return {
        "width": _PLOT,
        "height": _HEIGHT,
        "title": heading,
        "data": {"values": rows},
        "layer": layers,
    }


def _last(rows: Sequence[Layer], y: Layer) -> list[Layer]:
    known = [row for row in rows if row["share"] is not None]
    if not known:
        return []
    words = layer(
        {"type": "text", "align": "left", "dx": 8, "fontWeight": "bold", "clip": False},
        x={"value": _PLOT},
        y=y | {"field": "share"},
        text={"field": "text"},
    )
    words["data"] = {"values": [known[-1] | {"text": f"{100 * known[-1]['share']:.0f}\u00a0%"}]}
    return [words]


def _target(strip: Strip, y: Layer) -> list[Layer]:
    if strip.target is None:
        return []
    data = {"values": [{"target": strip.target, "text": strip.target_label}]}
    rule = layer(
        {"type": "rule", "color": INK, "strokeWidth": 1.5, "strokeDash": [5, 3]},
        y=y | {"field": "target"},
    )
    # In the line of the name, on the right: over the bars it could not be read.
    words = layer(
        {"type": "text", "align": "right", "dy": -12, "color": INK_SOFT, "fontSize": 13},
        x={"value": _PLOT},
        y={"value": 0},
        text={"field": "text"},
    )
    rule["data"] = words["data"] = data
    return [rule, words]
