"""The drawings of a diagnosis: shares side by side, rates by year, files and calls by month.

Few is never drawn as a number: one to four stand at one height. What was not reported is a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, Final

import numpy as np
from django.utils.translation import gettext as _

from tequio.territory.queries.diagnosis import Diagnosis, Year
from tequio.territory.rules.numbers import FEW, PER, percent, rate_words
from tequio.ui.charts.builders import Spec
from tequio.ui.charts.theme import CARD, HUES, INK, INK_SOFT

FULL, PALE = HUES["terracotta"]
WIDTH: Final = 480
_PERCENT: Final = "format(datum.value, 'd') + '\u00a0%'"
Layer = dict[str, Any]


def shares(found: Diagnosis) -> Spec:
    """Each share as a row: here a disc, the country a bar, the middle of the state a box."""
    rows = [
        {
            "label": "|".join(wrap(str(one.indicator.name), 24)),
            "here": one.here,
            "country": one.country,
            "low": one.middle[0] if one.middle else None,
            "high": one.middle[1] if one.middle else None,
            "text": percent(one.here) if one.here is not None else _("no se publicó"),
            # The figures stand in a column of their own: beside a mark they would seem to be its.
            "at": 100,
        }
        for one in found.compared
    ]
    y = {
        "field": "label",
        "type": "ordinal",
        "sort": None,
        "axis": {
            "title": None, "ticks": False, "domain": False,
            "labelExpr": "split(datum.label, '|')",
        },
    }  # fmt: skip
    scale = {"domain": [0, 100], "nice": False}
    axis = {"title": None, "labelExpr": _PERCENT, "values": [0, 25, 50, 75, 100]}
    x = {"type": "quantitative", "scale": scale, "axis": axis}
    box = _layer(
        {"type": "bar", "color": PALE, "stroke": FULL, "strokeWidth": 1, "height": {"band": 0.42}},
        "datum.low !== null",
        x=x | {"field": "low"},
        x2={"field": "high"},
        y=y,
    )
    country = _layer(
        {"type": "tick", "color": INK, "thickness": 3, "opacity": 1, "height": {"band": 0.66}},
        "datum.country !== null",
        x=x | {"field": "country"},
        y=y,
    )
    here = _layer(
        {"type": "point", "filled": True, "size": 130, "color": FULL, "stroke": CARD, "opacity": 1},
        "datum.here !== null",
        x=x | {"field": "here"},
        y=y,
    )
    words = _layer(
        {"type": "text", "align": "left", "dx": 10, "fontWeight": "bold", "fontSize": 13},
        "true",
        x=x | {"field": "at"},
        y=y,
        text={"field": "text"},
    )
    body = {
        "width": WIDTH - 130,
        "height": {"step": 40},
        "data": {"values": rows},
        "layer": [box, country, here, words],
    }
    drawn = {"vconcat": [_key(), body], "spacing": 4}
    return _whole(shares_title(found), _("Cada renglón es un dato, de 0 a 100 por ciento."), drawn)


def shares_title(found: Diagnosis) -> str:
    """What the first drawing shows."""
    return _("Cómo se vive en %(place)s, frente al estado y al país") % {"place": found.of.place}


def _key() -> Layer:
    """Three signs with their words, as marks of the drawing itself."""
    words = [
        {"x": 6, "text": _("aquí"), "kind": "disc"},
        {"x": 70, "text": _("país"), "kind": "bar"},
        {"x": 140, "text": _("la mitad de en medio de los municipios del estado"), "kind": "box"},
    ]
    x = {"field": "x", "type": "quantitative", "scale": None, "axis": None}
    disc = _layer(
        {"type": "point", "filled": True, "size": 130, "color": FULL, "opacity": 1, "y": 9},
        "datum.kind == 'disc'",
        x=x,
    )
    bar = _layer(
        {"type": "rule", "strokeWidth": 3, "color": INK, "y": 2, "y2": 17},
        "datum.kind == 'bar'",
        x=x,
    )
    box = _layer(
        {"type": "point", "shape": "square", "filled": True, "size": 170, "fill": PALE,
         "stroke": FULL, "strokeWidth": 1, "opacity": 1, "y": 9},
        "datum.kind == 'box'",
        x=x,
    )  # fmt: skip
    text = _layer(
        {"type": "text", "align": "left", "dx": 14, "y": 9, "baseline": "middle", "fontSize": 13},
        "true",
        x=x,
        text={"field": "text"},
    )
    return {
        "width": WIDTH - 130,
        "height": 20,
        "data": {"values": words},
        "layer": [disc, bar, box, text],
    }


def rates(found: Diagnosis) -> Spec:
    """Three small drawings with one scale: yearly rates here, in the state, in the country."""
    wide = found.spread / max(1, found.people)
    # In a state, as in the country, people are many: nothing of their rates is luck.
    panels = (
        (found.of.place, "here", wide),
        (found.of.state, "state", 0),
        (_("País"), "country", 0),
    )
    seen = [value for year in found.years for value in (year.state, year.country)]
    seen += [(year.here or 0) + _margin(year.here, wide) for year in found.years]
    top = max((value for value in seen if value is not None), default=1.0) * 1.2
    drawn = [_panel(name, found.years, which, off, top) for name, which, off in panels]
    return _whole(
        rates_title(),
        _("Tres dibujos con la misma escala. Lo que no se reportó queda vacío."),
        {"hconcat": drawn, "spacing": 12},
    )


def rates_title() -> str:
    """What the second drawing shows."""
    return _("Carpetas por violencia familiar por cada 100 mil personas")


def _panel(name: str, years: Sequence[Year], which: str, wide: float, top: float) -> Layer:
    values = [(year.year, getattr(year, which)) for year in years]
    last = max((year for year, value in values if value is not None), default=None)
    rows = [
        {
            "year": f"{year % 100:02d}",
            "rate": value,
            "low": max(0.0, value - _margin(value, wide)) if value is not None else None,
            "high": value + _margin(value, wide) if value is not None else None,
            "mark": value + _margin(value, wide) if value is not None else 0,
            "text": rate_words(value) if year == last else ("" if value is not None else "×"),
            "none": value is None,
        }
        for year, value in values
    ]
    x = {
        "field": "year",
        "type": "ordinal",
        "axis": {
            "title": None,
            "labelAngle": 0,
            "ticks": False,
            "labelFontSize": 11,
            "labelPadding": 4,
        },
    }
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [0, top], "nice": False}}
    full = which == "here"
    bars = _layer(
        {"type": "bar", "color": FULL if full else PALE, "stroke": FULL, "strokeWidth": 1,
         "width": {"band": 0.8}},
        "datum.rate !== null",
        x=x,
        y=y | {"field": "rate"},
    )  # fmt: skip
    words = _layer(
        {"type": "text", "dy": -8, "fontSize": 12, "fontWeight": "bold"},
        "datum.text != ''",
        x=x,
        y=y | {"field": "mark"},
        text={"field": "text"},
        color={"condition": {"test": "datum.none", "value": INK_SOFT}, "value": INK},
    )
    sure = _layer(
        {"type": "rule", "color": INK, "strokeWidth": 1.5},
        "datum.low !== null",
        x=x,
        y=y | {"field": "low"},
        y2={"field": "high"},
    )
    title = {"text": wrap(name, 20), "anchor": "start", "fontSize": 13, "offset": 4}
    return {
        "width": 150,
        "height": 130,
        "title": title,
        "data": {"values": rows},
        "layer": [bars, sure, words],
    }


def _margin(rate: float | None, wide: float) -> float:
    """How far a rate may be off; `wide` is how much its counts vary over how many people live."""
    return 1.96 * float(np.sqrt(wide * (rate or 0.0) * PER))


def months(found: Diagnosis) -> Spec | None:
    """Each month a point, the direction of the years with its band; None for too few files.

    Across a jump there is no direction: the line begins where the files bear comparing.
    """
    if found.trend is None and found.since == found.years[0].year:
        return None
    first = found.years[0].year
    rows = [
        {"t": first + at / 12, "n": max(n, FEW - 1) if n < FEW else n}
        for at, n in enumerate(found.months)
        if n is not None
    ]
    x = {
        "field": "t",
        "type": "quantitative",
        "scale": {"domain": [first, found.years[-1].year + 1], "nice": False},
        "axis": {"title": None, "format": "d", "tickCount": len(found.years)},
    }
    y = {"type": "quantitative", "scale": {"zero": True}}
    axis = {"title": None, "format": ",d", "tickCount": 4}
    band = _layer(
        {"type": "area", "color": PALE},
        "true",
        x=x,
        y=y | {"field": "low", "axis": axis},
        y2={"field": "high"},
    )
    line = _layer(
        {"type": "line", "color": FULL, "strokeWidth": 3}, "true", x=x, y=y | {"field": "at"}
    )
    for layer in (band, line):
        layer["data"] = {"values": _direction(found, first)}
    points = _layer(
        {"type": "point", "filled": True, "size": 26, "color": INK, "opacity": 0.8},
        "true",
        x=x,
        y=y | {"field": "n"},
    )
    layers = [band, line, points] if found.trend else [points]
    if found.since > first:
        layers.insert(0, _jump(found.since, x))
    body = {"width": WIDTH, "height": 210, "data": {"values": rows}, "layer": layers}
    return _whole(
        months_title(), _("Cada punto es un mes; la línea, la dirección de los años."), body
    )


def _jump(year: int, x: Layer) -> Layer:
    mark = {"type": "rule", "color": INK, "strokeDash": [4, 4], "strokeWidth": 1.5}
    return {"mark": mark, "data": {"values": [{"t": year}]}, "encoding": {"x": x}}


def months_title() -> str:
    """What the third drawing shows."""
    return _("Carpetas por violencia familiar, mes por mes")


def _direction(found: Diagnosis, first: int) -> list[dict[str, float]]:
    """The straight part of the model, turning about the middle by the interval of its slope."""
    trend = found.trend
    if trend is None:
        return []
    skipped = 12 * (found.since - first)
    months = found.months[skipped:]
    known = [n for n in months if n is not None]
    at = (skipped + np.arange(len(months))) / 12
    middle = float(np.mean([t for t, n in zip(at, months, strict=True) if n is not None]))
    growth = np.log1p([trend.yearly, trend.low, trend.high])
    level = np.log(np.mean(known)) - np.log(np.mean(np.exp(growth[0] * (at - middle))))
    return [
        {
            "t": first + float(t),
            "at": float(np.exp(level + growth[0] * (t - middle))),
            "low": float(min(np.exp(level + g * (t - middle)) for g in growth)),
            "high": float(max(np.exp(level + g * (t - middle)) for g in growth)),
        }
        for t in at
    ]


def calls(found: Diagnosis) -> Spec | None:
    """The calls of each month in the state and in the country, as rates; None where none are."""
    rows = [
        {"t": one.year + (one.month - 1) / 12, "rate": rate, "which": which}
        for one in found.calls
        for which, rate in (("state", one.state), ("country", one.country))
        if rate is not None
    ]
    if not any(row["which"] == "state" for row in rows):
        return None
    first, last = found.calls[0].year, found.calls[-1].year
    x = {
        "field": "t",
        "type": "quantitative",
        "scale": {"domain": [first, last + 1], "nice": False},
        "axis": {"title": None, "format": "d", "values": list(range(first, last + 2))},
    }
    y = {
        "field": "rate",
        "type": "quantitative",
        "scale": {"zero": True},
        "axis": {"title": None, "format": ",d", "tickCount": 4},
    }
    layers = []
    names = {"state": found.of.state, "country": _("País")}
    looks = (("state", {"color": FULL}), ("country", {"color": INK, "strokeDash": [5, 3]}))
    for which, look in looks:
        line = {"type": "line", "strokeWidth": 3, "point": False, **look}
        layers.append(_layer(line, f"datum.which == '{which}'", x=x, y=y))
        end = [row for row in rows if row["which"] == which][-1:]
        words = {"type": "text", "align": "left", "dx": 6, "fontWeight": "bold", "fontSize": 13}
        named = _layer(words, "true", x=x, y=y, text={"value": names[which]})
        layers.append(named | {"data": {"values": end}})
    body = {"width": WIDTH, "height": 150, "data": {"values": rows}, "layer": layers}
    return _whole(calls_title(found), _("Dos líneas: el estado y el país, mes por mes."), body)


def calls_title(found: Diagnosis) -> str:
    """What the fourth drawing shows."""
    return _("Llamadas al 911 por violencia familiar por cada 100 mil personas, mes por mes")


def _whole(title: str, description: str, body: Layer) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "usermeta": {"title": title, "description": description},
        **body,
    }


def _layer(mark: Layer, only: str, **encoding: Any) -> Layer:
    layer: Layer = {"mark": mark, "encoding": encoding}
    if only != "true":
        layer["transform"] = [{"filter": only}]
    return layer
