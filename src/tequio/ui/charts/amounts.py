"""Sums side by side: what was paid, filled; what was given, pale beside it in the same bar."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from django.utils.translation import gettext as _

from tequio.ui.charts.builders import WIDTH, Layer, Spec, described, layer, named_rows
from tequio.ui.charts.theme import HUES


def amount_bars(
    rows: Sequence[tuple[str, int, int, str]],
    *,
    title: str,
    description: str,
    paid_word: str,
    given_word: str,
    hue: str = "jade",
) -> Spec:
    """Bars of (label, paid, given, words at the end). The words say the sum as money."""
    full, pale = HUES[hue]
    most = max((paid + given for _label, paid, given, _words in rows), default=1)
    values = [
        {
            "label": "|".join(wrap(label, 20)),
            "paid": paid,
            "whole": paid + given,
            "text": words,
        }
        for label, paid, given, words in rows
    ]
    y = named_rows()
    scale = {"domain": [0, max(most, 1) * 1.42], "nice": False}
    x = {"type": "quantitative", "axis": None, "scale": scale}
    wide = {"type": "bar", "stroke": full, "strokeWidth": 1.5, "height": {"band": 0.68}}
    paid = layer(wide | {"color": full}, x=x | {"field": "paid"}, y=y)
    given = layer(wide | {"fill": pale}, x=x | {"field": "paid"}, x2={"field": "whole"}, y=y)
    given["transform"] = [{"filter": "datum.whole > datum.paid"}]
    words = layer(
        {"type": "text", "align": "left", "dx": 8, "fontWeight": "bold"},
        x=x | {"field": "whole"},
        y=y,
        text={"field": "text"},
    )
    body = {"width": WIDTH - 60, "height": {"step": 42}, "data": {"values": values}}
    drawn = body | {"layer": [paid, given, words]}
    key = _key((paid_word, given_word), (full, pale), full)
    return described(title, description, {"vconcat": [key, drawn], "spacing": 6})


def _key(words: tuple[str, str], fills: tuple[str, str], line: str) -> Layer:
    """Two signs with their words, as marks of the drawing itself."""
    rows = [
        {"x": x, "x2": x + 20, "text": word, "fill": fill}
        for x, word, fill in zip((0, 150), words, fills, strict=True)
    ]
    start: Layer = {"field": "x", "type": "quantitative", "scale": None, "axis": None}
    box = layer(
        {"type": "rect", "y": 2, "y2": 16, "stroke": line, "strokeWidth": 1.5},
        x=start,
        x2={"field": "x2"},
        fill={"field": "fill", "type": "nominal", "scale": None},
    )
    text = layer(
        {"type": "text", "align": "left", "dx": 28, "y": 9, "baseline": "middle"},
        x=start,
        text={"field": "text"},
    )
    return {"width": WIDTH - 60, "height": 18, "data": {"values": rows}, "layer": [box, text]}


def in_words(rows: Sequence[tuple[str, int, int, str]]) -> str:
    """Say the bars for who does not see them."""
    return "; ".join(_("%(what)s: %(sum)s") % {"what": r[0], "sum": r[3]} for r in rows)
