"""The picture of a thousand organisations: what is said of each truth, and how often it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import vl_convert
from tests.judging import Cell

from tequio.ui.charts import theme
from tequio.ui.charts.drawing import FONTS

WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "es": {
            "single_arm": "Sin comparación",
            "waitlist": "Lista de espera por sorteo",
            "stepped_wedge": "Sedes por turno sorteado",
            "null": "no cambia nada",
            "small_benefit": "ayuda un poco",
            "benefit": "ayuda",
            "harm": "hace daño",
            "only_his_words": "solo ellos dicen que cambió",
            "said": "qué dice Tequio de lo que ellas reportan",
            "better": "mejora",
            "same": "sin diferencia que importe",
            "unknown": "no sabemos",
            "change": "hubo un cambio; no se sabe por qué",
            "worse": "daño",
            "holds": "Intervalos que contienen la verdad",
            "ours": "Tequio",
            "naive": "antes y después, leído como efecto",
        },
        "en": {
            "single_arm": "No comparison",
            "waitlist": "Waiting list by lottery",
            "stepped_wedge": "Sites in a drawn order",
            "null": "changes nothing",
            "small_benefit": "helps a little",
            "benefit": "helps",
            "harm": "does harm",
            "only_his_words": "only men say that it changed",
            "said": "what Tequio says of what women report",
            "better": "better",
            "same": "no difference that matters",
            "unknown": "we do not know",
            "change": "a change; nobody knows why",
            "worse": "harm",
            "holds": "Intervals that hold the truth",
            "ours": "Tequio",
            "naive": "before and after, read as effect",
        },
    }
)
_JADE, _PALE = theme.HUES["jade"]
_TERRACOTTA = theme.HUES["terracotta"][0]
_FILLS: Final = {
    "better": _JADE,
    "same": _PALE,
    "unknown": "#ffffff",
    "change": "#f1ece3",
    "worse": _TERRACOTTA,
}
_STEP: Final = 30


def draw(cells: Sequence[Cell], language: str, path: Path) -> None:
    """Draw what was found of hers, a block per design, and write it as PNG."""
    words = WORDS[language]
    blocks = [
        _block([c for c in cells if c.design == name], words)
        for name in ("single_arm", "waitlist", "stepped_wedge")
    ]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": "#ffffff",
        "spacing": 18,
        "vconcat": [b for b in blocks if b],
    }
    vl_convert.register_font_directory(str(FONTS))
    png = vl_convert.vegalite_to_png(
        json.dumps(spec), scale=1.6, config={**theme.config(), "background": "#ffffff"}
    )
    path.write_bytes(png)


def _block(cells: Sequence[Cell], words: Mapping[str, str]) -> dict[str, Any]:
    if not cells:
        return {}
    order = [words[c.truth] for c in cells]
    said = [row for c in cells for row in _said(c, words)]
    holds = [row for c in cells for row in _holds(c, words)]
    y: dict[str, Any] = {
        "field": "truth",
        "type": "ordinal",
        "sort": order,
        "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": 0, "minExtent": 190},
    }
    share = {"type": "quantitative", "scale": {"domain": [0, 1]}}
    left = {
        "width": 430,
        "height": {"step": _STEP},
        "title": f"{words[cells[0].design]}: {words['said']}",
        "data": {"values": said},
        "layer": [
            {
                "mark": {"type": "bar", "stroke": theme.INK, "strokeWidth": 1, "height": 20},
                "encoding": {
                    "y": y,
                    "x": {"field": "from", **share, "axis": None},
                    "x2": {"field": "to"},
                    "color": {"field": "fill", "type": "nominal", "scale": None},
                },
            },
            {
                "mark": {"type": "text", "fontSize": 12, "baseline": "middle"},
                "transform": [{"filter": "datum.wide"}],
                "encoding": {
                    "y": y,
                    "x": {"field": "middle", **share},
                    "text": {"field": "text"},
                    "color": {"field": "ink", "type": "nominal", "scale": None},
                },
            },
        ],
    }
    axis = {
        "values": [0, 0.5, 0.95],
        "title": None,
        "labelPadding": 4,
        "labelExpr": "round(100 * datum.value) + ' %'",
    }
    right = {
        "width": 290,
        "height": {"step": _STEP},
        "title": {
            "text": words["holds"],
            "subtitle": f"○ {words['ours']}   ✚ {words['naive']}",
            "subtitleFont": theme.FONT,
            "subtitleFontSize": 12,
            "subtitleColor": theme.INK_SOFT,
        },
        "data": {"values": holds},
        "layer": [
            {
                "mark": {"type": "rule", "strokeDash": [3, 3], "color": theme.INK_SOFT},
                "encoding": {"x": {"datum": 0.95, **share}},
            },
            {
                "mark": {
                    "type": "point",
                    "size": 90,
                    "filled": False,
                    "strokeWidth": 2,
                    "opacity": 1,
                },
                "encoding": {
                    "y": {**y, "axis": None},
                    "x": {"field": "share", **share, "axis": axis},
                    "shape": {
                        "field": "who",
                        "type": "nominal",
                        "scale": {
                            "domain": [words["ours"], words["naive"]],
                            "range": ["circle", "cross"],
                        },
                        "legend": None,
                    },
                    "color": {
                        "field": "who",
                        "type": "nominal",
                        "legend": None,
                        "scale": {
                            "domain": [words["ours"], words["naive"]],
                            "range": [_JADE, _TERRACOTTA],
                        },
                    },
                },
            },
        ],
    }
    return {"hconcat": [left, right], "spacing": 26, "resolve": {"scale": {"y": "independent"}}}


def _said(cell: Cell, words: Mapping[str, str]) -> list[dict[str, Any]]:
    alone = cell.design == "single_arm"
    rest = 1 - cell.praised - cell.harm - cell.unknown
    shares = {
        "better": cell.praised,
        "change" if alone else "same": max(rest, 0.0),
        "unknown": cell.unknown,
        "worse": cell.harm,
    }
    rows, at = [], 0.0
    for kind, share in shares.items():
        if share <= 0:
            continue
        rows.append(
            {
                "truth": words[cell.truth],
                "from": at,
                "to": at + share,
                "middle": at + share / 2,
                "fill": _FILLS[kind],
                "ink": "#ffffff" if kind in ("better", "worse") else theme.INK,
                "text": f"{words[kind]} {100 * share:.0f} %",
                "wide": share * 430 > 7 * len(f"{words[kind]} 00 %"),
            }
        )
        at += share
    return rows


def _holds(cell: Cell, words: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"truth": words[cell.truth], "who": words["ours"], "share": cell.coverage},
        {"truth": words[cell.truth], "who": words["naive"], "share": cell.naive_coverage},
    ]
