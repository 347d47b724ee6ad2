"""Several answers to one question, line by line, each with its interval, against no change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from tequio.ui.charts.builders import WIDTH, Layer, Spec, described, layer
from tequio.ui.charts.theme import HUES, INK, INK_SOFT

_STEP, _LEADING = 34, 20
# A longer name goes on in another line: the interval needs the room.
_LETTERS = 34
# The names stand on the left, the numbers on the right.
_PLOT = WIDTH - 230


@dataclass(frozen=True, slots=True)
class Line:
    """One answer; without limits it is only said why there is none."""

    label: str
    text: str
    at: float | None = None
    low: float | None = None
    high: float | None = None
    # How much of the mean it is, 0 to 1; None for the mean itself, which is drawn as a bar.
    weight: float | None = 0.0
    ours: bool = False


def forest(
    lines: Sequence[Line],
    *,
    title: str,
    description: str,
    x_title: str,
    hue: str = "jade",
    nothing: float = 0.0,
) -> Spec:
    """Draw the lines in their order, with a rule at `nothing`: zero, and 1 for ratios."""
    full, pale = HUES[hue]
    rows = [_row(line) for line in lines]
    tall = max((row["label"].count("|") + 1 for row in rows), default=1)
    ends = [nothing, *(v for line in lines for v in (line.low, line.high) if v is not None)]
    room = 0.06 * (max(ends) - min(ends)) or 1.0
    domain = [min(ends) - room, max(ends) + room]
    names = {
        "title": None,
        "ticks": False,
        "domain": False,
        "labelFontSize": 14,
        "labelExpr": "split(datum.label, '|')",
        "labelFontWeight": {
            "condition": {"test": _ours(lines), "value": "bold"},
            "value": "normal",
        },
    }
    y: Layer = {
        "field": "label",
        "type": "ordinal",
        "sort": None,
        "scale": {"domain": list(dict.fromkeys(row["label"] for row in rows))},
        "axis": names,
    }
    scale = {"domain": domain, "nice": False, "zero": False}
    axis = {"title": x_title, "tickCount": 5, "grid": False}
    x: Layer = {"type": "quantitative", "scale": scale, "axis": axis}
    dashes = {"type": "rule", "color": INK_SOFT, "strokeDash": [5, 3]}
    dashed = layer(dashes, x=x | {"datum": nothing})
    interval = layer(
        {"type": "rule", "strokeWidth": 2, "color": full},
        y=y,
        x=x | {"field": "low"},
        x2={"field": "high"},
    )
    interval["transform"] = [{"filter": "datum.kind == 'one'"}]
    dot = layer(
        {"type": "point", "filled": True, "opacity": 1, "stroke": full, "strokeWidth": 2},
        y=y,
        x=x | {"field": "at"},
        size={"field": "area", "type": "quantitative", "scale": None},
        fill={"condition": {"test": "datum.ours", "value": full}, "value": pale},
    )
    dot["transform"] = interval["transform"]
    mean = layer(
        {"type": "bar", "color": full, "stroke": INK, "strokeWidth": 1, "height": 14},
        y=y,
        x=x | {"field": "low"},
        x2={"field": "high"},
    )
    mean["transform"] = [{"filter": "datum.kind == 'mean'"}]
    middle = layer({"type": "tick", "color": pale, "thickness": 3, "height": 14}, y=y, x=x)
    middle["encoding"]["x"] = x | {"field": "at"}
    middle["transform"] = mean["transform"]
    words = layer(
        {"type": "text", "align": "left", "dx": 10, "clip": False},
        y=y,
        x={"value": _PLOT},
        text={"field": "text"},
    )
    body = {
        "width": _PLOT,
        "height": {"step": max(_STEP, _LEADING * tall)},
        "data": {"values": rows},
        "layer": [dashed, interval, dot, mean, middle, words],
    }
    return described(title, description, body)


def _row(line: Line) -> Layer:
    kind = "none" if line.at is None else "mean" if line.weight is None else "one"
    return {
        "label": _in_lines(line.label),
        "text": line.text,
        "at": line.at,
        "low": line.low,
        "high": line.high,
        "area": 60 + 340 * (line.weight or 0.0),
        "ours": line.ours,
        "kind": kind,
    }


def _in_lines(label: str) -> str:
    """Break a name with a bar, which the axis reads as another line."""
    return "|".join(wrap(label.replace("|", "/"), _LETTERS)) or label


def _ours(lines: Sequence[Line]) -> str:
    """Say, in the drawing's own language, which label is ours."""
    ours = [json.dumps(_in_lines(line.label), ensure_ascii=False) for line in lines if line.ours]
    return " || ".join(f"datum.label == {label}" for label in ours) or "false"
