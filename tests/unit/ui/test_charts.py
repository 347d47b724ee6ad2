from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from tequio.ui import charts
from tequio.ui.charts import drawing
from tequio.ui.gallery import chart_figures

SPECS = [figure.spec for figure in chart_figures()]
MANY = pytest.mark.parametrize("spec", SPECS, ids=["survival", "dose", "funnel", "sessions"])


@MANY
def test_a_drawing_holds_nothing_that_the_policy_refuses(spec: dict[str, Any]) -> None:
    svg = charts.svg(spec)

    assert " style=" not in svg
    assert "<style" not in svg
    assert "<script" not in svg
    assert "<?xml" not in svg


@MANY
def test_a_drawing_is_one_image_with_a_name_and_a_description(spec: dict[str, Any]) -> None:
    root = ElementTree.fromstring(charts.svg(spec))

    assert root.get("role") == "img"
    ids = {e.get("id"): e.text for e in root.iter() if e.get("id")}
    named = [ids[i] for i in (root.get("aria-labelledby") or "").split()]
    assert named == [spec["usermeta"]["title"], spec["usermeta"]["description"]]
    assert root.get("width") is None


@MANY
def test_drawing_twice_gives_the_same_bytes(spec: dict[str, Any]) -> None:
    first = charts.svg(spec)
    drawing._drawn.cache_clear()

    assert charts.svg(spec) == first


def test_two_drawings_on_one_page_share_no_id() -> None:
    ids = [set(re.findall(r'\bid="([^"]+)"', charts.svg(spec))) for spec in SPECS]

    assert sum(len(some) for some in ids) == len(set().union(*ids))


def test_a_style_in_the_engines_answer_stops_it() -> None:
    raw = '<svg viewBox="0 0 1 1"><g style="fill:red"/></svg>'

    with pytest.raises(ValueError, match="style"):
        drawing.make_safe(raw, "k", {})


def test_references_follow_the_new_ids() -> None:
    raw = '<svg viewBox="0 0 1 1"><clipPath id="clip0"/><g clip-path="url(#clip0)"/></svg>'

    made = drawing.make_safe(raw, "k", {})

    assert 'id="k-0"' in made
    assert "url(#k-0)" in made


def test_words_of_people_cannot_become_markup() -> None:
    spec = charts.funnel_bars(
        [("<script>alert(1)</script>", 3)], title="<b>", description='"><img onerror=x>'
    )

    svg = charts.svg(spec)

    assert "<script" not in svg
    assert "<b>" not in svg
    assert "<img" not in svg


def test_letters_are_measured_in_our_font() -> None:
    """A wrong font shows as another width of the drawing, which grows with the longest label."""
    spec = charts.funnel_bars([("mmmmmmmmmmmmmmmm", 1)], title="t", description="d")
    width = float(re.search(r'viewBox="0 0 (\S+)', charts.svg(spec)).group(1))  # type: ignore[union-attr]
    spec_of_narrow = charts.funnel_bars([("iiiiiiiiiiiiiiii", 1)], title="t", description="d")
    narrow = float(re.search(r'viewBox="0 0 (\S+)', charts.svg(spec_of_narrow)).group(1))  # type: ignore[union-attr]

    assert width > narrow + 60
    assert 'font-family="Atkinson Hyperlegible"' in charts.svg(spec)


def test_a_survival_curve_draws_its_uncertainty_and_who_was_followed() -> None:
    spec = charts.survival_curve(
        [0, 1, 2], [1, 0.8, 0.5], [1, 0.6, 0.3], [1, 0.9, 0.7], [1234, 9, 4],
        title="t", description="d", x_title="Sesión",
    )  # fmt: skip
    svg = charts.svg(spec)

    assert "1,234" in svg
    assert "50\u00a0%" in svg
    assert spec["vconcat"][0]["layer"][0]["mark"]["type"] == "area"


def test_what_was_not_recorded_is_drawn_with_a_dashed_edge() -> None:
    bars = [charts.SessionBar("1", 8, 2, 12), charts.SessionBar("2", 0, 0, 12)]

    svg = charts.svg(charts.session_bars(bars, title="t", description="d", x_title="Sesión"))

    assert svg.count("stroke-dasharray") == 2  # in the key, and on the one bar that needs it


def test_the_number_of_a_thin_outline_stands_above_it_and_is_not_struck_through() -> None:
    bars = [charts.SessionBar("1", 150, 3, 180), charts.SessionBar("2", 90, 40, 180)]
    drawn = charts.svg(charts.session_bars(bars, title="T", description="D", x_title="s"))
    place = {
        number: float(y)
        for y, number in re.findall(r'translate\([\d.]+,([\d.]+)\)"[^>]*>(\d+)</text>', drawn)
    }
    edge = 220 * (1 - 153 / (180 * 1.08))

    assert place["3"] < edge - 3
    assert edge < place["150"]


@pytest.mark.parametrize("steps", [[], [("Preguntaron", 0)], [("A", 0), ("B", 0)]])
def test_a_funnel_of_nobody_still_draws(steps: list[tuple[str, int]]) -> None:
    assert charts.svg(charts.funnel_bars(steps, title="t", description="d")).startswith("<svg")


def test_unequal_lists_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        charts.survival_curve(
            [0, 1], [1], [1], [1], [1], title="t", description="d", x_title="Sesión"
        )
