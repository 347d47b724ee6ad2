"""The diagnosis of a context as a PDF, for a gathering, a funder or a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.access.models import Organisation
from tequio.core import clock
from tequio.territory import presenters
from tequio.territory.indicators import HOW_MEANS
from tequio.territory.queries.diagnosis import Diagnosis
from tequio.territory.queries.gatherings import Said
from tequio.territory.sources import Source
from tequio.ui import charts, printing
from tequio.ui.parts import Table
from tequio.ui.templatetags.ui import day


def pdf(found: Diagnosis, said: Sequence[Said], *, organisation: Organisation) -> bytes:
    """Compile the diagnosis: what may be read aloud first, then what it rests on."""
    figures = presenters.drawings(found)
    marginal = presenters.compared(found, found.marginal, _("Las nueve partes de la marginación"))
    data = {
        "title": _("Diagnóstico del contexto"),
        "subtitle": found.title,
        "organisation": organisation.name,
        "world": "terracotta",
        "language": "en" if (get_language() or "es").startswith("en") else "es",
        "dated": day(clock.today(organisation.timezone)),
        "spoken": [asdict(one) | {"grade_words": one.grade_words} for one in found.spoken],
        "charts": [
            {"name": name, "title": chart.title, "note": chart.note} for name, chart in figures
        ],
        "compared": _table(presenters.compared(found, found.compared, _("Cómo se vive"))),
        "marginal": _table(marginal),
        "years": _table(presenters.years(found)),
        "missing": list(found.missing),
        "gatherings": [_said(one) for one in said],
        "sources": [_source(source) for source in found.sources],
        "words": _words(),
    }
    drawn = {name: charts.svg(chart.spec) for name, chart in figures}
    return printing.pdf("tequio.territory:typst/context.typ", data, drawn)


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": [{"label": one.label, "number": one.number} for one in table.columns],
        "rows": [[str(cell) for cell in row.cells] for row in table.rows],
    }


def _said(one: Said) -> dict[str, Any]:
    row = one.row
    words = {"way": row.get_way_display(), "day": day(row.held_on), "n": f"{row.present:,}"}
    head = _("%(way)s, %(day)s, %(n)s personas") % words
    return {
        "head": head,
        "who": row.who,
        "where": row.where,
        "topics": [{"name": name, "text": text} for name, text in one.topics],
    }


def _source(source: Source) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(source).items()}


def _words() -> dict[str, str]:
    return {
        "aloud": _("Para leer en voz alta"),
        "not_to_say": _("No se puede decir:"),
        "drawings": _("Los dibujos"),
        "data": _("Los datos"),
        "missing": _("Lo que no se sabe"),
        "gathering": _("Lo que dijo la gente de aquí"),
        "gathering_note": _(
            "No es un dato abierto: lo dijo la gente del lugar, y así se escribió."
        ),
        "gathering_none": _(
            "Todavía nadie lo ha preguntado: en qué se trabaja, qué tan insegura se siente la "
            "gente, quién deja la escuela y qué problemas hay."
        ),
        "sources": _("De dónde salen los datos"),
        "of_when": _("De cuándo"),
        "by_way_of": _("Por medio de"),
        "how": _(
            "El lugar entre otros se calcula comparando al municipio con cada uno de su tamaño: "
            "los que no se distinguen pueden ir antes o después. La tendencia separa la forma del "
            "año de la dirección de los años, y su intervalo sale de cuánto se apartan los meses; "
            "nunca cruza un salto en cómo se anota."
        ),
        "how_means": str(HOW_MEANS),
        "how_title": _("Cómo se calculó"),
    }
