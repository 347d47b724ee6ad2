"""A result and a budget on paper: no man in either, every number with what it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.access.models import Organisation
from tequio.core import clock
from tequio.core.money import written
from tequio.costs import charts, figures, planning
from tequio.costs.queries.budgets import Plan
from tequio.costs.queries.summaries import CostSummary
from tequio.ui import printing
from tequio.ui.charts import svg
from tequio.ui.parts import Table
from tequio.ui.templatetags.ui import day


def result(found: CostSummary, organisation: Organisation) -> bytes:
    """Compile a year's result."""
    chart = charts.by_category(found)
    subtitle = found.name or _("Toda la organización")
    data = _head(_("Lo que costó %(year)s") % {"year": found.year}, subtitle, organisation) | {
        "figures": [asdict(one) for one in figures.figures(found)],
        "totals": totals(found),
        "chart": {"title": chart.title, "table": _table(chart.table)},
        "groups": _table(charts.groups(found)) if len(found.by_group) > 1 else None,
        "lists": [
            [_("Qué falta"), list(found.missing) or [_("No falta nada que el sistema sepa.")]],
            [_("Lo que estas cifras no pueden decir"), figures.cannot_conclude(found)],
            [_("Cómo se sacó"), figures.how(found)],
        ],
        "context": figures.national(),
        "words": _words(),
    }
    return printing.pdf("tequio.costs:typst/result.typ", data, {"kinds": svg(chart.spec)})


def budget(plan: Plan, organisation: Organisation) -> bytes:
    """Compile a budget."""
    data = _head(
        _("Presupuesto: %(name)s") % {"name": plan.edition.name},
        planning.subtitle(plan),
        organisation,
    ) | {
        "facts": [[fact.label, fact.value] for fact in planning.facts(plan)],
        "lines": _table(planning.lines(plan)),
        "scenarios": _table(planning.scenarios(plan)),
        "lists": [[_("Qué falta y de dónde sale"), planning.notes(plan)]],
        "words": _words(),
    }
    return printing.pdf("tequio.costs:typst/budget.typ", data)


def totals(found: CostSummary) -> str:
    """Say the two sums in one sentence."""
    return _("Se pagó %(paid)s. Con lo que dieron (%(given)s), el programa usó %(whole)s.") % {
        "paid": written(found.total.paid, found.currency),
        "given": written(found.total.given, found.currency),
        "whole": written(found.total.whole, found.currency),
    }


def _head(title: str, subtitle: str, organisation: Organisation) -> dict[str, object]:
    return {
        "title": title,
        "subtitle": subtitle,
        "organisation": organisation.name,
        "language": (get_language() or "es")[:2],
        "dated": day(clock.today(organisation.timezone)),
    }


def _words() -> Mapping[str, str]:
    return {
        "means": _("Qué mide"),
        "counts": _("Entre quiénes"),
        "missing": _("Qué falta"),
        "none_missing": _("No falta ningún dato."),
        "caution": _("Qué no se puede concluir"),
        "definitions": _("Qué quiere decir cada cifra"),
        "context": _("Para situarlo"),
        "what": _("Qué"),
        "how_much": _("Cuánto"),
    }


def _table(found: Table) -> dict[str, object]:
    return {
        "caption": found.caption,
        "columns": [{"label": column.label, "number": column.number} for column in found.columns],
        "rows": [[str(cell) for cell in row.cells] for row in found.rows],
    }
