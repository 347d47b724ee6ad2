"""Names at the ends of lines: beside their line, and never on top of each other."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Final

from evidencia.report.figures.theme import Spec, layer, rows, style

HIGH: Final = 17
_LETTERS: Final = 12


def folded(name: str) -> list[str]:
    """Return `name` in lines that fit beside a drawing."""
    return wrap(name, _LETTERS) or [name]


def names(labels: Sequence[tuple[int, float, list[str]]], height: float) -> list[Spec]:
    """Place the labels.

    Parameters
    ----------
    labels
        Sign of the arm, wished height of the middle in pixels from the top, and lines.
    height
        Of the drawing, pixels; labels that would fall out at the bottom all move up.
    """
    bottom, placed = -float(HIGH), []
    for sign, at, lines in sorted(labels, key=lambda label: label[1]):
        top = max(at - HIGH * len(lines) / 2, bottom)
        bottom = top + HIGH * len(lines) + 2
        placed.append((sign, top + HIGH / 2, lines))
    over = max(0.0, bottom - height - HIGH)
    return [_name(sign, top - over, lines) for sign, top, lines in placed]


def _name(sign: int, top: float, lines: list[str]) -> Spec:
    mark = {
        "type": "text",
        "align": "left",
        "baseline": "middle",
        "x": {"expr": "width + 8"},
        "y": top,
        "color": style(sign)["color"],
        "fontWeight": "bold",
        "lineHeight": HIGH,
    }
    return rows([{"name": lines}], layer(mark, text={"field": "name"}))
