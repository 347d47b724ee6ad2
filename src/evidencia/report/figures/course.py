"""Observed means over time, arm by arm: one drawing per outcome and informant, never pooled."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from evidencia.report.figures.labels import folded, names
from evidencia.report.figures.theme import WIDTH, Spec, layer, rows, style, whole

_HEIGHT, _MARGIN = 200, 100
_NUDGE = 0.045


@dataclass(frozen=True, slots=True)
class Line:
    """One arm.

    Attributes
    ----------
    name
        Stands at the end of its line.
    points
        Place of the wave, mean and its limits (None where there are none).
    """

    name: str
    points: tuple[tuple[int, float, float | None, float | None], ...]


def course(
    lines: Sequence[Line],
    waves: Sequence[str],
    *,
    title: str,
    description: str,
    percent: bool,
    span: tuple[float, float],
) -> Spec:
    """Draw the lines.

    Parameters
    ----------
    percent
        Whether the means are shares.
    span
        Ends of the vertical axis; the same for every informant of an outcome.
    """
    width = WIDTH - _MARGIN
    scale = {"domain": [-0.25, len(waves) - 0.75], "nice": False}
    labels = f"{json.dumps(list(waves), ensure_ascii=False)}[datum.value]"
    x = {
        "type": "quantitative",
        "scale": scale,
        "axis": {"title": None, "values": list(range(len(waves))), "labelExpr": labels},
    }
    axis: Spec = {"title": None, "tickCount": 5}
    if percent:
        axis["labelExpr"] = "format(100 * datum.value, '.0f') + ' %'"
    y = {"type": "quantitative", "scale": {"domain": list(span), "zero": False}, "axis": axis}
    layers = [
        made
        for i, line in enumerate(lines)
        for made in _line(i, line, (i - (len(lines) - 1) / 2) * _NUDGE, x, y)
    ]
    low, high = span
    ends = [
        (i, (high - line.points[-1][1]) / (high - low) * _HEIGHT, folded(line.name))
        for i, line in enumerate(lines)
        if line.points
    ]
    body = {"width": width, "height": _HEIGHT, "layer": [*layers, *names(ends, _HEIGHT)]}
    return whole(title, description, body)


def _line(i: int, line: Line, nudge: float, x: Spec, y: Spec) -> list[Spec]:
    look = style(i)
    values = [
        {"t": t + nudge, "m": mean, "low": low, "high": high} for t, mean, low, high in line.points
    ]
    at = x | {"field": "t"}
    bar = {"type": "rule", "color": look["color"], "strokeWidth": 1.5}
    stroke = {
        "type": "line",
        "color": look["color"],
        "strokeWidth": 2.5,
        "strokeDash": look["dash"],
    }
    sign = {
        "type": "point",
        "shape": look["shape"],
        "stroke": look["color"],
        "fill": look["fill"],
        "size": 75,
        "strokeWidth": 2,
        "opacity": 1,
    }
    known = [v for v in values if v["low"] is not None]
    return [
        rows(known, layer(bar, x=at, y=y | {"field": "low"}, y2={"field": "high"})),
        rows(values, layer(stroke, x=at, y=y | {"field": "m"})),
        rows(values, layer(sign, x=at, y=y | {"field": "m"})),
    ]
