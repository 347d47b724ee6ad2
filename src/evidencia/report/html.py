"""The page: one file, no script, nothing fetched, readable on a telephone and on paper."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evidencia.report.blocks import Document
from evidencia.report.figures import svg
from evidencia.report.icons import VERDICTS, icon

_HERE: Final = Path(__file__).parent
_PAGE: Final = _HERE / "page"
_FONT: Final = "atkinson-hyperlegible-latin-{weight}-normal.woff2"


def html(document: Document) -> str:
    """Return the page of `document`.

    Fonts, style and drawings stand inside; there is no script and no address, so the file says
    the same in ten years and tells nobody that it was opened. What people typed is escaped.
    """
    drawings = {f.name: Markup(svg(f.spec)) for f in document.figures}  # noqa: S704  # nosec B704
    icons = {verdict: Markup(icon(verdict)) for verdict in VERDICTS}  # noqa: S704  # nosec B704
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            document=document,
            words=document.words,
            css=Markup(_style()),  # noqa: S704  # nosec B704
            drawings=drawings,
            icons=icons,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_PAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    faces = "".join(_face(weight) for weight in (400, 700))
    return faces + (_PAGE / "report.css").read_text(encoding="utf-8")


def _face(weight: int) -> str:
    data = (_HERE / "fonts" / _FONT.format(weight=weight)).read_bytes()
    source = f"url(data:font/woff2;base64,{b64encode(data).decode('ascii')})"
    return (
        '@font-face{font-family:"Atkinson Hyperlegible";font-display:swap;'
        f'font-weight:{weight};src:{source} format("woff2")}}\n'
    )
