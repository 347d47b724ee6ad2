"""How much worse must the lost have done for the conclusion to go away?"""

from __future__ import annotations

from collections.abc import Sequence

from evidencia.report.figures.theme import (
    INK,
    JADE,
    PALE,
    SOFT,
    WIDTH,
    Spec,
    layer,
    rows,
    whole,
)

_HEIGHT = 200


def tipping(
    steps: Sequence[tuple[float, float, float, float]],
    *,
    title: str,
    description: str,
    axis: str,
    none: str,
    point: tuple[float, str] | None,
    ratio: bool,
) -> Spec:
    """Draw the effect against delta.

    Parameters
    ----------
    steps
        Delta, estimate, low and high, by ascending delta.
    none
        What the line of no difference is called.
    point
        Where the conclusion goes away, with its words; None where it does not.
    ratio
        Whether the effects are logarithms: the axis then shows ratios.
    """
    values = [{"d": d, "e": e, "low": lo, "high": hi} for d, e, lo, hi in steps]
    x = {
        "type": "quantitative",
        "field": "d",
        "scale": {"nice": False, "zero": False},
        "axis": {"title": axis, "tickCount": 6},
    }
    look: Spec = {"title": None, "tickCount": 5}
    if ratio:
        look["labelExpr"] = "format(exp(datum.value), '.2~f')"
    scale = {"domain": _reach(steps), "nice": False, "zero": False}
    y = {"type": "quantitative", "axis": look, "scale": scale}
    band = {"type": "area", "color": PALE}
    edge = {"type": "line", "color": JADE, "strokeWidth": 1, "strokeDash": [3, 3]}
    line = {"type": "line", "color": JADE, "strokeWidth": 2.5, "point": {"color": JADE, "size": 40}}
    layers = [
        layer(band, x=x, y=y | {"field": "low"}, y2={"field": "high"}),
        layer(edge, x=x, y=y | {"field": "low"}),
        layer(edge, x=x, y=y | {"field": "high"}),
        layer(line, x=x, y=y | {"field": "e"}),
        *_none(none, y, above=bool(steps) and steps[0][1] < 0),
        *_point(point, x, (values[0]["d"], values[-1]["d"])),
    ]
    body = {"width": WIDTH - 40, "height": _HEIGHT, "data": {"values": values}, "layer": layers}
    return whole(title, description, body)


def _reach(steps: Sequence[tuple[float, float, float, float]]) -> list[float]:
    """Both ends of the axis: every limit, zero, and air for its name."""
    ends = [0.0, *(e for step in steps for e in step[1:])]
    air = 0.12 * (max(ends) - min(ends) or 1.0)
    return [min(ends) - air, max(ends) + air]


def _none(words: str, y: Spec, *, above: bool) -> list[Spec]:
    """The line of no difference, named on the side where the band does not begin."""
    at = y | {"field": "z"}
    text = {"type": "text", "align": "left", "x": 6, "dy": -9 if above else 12, "color": SOFT}
    return [
        rows([{"z": 0}], layer({"type": "rule", "color": INK, "strokeWidth": 1.5}, y=at)),
        rows([{"z": 0, "t": words}], layer(text, y=at, text={"field": "t"})),
    ]


def _point(point: tuple[float, str] | None, x: Spec, ends: tuple[float, float]) -> list[Spec]:
    if point is None:
        return []
    at, words = point
    place = (at - ends[0]) / ((ends[1] - ends[0]) or 1.0)
    align = "left" if place < 0.3 else "right" if place > 0.7 else "center"
    rule = {"type": "rule", "color": INK, "strokeWidth": 2, "strokeDash": [6, 4]}
    text = {"type": "text", "y": -8, "fontWeight": "bold", "align": align}
    return [
        rows([{"d": at}], layer(rule, x=x)),
        rows([{"d": at, "t": words}], layer(text, x=x, text={"field": "t"})),
    ]
