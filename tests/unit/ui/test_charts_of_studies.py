"""Shares with limits through time, and several answers to one question."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from tequio.ui import charts
from tequio.ui.charts import Line, Point, Strip

POINTS = [Point("ene", None, 0.0, 1.0), Point("feb", 0.5, 0.3, 0.7)]
LIMITS = charts.limits_in_time(
    [
        Strip("Todas las sedes", POINTS, 0.6, "lo supuesto: 60 %"),
        Strip("Nadie todavía", POINTS[:1]),
    ],
    moments=["ene", "feb"],
    title="Momentos contestados",
    description="Todas las sedes: 50 %.",
)
FOREST = charts.forest(
    [
        Line("Tu «organización»", "−1.2 (−2.0 a −0.4)", -1.2, -2.0, -0.4, 0.4, ours=True),
        Line("Organización A", "sin respuesta propia"),
        Line("Promedio", "−1.0 (−1.5 a −0.5)", -1.0, -1.5, -0.5, None),
    ],
    title="Cada organización y el promedio",
    description="Bajó.",
    x_title="cambio en puntos",
)


@pytest.mark.parametrize("spec", [LIMITS, FOREST], ids=["limits", "forest"])
def test_a_drawing_is_safe_named_and_the_same_twice(spec: dict[str, Any]) -> None:
    svg = charts.svg(spec)
    root = ElementTree.fromstring(svg)

    assert " style=" not in svg
    assert root.get("role") == "img"
    words = {e.get("id"): e.text for e in root.iter() if e.get("id")}
    named = [words[i] for i in (root.get("aria-labelledby") or "").split()]
    assert named == [spec["usermeta"]["title"], spec["usermeta"]["description"]]


def test_every_word_of_a_line_stands_in_the_drawing() -> None:
    drawn = charts.svg(FOREST)

    for words in ("Tu «organización»", "sin respuesta propia", "−1.0 (−1.5 a −0.5)"):
        assert words in drawn


def test_a_place_without_anybody_known_has_limits_and_no_share() -> None:
    drawn = charts.svg(LIMITS)

    assert "50\u00a0%" in drawn
    assert "lo supuesto: 60 %" in drawn
    assert "NaN" not in drawn


def test_an_answer_that_is_all_zero_still_has_room() -> None:
    spec = charts.forest([Line("A", "0", 0.0, 0.0, 0.0)], title="t", description="d", x_title="x")

    assert "svg" in charts.svg(spec)
