"""How many kept coming: a step for each session, with its band, arm by arm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidencia.report.figures.labels import folded, names
from evidencia.report.figures.theme import PALE, WIDTH, Spec, layer, rows, style, whole

_HEIGHT, _MARGIN = 200, 100


@dataclass(frozen=True, slots=True)
class Steps:
    """One curve: `points` hold time, share, low and high; `last` says where it ends."""

    name: str
    last: str
    points: tuple[tuple[float, float, float, float], ...]


def retention(
    curves: Sequence[Steps], *, title: str, description: str, axis: str, first: int
) -> Spec:
    """Draw the curves; `first` is the sign of the first one (0 is the control's)."""
    x = {
        "type": "quantitative",
        "field": "t",
        "axis": {"title": axis, "tickMinStep": 1, "format": "d"},
        "scale": {"nice": False},
    }
    y = {
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "axis": {
            "title": None,
            "values": [0, 0.25, 0.5, 0.75, 1],
            "labelExpr": "format(100 * datum.value, '.0f') + ' %'",
        },
    }
    layers = [made for i, curve in enumerate(curves) for made in _steps(i + first, curve, x, y)]
    ends = [
        (i + first, (1 - curve.points[-1][1]) * _HEIGHT, [*folded(curve.name), curve.last])
        for i, curve in enumerate(curves)
        if curve.points
    ]
    layers += names(ends, _HEIGHT)
    body = {"width": WIDTH - _MARGIN, "height": _HEIGHT, "layer": layers}
    return whole(title, description, body)


def _steps(i: int, curve: Steps, x: Spec, y: Spec) -> list[Spec]:
    look = style(i)
    values = [{"t": t, "s": s, "low": lo, "high": hi} for t, s, lo, hi in curve.points]
    band = {"type": "area", "interpolate": "step-after", "color": PALE, "opacity": 0.75}
    line = {
        "type": "line",
        "interpolate": "step-after",
        "color": look["color"],
        "strokeWidth": 2.5,
        "strokeDash": look["dash"],
    }
    return [
        rows(values, layer(band, x=x, y=y | {"field": "low"}, y2={"field": "high"})),
        rows(values, layer(line, x=x, y=y | {"field": "s"})),
    ]
