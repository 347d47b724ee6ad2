"""The paper: a tagged PDF from the same blocks as the page."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typst

from evidencia.report.blocks import Card, Document
from evidencia.report.figures import svg

_HERE: Final = Path(__file__).parent
_FONTS: Final = _HERE.parent / "fonts"
# A report carries no date of its own: the same result gives the same bytes.
_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)


def pdf(document: Document) -> bytes:
    """Return `document` as a tagged PDF (PDF/UA-1).

    Everything reaches the template as JSON and is set as text; nothing that a person typed is
    read as markup. The compiler works in a folder of its own and may read nothing outside it.
    """
    with TemporaryDirectory(prefix="evidencia-") as folder:
        root = Path(folder)
        _lay_out(root, document)
        compiler = typst.Compiler(
            root=root, font_paths=[str(_FONTS)], ignore_system_fonts=True, package_path=root
        )
        made = compiler.compile(
            input=root / "main.typ", format="pdf", pdf_standards="ua-1", timestamp=_MOMENT
        )
    if not isinstance(made, bytes):
        raise TypeError("A PDF comes as one piece of bytes.")
    return made


def _lay_out(root: Path, document: Document) -> None:
    template = (_HERE / "report.typ").read_text(encoding="utf-8")
    (root / "main.typ").write_text(template, encoding="utf-8")
    text = json.dumps(plain(document), ensure_ascii=False)
    (root / "data.json").write_text(text, encoding="utf-8")
    (root / "figures").mkdir()
    for figure in document.figures:
        drawing = svg(figure.spec)
        (root / "figures" / f"{figure.name}.svg").write_text(drawing, encoding="utf-8")


def plain(document: Document) -> dict[str, object]:
    """Return `document` as dictionaries and lists, without the specifications of the drawings."""
    made = asdict(document)
    for block in (b for section in made["sections"] for b in section["blocks"]):
        block.pop("spec", None)
    cards = (made["front"], *([s["blocks"] for s in made["sections"]]))
    sources = (document.front, *(s.blocks for s in document.sections))
    for dictionaries, blocks in zip(cards, sources, strict=True):
        for dictionary, block in zip(dictionaries, blocks, strict=True):
            if isinstance(block, Card):
                dictionary["graded"] = block.graded
    return made
