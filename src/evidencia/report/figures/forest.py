"""The primary with its sensitivity set: one line each, the name above it, the numbers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from textwrap import shorten

from evidencia.report.figures.theme import (
    GREY,
    INK,
    JADE,
    PAPER,
    SIZE,
    SOFT,
    WIDTH,
    Spec,
    layer,
    rows,
    whole,
)

_STEP = 46
_LETTER = 6.3  # pixels, on average, of a letter of our size


@dataclass(frozen=True, slots=True)
class Row:
    """One estimate with its interval, on its own scale.

    Attributes
    ----------
    name, numbers
        Above the line: left and right.
    estimate, low, high
        Limits may be infinite: they are drawn to the edge.
    main
        Whether it is the figure of the plan.
    """

    name: str
    numbers: str
    estimate: float
    low: float
    high: float
    main: bool = False


def forest(
    made: Sequence[Row],
    *,
    title: str,
    description: str,
    sides: tuple[str, str],
    ratio: bool,
    smallest: float | None,
) -> Spec:
    """Draw `made` from top to bottom.

    Parameters
    ----------
    sides
        What being left and right of the line means.
    ratio
        Whether the numbers are logarithms: the axis then shows ratios.
    smallest
        Half the width of the grey band that does not matter; None for no band.
    """
    left, right = _reach(made, smallest)
    x = {"type": "quantitative", "scale": {"domain": [left, right], "nice": False, "zero": False}}
    axis: Spec = {"title": None, "tickCount": 5, "orient": "bottom"}
    if ratio:
        axis["labelExpr"] = "format(exp(datum.value), '.2~f')"
    values = [
        {
            "y": i * _STEP,
            "name": _fitting(row),
            "numbers": row.numbers,
            "e": row.estimate,
            "low": max(row.low, left),
            "high": min(row.high, right),
            "main": row.main,
        }
        for i, row in enumerate(made)
    ]
    height = len(made) * _STEP
    x["axis"] = axis
    y = {
        "field": "y",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, height], "reverse": True, "nice": False},
    }
    layers = [
        *_band(x, smallest, height),
        rows(
            [{"z": 0}],
            layer(
                {"type": "rule", "strokeWidth": 1.5, "color": INK},
                x=x | {"field": "z"},
            ),
        ),
        *_marks(x, y),
        *_sides(sides),
    ]
    body = {"width": WIDTH, "height": height, "data": {"values": values}, "layer": layers}
    return whole(title, description, body)


def _fitting(row: Row) -> str:
    """The name, cut where it would run into the numbers."""
    room = int(WIDTH / _LETTER) - len(row.numbers) - 2
    return row.name if len(row.name) <= room else shorten(row.name, max(room, 8), placeholder="…")


def _reach(made: Sequence[Row], smallest: float | None) -> tuple[float, float]:
    """Both ends of the axis: all finite limits, zero inside, a little air."""
    ends = [e for row in made for e in (row.low, row.high, row.estimate) if isfinite(e)]
    ends += [0.0] if smallest is None else [-smallest, smallest]
    low, high = min(ends), max(ends)
    air = 0.08 * (high - low or 1.0)
    return low - air, high + air


def _band(x: Spec, smallest: float | None, height: int) -> list[Spec]:
    if smallest is None:
        return []
    mark = {"type": "rect", "color": GREY}
    drawn = layer(mark, x=x | {"field": "a"}, x2={"field": "b"})
    return [rows([{"a": -smallest, "b": smallest}], drawn)]


def _marks(x: Spec, y: Spec) -> list[Spec]:
    rule = {"type": "rule", "yOffset": 33, "strokeCap": "round"}
    point = {"type": "point", "yOffset": 33, "opacity": 1, "strokeWidth": 2}
    main = {"condition": {"test": "datum.main", "value": JADE}, "value": INK}
    fill = {"condition": {"test": "datum.main", "value": JADE}, "value": PAPER}
    shape = {"condition": {"test": "datum.main", "value": "square"}, "value": "circle"}
    weight = {"condition": {"test": "datum.main", "value": 4}, "value": 2}
    size = {"condition": {"test": "datum.main", "value": 130}, "value": 75}
    text = {"type": "text", "yOffset": 14, "baseline": "middle"}
    name = layer(
        text | {"align": "left", "x": 0},
        y=y,
        text={"field": "name"},
    )
    numbers = layer(
        text | {"align": "right", "x": WIDTH},
        y=y,
        text={"field": "numbers"},
    )
    plain = {"transform": [{"filter": "!datum.main"}]}
    bold = {"transform": [{"filter": "datum.main"}]}
    heavy = {"fontWeight": "bold"}
    # The line of no difference stops where there are words.
    strip = layer({"type": "rect", "color": PAPER, "x": 0, "x2": WIDTH, "height": 26}, y=y)
    strip["mark"]["yOffset"] = 12
    return [
        strip,
        layer(
            rule, y=y, x=x | {"field": "low"}, x2={"field": "high"}, color=main, strokeWidth=weight
        ),
        layer(point, y=y, x=x | {"field": "e"}, stroke=main, fill=fill, shape=shape, size=size),
        name | plain,
        numbers | plain,
        name | bold | {"mark": name["mark"] | heavy},
        numbers | bold | {"mark": numbers["mark"] | heavy},
    ]


def _sides(sides: tuple[str, str]) -> list[Spec]:
    """Under the axis: which way is good, in words and with a sign (the font has no arrows)."""
    text = {"type": "text", "color": SOFT, "fontSize": SIZE, "baseline": "middle"}
    sign = {"type": "point", "fill": SOFT, "stroke": SOFT, "size": 50, "opacity": 1}
    long = (len(sides[0]) + len(sides[1])) * _LETTER > WIDTH - 50
    drawn = []
    for words, at, align, way in (
        (sides[0], 0, "left", "triangle-left"),
        (sides[1], WIDTH, "right", "triangle-right"),
    ):
        step = 6 if align == "left" else -6
        # Words that would meet stand one under the other.
        under = {"y": {"expr": f"height + {58 if long and align == 'right' else 38}"}}
        name = layer(text | under | {"align": align, "x": at + 2.5 * step}, text={"field": "t"})
        mark = layer(sign | under | {"shape": way, "x": at + step})
        drawn += [rows([{"t": words}], name), rows([{"t": words}], mark)]
    return drawn
