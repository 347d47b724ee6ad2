from __future__ import annotations

import datetime as dt
import re
import zlib
from typing import Any

import pytest

from tequio.core import clock
from tequio.ui import charts, gallery, printing

TEMPLATE = "tequio.ui:typst/sample.typ"


@pytest.fixture(scope="module")
def figures() -> dict[str, str]:
    return {"chart": charts.svg(gallery.chart_figures()[2].spec)}


def pages(made: bytes) -> int:
    streams = re.findall(rb"stream\r?\n(.*?)endstream", made, re.DOTALL)
    plain = made
    for stream in streams:
        try:
            plain += zlib.decompress(stream)
        except zlib.error:
            continue
    return len(re.findall(rb"/Type\s*/Page\b", plain))


def test_a_document_is_a_tagged_pdf_with_its_pages(figures: dict[str, str]) -> None:
    made = printing.pdf(TEMPLATE, gallery.document(), figures)

    assert made.startswith(b"%PDF-")
    assert b"/MarkInfo" in made
    assert b"pdfuaid" in made
    assert pages(made) == 2


def test_the_same_moment_gives_the_same_bytes(figures: dict[str, str]) -> None:
    with clock.at(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)):
        first = printing.pdf(TEMPLATE, gallery.document(), figures)
        second = printing.pdf(TEMPLATE, gallery.document(), figures)

    assert first == second


def test_markup_in_data_stays_text(figures: dict[str, str]) -> None:
    data: dict[str, Any] = dict(gallery.document())
    data["title"] = '#panic("x") *a* $ [ ] <b> #include "/etc/passwd"'

    assert printing.pdf(TEMPLATE, data, figures).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "name", ["sample.typ", "tequio.ui:../secret.typ", "tequio.ui:/etc/passwd", "os:typst/sample"]
)
def test_a_template_is_a_file_of_a_package(name: str) -> None:
    with pytest.raises(ValueError, match="print template"):
        printing.pdf(name, {})


def test_a_figure_name_cannot_leave_its_folder() -> None:
    with pytest.raises(ValueError, match="figure is named"):
        printing.pdf(TEMPLATE, gallery.document(), {"../x": "<svg/>"})
