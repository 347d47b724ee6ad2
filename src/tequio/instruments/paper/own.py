"""A form of the organisation's own on paper: everything it could ask, in its first language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from tequio.instruments.paper.numbered import DASH, numbers
from tequio.instruments.paper.printing import words
from tequio.instruments.xform.model import Form
from tequio.instruments.xlsform.outline import Point, outline
from tequio.ui import printing

# A longer list is written out on a line: nobody looks for a municipality among hundreds of boxes.
_MOST: Final = 40
_WIDTHS: Final = {"int": 60, "integer": 60, "decimal": 80, "date": 110, "time": 80, "range": 60}
_PARTS: Final = frozenset({"group", "repeat"})


def pdf(form: Form, title: str, *, organisation: str) -> bytes:
    """Compile a blank copy."""
    sheet = {
        "title": title,
        "about": _("Versión %(version)s") % {"version": form.version},
        "code": "",
        "dated": True,
        "intro": "",
        "questions": list(questions(form)),
        "care": "",
        "notices": [],
    }
    data = {
        "title": title,
        "organisation": organisation,
        "language": "es",
        "sheets": [sheet],
        "words": words(),
    }
    return printing.pdf("tequio.instruments:typst/questionnaire.typ", data)


def questions(form: Form) -> Iterator[dict[str, Any]]:
    """Yield each question as the template draws it, under the heading where its part begins."""
    number, part = 0, ""
    binds = ((one.path.rpartition("/")[2], form.binds.get(one.path)) for one in form.questions())
    notes = {name for name, rule in binds if rule is not None and rule.readonly == "true()"}
    repeated = False
    for point in outline(form):
        if repeated and not point.repeated:
            part = _("Lo que sigue se contesta una sola vez")
        repeated = point.repeated
        if point.what in _PARTS:
            part = point.label
            if point.what == "repeat":
                part = _("%(what)s: se repite, una vez por cada quien o cada cosa") % {"what": part}
        elif point.name in notes:
            yield {"note": True, "part": part, "words": point.label}
            part = ""
        else:
            number += 1
            yield _question(point, number, part)
            part = ""


def _question(point: Point, number: int, part: str) -> dict[str, Any]:
    listed = point.choices if len(point.choices) <= _MOST else ()
    # Of a form of one's own only the words are printed: its boxes are counted from one.
    typed = numbers([f"c{n}" for n in range(len(listed))])
    depends = _("Solo en algunos casos: depende de lo que contestó antes.")
    return {
        "note": False,
        "part": part,
        "number": str(number),
        "words": point.label,
        "hint": "",
        "only": depends if point.conditional else "",
        "many": point.what == "select",
        "boxes": [{"number": n, "words": said} for n, said in zip(typed, listed, strict=True)],
        "lines": 2 if point.what in ("string", "text") else 1,
        "width": _WIDTHS.get(point.what, 220),
        "refusal": DASH,
    }
