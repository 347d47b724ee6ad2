"""The few charts there are. Each takes plain numbers and returns a Vega-Lite 6 dictionary.

Labels stand on the marks. Uncertainty and what is not known are always drawn. Every pair of fills
also differs in lightness or outline, so that a photocopy says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from django.utils.translation import gettext as _

from tequio.ui.charts.theme import CARD, HUES, INK, INK_SOFT

Spec = dict[str, Any]
Layer = dict[str, Any]

WIDTH = 480
_PERCENT = "format(100 * datum.value, '.0f') + '\u00a0%'"


@dataclass(frozen=True, slots=True)
class SessionBar:
    """One session: how many came, how many have no record, how many were expected."""

    label: str
    came: int
    unrecorded: int
    expected: int


def survival_curve(
    times: Sequence[float],
    survival: Sequence[float],
    low: Sequence[float],
    high: Sequence[float],
    at_risk: Sequence[int],
    *,
    title: str,
    description: str,
    x_title: str,
    hue: str = "jade",
) -> Spec:
    """A step curve with its band, and under it how many were still being followed."""
    rows = [
        {"t": t, "s": s, "low": lo, "high": hi}
        for t, s, lo, hi in zip(times, survival, low, high, strict=True)
    ]
    full, pale = HUES[hue]
    scale = {"domain": [min(times), max(times)], "nice": False}
    shown = _ticks(times)
    axis = _axis(x_title, values=shown)
    x = {"field": "t", "type": "quantitative", "scale": scale, "axis": axis}
    share = {"type": "quantitative", "scale": {"domain": [0, 1]}}
    share_axis = {"title": None, "labelExpr": _PERCENT, "values": [0, 0.25, 0.5, 0.75, 1]}
    band = layer(
        {"type": "area", "interpolate": "step-after", "color": pale, "clip": True},
        x=x,
        y=share | {"field": "low", "axis": share_axis},
        y2={"field": "high"},
    )
    line = layer(
        {"type": "line", "interpolate": "step-after", "color": full, "strokeWidth": 3},
        x=x,
        y=share | {"field": "s"},
    )
    last = layer(
        {"type": "text", "align": "left", "dx": 8, "fontWeight": "bold", "clip": False},
        x=x,
        y=share | {"field": "s"},
        text={"field": "label"},
    )
    ending = {"t": times[-1], "s": survival[-1], "label": f"{100 * survival[-1]:.0f}\u00a0%"}
    last["data"] = {"values": [ending]}
    curve = {
        "width": WIDTH,
        "height": 230,
        "data": {"values": rows},
        "layer": [band, line, last],
    }
    return described(
        title,
        description,
        {"vconcat": [curve, _risk_row(times, at_risk, shown, scale)], "spacing": 6},
    )


def _risk_row(
    times: Sequence[float], at_risk: Sequence[int], shown: Sequence[float], scale: Layer
) -> Layer:
    pairs = zip(times, at_risk, strict=True)
    rows = [{"t": t, "n": f"{n:,}"} for t, n in pairs if t in shown]
    row = layer(
        {"type": "text", "fontSize": 13, "color": INK, "baseline": "middle"},
        x={"field": "t", "type": "quantitative", "scale": scale, "axis": None},
        text={"field": "n"},
    )
    heading = {
        "text": _("Hombres que se seguían observando"),
        "anchor": "start",
        "fontSize": 13,
        "fontWeight": "normal",
        "color": INK_SOFT,
        "offset": 2,
    }
    return row | {"width": WIDTH, "height": 18, "title": heading, "data": {"values": rows}}


def dose_histogram(
    bins: Sequence[tuple[str, int]],
    *,
    title: str,
    description: str,
    x_title: str,
    highlight_from: int | None = None,
    hue: str = "jade",
) -> Spec:
    """Men by share of the sessions they came to; bars from ``highlight_from`` on are filled."""
    full, pale = HUES[hue]
    first = len(bins) if highlight_from is None else highlight_from
    rows = [
        {"at": i, "label": label, "n": n, "text": f"{n:,}", "full": i >= first}
        for i, (label, n) in enumerate(bins)
    ]
    x = _ordered("label", x_title)
    n = {"field": "n", "type": "quantitative", "axis": None}
    bars = layer(
        {"type": "bar", "stroke": full, "strokeWidth": 1.5, "width": {"band": 0.86}},
        x=x,
        y=n,
        fill={"condition": {"test": "datum.full", "value": full}, "value": pale},
    )
    labels = layer({"type": "text", "dy": -9, "fontWeight": "bold"}, x=x, y=n)
    labels["encoding"]["text"] = {"field": "text"}
    body = {"width": WIDTH, "height": 220, "data": {"values": rows}, "layer": [bars, labels]}
    return described(title, description, body)


def funnel_bars(
    steps: Sequence[tuple[str, int]],
    *,
    title: str,
    description: str,
    hue: str = "jade",
    shares: bool = True,
) -> Spec:
    """From the first step to the last, each bar with its count and its share of the first.

    Without ``shares`` the count stands alone: published counts are rounded, and a share of two of
    them is not theirs to say.
    """
    whole = steps[0][1] if steps else 0
    rows = [
        {
            "label": "|".join(wrap(label, 26)),
            "n": n,
            "text": _count_and_share(n, whole) if shares else f"{n:,}",
            "first": i == 0,
        }
        for i, (label, n) in enumerate(steps)
    ]
    full, pale = HUES[hue]
    y = named_rows()
    domain = {"domain": [0, max(whole, 1) * 1.3], "nice": False}
    x = {"field": "n", "type": "quantitative", "axis": None, "scale": domain}
    bars = layer(
        {"type": "bar", "stroke": full, "strokeWidth": 1.5, "height": {"band": 0.7}},
        x=x,
        y=y,
        fill={"condition": {"test": "datum.first", "value": pale}, "value": full},
    )
    labels = layer({"type": "text", "align": "left", "dx": 8, "fontWeight": "bold"}, x=x, y=y)
    labels["encoding"]["text"] = {"field": "text"}
    body = {"width": WIDTH - 100, "height": {"step": 44}, "data": {"values": rows}}
    return described(title, description, body | {"layer": [bars, labels]})


def ten_seats(filled: int, *, title: str, description: str, hue: str = "jade") -> Spec:
    """Ten seats in two rows, the first ones taken: «7 of every 10» for whoever reads no chart."""
    full, pale = HUES[hue]
    rows = [{"x": at % 5, "y": at // 5, "taken": at < filled} for at in range(10)]
    place: Layer = {"type": "quantitative", "axis": None, "scale": {"zero": False, "padding": 34}}
    seats = layer(
        {"type": "circle", "size": 2600, "stroke": full, "strokeWidth": 2.5, "opacity": 1},
        x=place | {"field": "x"},
        y={**place, "field": "y", "sort": "descending"},
        fill={"condition": {"test": "datum.taken", "value": full}, "value": pale},
    )
    body = {"width": WIDTH, "height": 190, "data": {"values": rows}, "layer": [seats]}
    return described(title, description, body)


def _count_and_share(n: int, whole: int) -> str:
    if whole == 0:
        return f"{n:,}"
    return _("%(n)s · %(share)s") % {"n": f"{n:,}", "share": f"{100 * n / whole:.0f}\u00a0%"}


def session_bars(
    sessions: Sequence[SessionBar],
    *,
    title: str,
    description: str,
    x_title: str,
    gap_word: str = "",
    hue: str = "jade",
) -> Spec:
    """Who came to each session, what is not known (dashed outline), and the places (a line)."""
    full, _pale = HUES[hue]
    rows = [
        {
            "label": s.label,
            "came": s.came,
            "top": s.came + s.unrecorded,
            "mid": s.came + s.unrecorded / 2,
            "unrecorded": s.unrecorded,
            "expected": s.expected,
            "text": f"{s.came:,}" if s.came else "",
        }
        for s in sessions
    ]
    x = _ordered("label", x_title, long=any(len(s.label) > 5 for s in sessions))
    top = max((max(s.expected, s.came + s.unrecorded) for s in sessions), default=1)
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [0, top * 1.08], "nice": False}}
    wide = {"type": "bar", "width": {"band": 0.74}}
    came = layer(wide | {"color": full}, x=x, y=y | {"field": "came"})
    unknown = layer(
        wide | {"fill": CARD, "stroke": INK_SOFT, "strokeWidth": 1.5, "strokeDash": [4, 3]},
        x=x,
        y=y | {"field": "came"},
        y2={"field": "top"},
    )
    unknown["transform"] = [{"filter": "datum.unrecorded > 0"}]
    places = layer(
        {"type": "tick", "color": INK, "thickness": 2.5, "opacity": 1, "width": {"band": 0.92}},
        x=x,
        y=y | {"field": "expected"},
    )
    labels = layer(
        {"type": "text", "dy": 12, "color": CARD, "fontWeight": "bold"},
        x=x,
        y=y | {"field": "came"},
        text={"field": "text"},
    )
    # In a low bar the number would be cut: it stands beside the bar's top, in ink.
    labels["transform"] = [{"filter": f"datum.came >= {top * 0.09}"}]
    low = layer(
        {"type": "text", "dy": -8, "color": INK, "fontWeight": "bold"},
        x=x,
        y=y | {"field": "came"},
        text={"field": "text"},
    )
    low["transform"] = [{"filter": f"datum.came < {top * 0.09} && datum.unrecorded == 0"}]
    gap = layer(
        {"type": "text", "color": INK_SOFT, "baseline": "middle"}, x=x, y=y | {"field": "mid"}
    )
    gap["encoding"]["text"] = {"field": "unrecorded"}
    gap["transform"] = [{"filter": f"datum.unrecorded >= {top * 0.06}"}]
    # In a thin outline the number would be struck through: it stands above, clear of the line.
    thin = layer(
        {"type": "text", "dy": -8, "color": INK_SOFT, "baseline": "middle"},
        x=x,
        y=y | {"field": "top"},
        text={"field": "unrecorded"},
    )
    clear = f"(datum.expected <= datum.top || datum.expected > datum.top + {top * 0.1})"
    small = f"datum.unrecorded > 0 && datum.unrecorded < {top * 0.06}"
    thin["transform"] = [{"filter": f"{small} && {clear}"}]
    layers = [came, unknown, places, labels, low, gap, thin]
    body = {"width": WIDTH, "height": 220, "data": {"values": rows}, "layer": layers}
    return described(
        title,
        description,
        {"vconcat": [_session_key(full, gap_word or _("sin registrar")), body], "spacing": 4},
    )


def _session_key(full: str, gap_word: str) -> Layer:
    """Three signs with their words, as marks of the drawing itself."""
    words = (_("llegaron"), gap_word, _("lugares en el grupo"))
    at = (0, 110, 245)
    rows = [
        {"x": x, "x2": x + 20, "text": w, "kind": i}
        for i, (x, w) in enumerate(zip(at, words, strict=True))
    ]
    pixels = {"type": "quantitative", "scale": None, "axis": None}
    start = pixels | {"field": "x"}
    filled: Layer = {"type": "rect", "y": 2, "y2": 16}
    box = layer(filled | {"color": full}, x=start, x2={"field": "x2"})
    box["transform"] = [{"filter": "datum.kind == 0"}]
    dashed = filled | {"fill": CARD, "stroke": INK_SOFT, "strokeWidth": 1.5, "strokeDash": [4, 3]}
    outline = layer(dashed, x=start, x2={"field": "x2"})
    outline["transform"] = [{"filter": "datum.kind == 1"}]
    rule = layer(
        {"type": "rule", "y": 9, "strokeWidth": 2.5, "color": INK}, x=start, x2={"field": "x2"}
    )
    rule["transform"] = [{"filter": "datum.kind == 2"}]
    text = layer(
        {"type": "text", "align": "left", "dx": 28, "y": 9, "baseline": "middle"},
        x=start,
        text={"field": "text"},
    )
    return {
        "width": WIDTH,
        "height": 18,
        "data": {"values": rows},
        "layer": [box, outline, rule, text],
    }


def named_rows() -> dict[str, Any]:
    """Return the axis of bars with their names beside them; a `|` in a name breaks its line."""
    return {
        "field": "label",
        "type": "ordinal",
        "sort": None,
        "axis": {
            "title": None,
            "ticks": False,
            "domain": False,
            "labelFontSize": 14,
            "labelExpr": "split(datum.label, '|')",
        },
    }


def layer(mark: Mapping[str, Any], **encoding: Any) -> Layer:
    """Return one layer of marks with what they show."""
    return {"mark": dict(mark), "encoding": encoding}


def _axis(title: str, **more: Any) -> Layer:
    return {"title": title, "format": "d", "labelOverlap": False, **more}


def _ordered(field: str, title: str, *, long: bool = False) -> Layer:
    # Long names side by side run into each other; aslant each keeps its place.
    axis = {"title": title, "labelAngle": -40 if long else 0, "ticks": False}
    return {"field": field, "type": "ordinal", "sort": None, "axis": axis}


def _ticks(times: Sequence[float], most: int = 13) -> list[float]:
    every = max(1, -(-len(times) // most))
    return list(times[::every])


def described(title: str, description: str, body: Layer) -> Spec:
    """Return the drawing with the words that name it for who cannot see it."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "usermeta": {"title": title, "description": description},
        **body,
    }
