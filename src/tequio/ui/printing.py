"""Pages on paper: a typst document from a template of ours and from data that stays data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from tequio.core import clock
from tequio.ui import apart

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
SHARED = HERE / "typst"
_TEMPLATE = re.compile(r"(?P<package>[a-z_][a-z0-9_.]*):(?P<path>[a-z0-9_/-]+\.typ)")
_FIGURE = re.compile(r"[a-z0-9][a-z0-9-]*")


def pdf(
    template: str, data: Mapping[str, object], figures: Mapping[str, str] | None = None
) -> bytes:
    """Compile ``template`` (``"tequio.circles:typst/sheet.typ"``) into a tagged PDF (PDF/UA-1).

    ``data`` needs ``title`` and ``organisation``; ``language`` (``es``), ``world``, ``paper``
    (``us-letter``, which Mexico uses), ``dated``, ``footer`` and ``subtitle`` are optional; the
    rest is the template's own. It reaches the template as ``json("data.json")`` and therefore as
    text: what a person typed is never read as markup. ``figures`` are drawings by name, shown
    with ``drawing("name", "what it shows")``.
    """
    made_at = clock.now().replace(microsecond=0)
    with TemporaryDirectory(prefix="tequio-print-") as folder:
        root = Path(folder)
        _lay_out(root, template, data, figures or {})
        return apart.do("print", root=str(root), fonts=str(FONTS), made_at=made_at.isoformat())


def pdf_in_memory(
    template: str,
    data: Mapping[str, object],
    figures: Mapping[str, str] | None = None,
    *,
    made_at: datetime | None = None,
) -> bytes:
    """Compile like :func:`pdf`, and let nothing of it touch the disk.

    What stands on the page goes to the engine, here or apart, through memory alone. With a moment
    of its own (``made_at``) the same data are the same bytes whenever they are printed.
    """
    made_at = (made_at or clock.now()).replace(microsecond=0)
    return apart.do(
        "print_in_memory",
        laid_out=_texts(template, data, figures or {}),
        fonts=str(FONTS),
        made_at=made_at.isoformat(),
    )


def _lay_out(
    root: Path, template: str, data: Mapping[str, object], figures: Mapping[str, str]
) -> None:
    """A folder of its own per document: typst may read nothing outside it."""
    (root / "figures").mkdir()
    for name, text in _texts(template, data, figures).items():
        (root / name).write_text(text, encoding="utf-8")


def _texts(template: str, data: Mapping[str, object], figures: Mapping[str, str]) -> dict[str, str]:
    """Return everything that a document is made of, by the name under which it is read."""
    match = _TEMPLATE.fullmatch(template)
    if match is None:
        raise ValueError(f"A print template is named 'package:folder/file.typ', not {template!r}.")
    source = files(match["package"]).joinpath(match["path"])
    texts = {"main.typ": source.read_text(encoding="utf-8")}
    for shared in ("theme.typ", "mark.svg"):
        texts[shared] = (SHARED / shared).read_text(encoding="utf-8")
    texts["data.json"] = json.dumps(data, ensure_ascii=False, default=str)
    for name, drawing in figures.items():
        if not _FIGURE.fullmatch(name):
            raise ValueError(f"A figure is named with letters, digits and dashes, not {name!r}.")
        texts[f"figures/{name}.svg"] = drawing
    return texts
