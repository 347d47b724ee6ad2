"""A questionnaire as a PDF. Who prints hers, behind the wall, lets nothing of it touch the disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.core.text import join_names
from tequio.instruments.definitions import Instrument
from tequio.instruments.paper.numbered import Line, lines
from tequio.ui import printing

_TEMPLATE: Final = "tequio.instruments:typst/questionnaire.typ"
# Our own texts need no mark of ours where the mark itself would tell.
_OURS: Final = "Tequio"
_WIDTHS: Final = {"whole": 60, "decimal": 80, "date": 110, "text": 300}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One questionnaire as it goes on paper: whose it is, nothing of what anybody said."""

    asks: Instrument
    language: str = "es"
    # Folio, moment: what may stand on paper. Never a name.
    about: str = ""
    # What finds it again when it is typed in; empty for one that belongs to nobody.
    code: str = ""
    # For whoever must not be found with it: nothing says what it is, or who asks.
    plain: bool = False


def pdf(
    sheets: Sequence[Sheet], *, organisation: str, dated: str = "", in_memory: bool = False
) -> bytes:
    """Compile some questionnaires, each beginning on a page of its own."""
    language = sheets[0].language
    with translation.override("es-mx" if language == "es" else language):
        data = {
            "title": _title(sheets),
            "organisation": organisation,
            "language": language,
            "dated": dated,
            "plain": all(one.plain for one in sheets),
            "sheets": [_sheet(one) for one in sheets],
            "words": words(),
        }
    return (printing.pdf_in_memory if in_memory else printing.pdf)(_TEMPLATE, data)


def words() -> dict[str, str]:
    """Return what stands on every sheet."""
    return {
        "code": _("Código"),
        "day": _("Día en que se contesta:"),
        "how": _(
            "Marca el cuadro de tu respuesta con una cruz. No tienes que contestar todo: lo que "
            "dejes en blanco queda en blanco. No escribas nombres."
        ),
        "many": _("Puedes marcar varias."),
        "refuse": _("Prefiero no decir"),
        "page": _("Página"),
        "of": _("de"),
    }


def _title(sheets: Sequence[Sheet]) -> str:
    return join_names(list(dict.fromkeys(_name(one) for one in sheets)))


def _name(one: Sheet) -> str:
    return _("Preguntas") if one.plain else one.asks.name.in_(one.language)


def _sheet(one: Sheet) -> dict[str, Any]:
    whole, language = one.asks, one.language
    intro = whole.intro or whole.recall
    return {
        "title": _name(one),
        "about": one.about,
        "code": one.code,
        "dated": True,
        "intro": intro.in_(language) if intro else "",
        "questions": list(_questions(whole, language)),
        "care": _care(one) if one.code else "",
        "notices": list(_notices(one)),
    }


def _questions(whole: Instrument, language: str) -> Iterator[dict[str, Any]]:
    numbered = {line.item.id: line for line in lines(whole, language)}
    for item in whole.items:
        line = numbered.get(item.id)
        if line is None:
            yield {"note": True, "part": "", "words": item.text.in_(language)}
        else:
            yield question(line)


def question(line: Line) -> dict[str, Any]:
    """Return one question as the template draws it."""
    refuse = [{"number": line.refusal, "words": _("Prefiero no decir")}]
    boxes = [{"number": box.number, "words": box.words} for box in line.boxes]
    return {
        "note": False,
        "part": "",
        "number": str(line.number),
        "words": line.words,
        "hint": line.hint or _range(line),
        "only": line.only,
        "many": line.item.kind == "many",
        "boxes": boxes + refuse if boxes else [],
        "lines": 2 if line.item.kind == "text" else 1,
        "width": _WIDTHS.get(line.item.kind, 80),
        "refusal": line.refusal,
    }


def _range(line: Line) -> str:
    item = line.item
    if item.kind == "date":
        return _("Día, mes y año.")
    if item.kind != "whole" or item.least is None or item.most is None:
        return ""
    return _("Un número de %(least)s a %(most)s.") % {"least": item.least, "most": item.most}


def _care(one: Sheet) -> str:
    """What whoever takes the sheet back has to do; it does not say why."""
    whole = one.asks
    order = {line.item.id: line.number for line in lines(whole, one.language)}
    flagged = sorted({order[flag.item] for flag in whole.flags})
    said = _(
        "Para quien recibe esta hoja: captúrala hoy, en Cuestionarios, «Capturar un papel», con "
        "el código de arriba. Después destrúyela o guárdala bajo llave."
    )
    if one.plain:
        said = _(
            "Para quien recibe esta hoja: captúrala hoy, con el código de arriba, y destrúyela."
        )
    if not flagged:
        return said
    first = ngettext(
        "Antes de que se vaya, revisa con él o con ella la pregunta %(which)s.",
        "Antes de que se vaya, revisa con él o con ella las preguntas %(which)s.",
        len(flagged),
    ) % {"which": join_names([str(n) for n in flagged])}
    return f"{first} {said}"


def _notices(one: Sheet) -> Iterable[str]:
    whole = one.asks
    if one.plain and whole.attribution == _OURS:
        return
    yield whole.rights.notice.in_(one.language)
    if not whole.validated and not one.plain:
        yield _("No validado: sirve para acompañar y comparar con cuidado, no para diagnosticar.")
