"""The retention report as a PDF. It carries no man's name, alias or folio."""

from __future__ import annotations

from dataclasses import asdict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.access.models import Organisation
from tequio.circles.retention.figures import language
from tequio.circles.retention.report import Report
from tequio.core import clock
from tequio.ui import charts, printing
from tequio.ui.templatetags.ui import day


def pdf(report: Report, *, title: str, organisation: Organisation) -> bytes:
    """Compile the report for paper: figures with their definitions, charts with their data."""
    drawings = {name: charts.svg(chart.spec) for name, chart in report.charts}
    data = {
        "title": title,
        "subtitle": _("Quién se queda en los grupos"),
        "organisation": organisation.name,
        "language": language(),
        "dated": day(clock.today(organisation.timezone)),
        "refusal": report.refusal,
        "summary": _summary(report),
        "figures": [asdict(figure) for figure in report.figures],
        "charts": [
            {
                "name": name,
                "title": chart.title,
                "note": chart.note,
                "columns": [column.label for column in chart.table.columns],
                "rows": [[str(cell) for cell in row.cells] for row in chart.table.rows],
            }
            for name, chart in report.charts
        ],
        "cannot_know": list(report.cannot_know),
        "words": {
            "means": _("Qué mide"),
            "counts": _("Entre quiénes"),
            "missing": _("Qué falta"),
            "none_missing": _("No falta ningún dato."),
            "caution": _("Qué no se puede concluir"),
            "cannot_know": _("Lo que estas cifras no pueden decir"),
            "unknown": _("No se sabe"),
            "data": _("Los mismos datos en tablas"),
        },
    }
    return printing.pdf("tequio.circles:typst/retention.typ", data, drawings)


def _summary(report: Report) -> str:
    men = ngettext("%(n)s hombre con lugar", "%(n)s hombres con lugar", report.n_people)
    groups = ngettext("%(n)s grupo", "%(n)s grupos", report.n_groups)
    meetings = ngettext("%(n)s reunión", "%(n)s reuniones", report.n_meetings)
    counted = (men, report.n_people), (groups, report.n_groups), (meetings, report.n_meetings)
    return " · ".join(words % {"n": f"{n:,}"} for words, n in counted)
