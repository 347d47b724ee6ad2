"""Who was there and who answered: a column per arm, a box per measurement, the missing beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from evidencia.report.figures.theme import INK, JADE, PAPER, SOFT, WIDTH, Spec, layer, rows, whole

_GAP, _LINE, _PAD, _BETWEEN = 14, 18, 8, 36


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a column.

    Attributes
    ----------
    lines
        Its text; the first line of the first box is the arm.
    beside
        On the arrow that leads to it: how many are missing; empty for nothing.
    """

    lines: tuple[str, ...]
    beside: str = ""


def flow(columns: Sequence[Sequence[Box]], *, title: str, description: str) -> Spec:
    """Draw the columns side by side, from the start to the last measurement."""
    n = max(1, len(columns))
    wide = max(150.0, (WIDTH - _GAP * (n - 1)) / n)
    letters = int((wide - 2 * _PAD) / 6.4)
    folded = [
        [tuple(part for line in box.lines for part in wrap(line, letters)) for box in column]
        for column in columns
    ]
    heights = [
        max((len(c[i]) for c in folded if i < len(c)), default=1) * _LINE + 2 * _PAD
        for i in range(max((len(c) for c in folded), default=0))
    ]
    tops = [sum(heights[:i]) + _BETWEEN * i for i in range(len(heights))]
    boxes, arrows, texts = [], [], []
    for j, column in enumerate(folded):
        left = j * (wide + _GAP)
        for i, lines in enumerate(column):
            top, high = tops[i], heights[i]
            boxes.append(
                {"x": left, "x2": left + wide, "y": top, "y2": top + high, "first": i == 0}
            )
            texts.append(
                {"x": left + wide / 2, "y": top + _PAD + 12, "t": list(lines), "first": i == 0}
            )
            if i:
                words = columns[j][i].beside
                arrows.append(
                    {"x": left + wide / 2, "y": top - _BETWEEN, "y2": top - 1, "t": words}
                )
    height = (tops[-1] + heights[-1]) if heights else 20
    body = {
        "width": n * wide + (n - 1) * _GAP,
        "height": height,
        "layer": [*_boxes(boxes), *_arrows(arrows), *_texts(texts)],
    }
    return whole(title, description, body)


_AT: Spec = {"type": "quantitative", "scale": None, "axis": None}


def _boxes(values: list[Spec]) -> list[Spec]:
    mark = {"type": "rect", "fill": PAPER, "strokeWidth": 1.5, "cornerRadius": 4}
    stroke = {"condition": {"test": "datum.first", "value": JADE}, "value": INK}
    drawn = layer(
        mark,
        x=_AT | {"field": "x"},
        x2={"field": "x2"},
        y=_AT | {"field": "y"},
        y2={"field": "y2"},
        stroke=stroke,
    )
    return [rows(values, drawn)]


def _arrows(values: list[Spec]) -> list[Spec]:
    x = _AT | {"field": "x"}
    line = layer(
        {"type": "rule", "color": INK, "strokeWidth": 1.5},
        x=x,
        y=_AT | {"field": "y"},
        y2={"field": "y2"},
    )
    head = {
        "type": "point",
        "shape": "triangle-down",
        "fill": INK,
        "stroke": INK,
        "size": 45,
        "opacity": 1,
    }
    tip = layer(head | {"yOffset": -3}, x=x, y=_AT | {"field": "y2"})
    word = {"type": "text", "align": "left", "dx": 8, "dy": 16, "color": SOFT, "baseline": "middle"}
    said = layer(word, x=x, y=_AT | {"field": "y"}, text={"field": "t"})
    return [rows(values, line), rows(values, tip), rows(values, said)]


def _texts(values: list[Spec]) -> list[Spec]:
    drawn = []
    for first, weight in ((True, "bold"), (False, "normal")):
        mark = {"type": "text", "lineHeight": _LINE, "fontWeight": weight}
        some = [v for v in values if v["first"] == first]
        at = layer(mark, x=_AT | {"field": "x"}, y=_AT | {"field": "y"}, text={"field": "t"})
        drawn.append(rows(some, at))
    return drawn
