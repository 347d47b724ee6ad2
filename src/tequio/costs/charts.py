"""The one drawing of a result: what each kind weighed, paid and given."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tequio.core.money import written
from tequio.costs.queries.summaries import CostSummary
from tequio.ui.charts.amounts import amount_bars, in_words
from tequio.ui.parts import ChartFigure, Column, Row, Table


def by_category(found: CostSummary) -> ChartFigure:
    """Draw the kinds of cost of a scope, the heaviest first."""
    title = _("En qué se fue")
    lines = sorted(found.by_category, key=lambda line: -line.money.whole)
    rows = [
        (
            line.label,
            line.money.paid,
            line.money.given,
            written(line.money.whole, found.currency),
        )
        for line in lines
    ]
    spec = amount_bars(
        rows,
        title=title,
        description=in_words(rows),
        paid_word=_("se pagó"),
        given_word=_("lo dieron"),
    )
    return ChartFigure(title, spec, table(found, title))


def table(found: CostSummary, title: str) -> Table:
    """Return the kinds of cost as a table, with their sum."""
    columns = (
        Column(_("Clase")),
        Column(_("Se pagó"), number=True),
        Column(_("Lo dieron"), number=True),
        Column(_("En total"), number=True),
    )
    rows = [
        Row(
            (
                line.label,
                written(line.money.paid, found.currency),
                written(line.money.given, found.currency),
                written(line.money.whole, found.currency),
            )
        )
        for line in found.by_category
    ]
    whole = found.total
    last = Row(
        (
            _("Todo"),
            written(whole.paid, found.currency),
            written(whole.given, found.currency),
            written(whole.whole, found.currency),
        )
    )
    return Table(title, columns, [*rows, last])


def groups(found: CostSummary) -> Table:
    """Return what each group carries: its own, its share of the common, and by what weight."""
    columns = (
        Column(_("Grupo")),
        Column(_("Solo suyo"), number=True),
        Column(_("De lo común"), number=True),
        Column(_("En total"), number=True),
        Column(_("Peso"), number=True),
    )
    money = found.currency
    rows = [
        Row(
            (
                found.names[one.group],
                written(one.own.whole, money),
                written(one.common.whole, money),
                written((one.own + one.common).whole, money),
                one.weight,
            )
        )
        for one in found.by_group
    ]
    if found.unshared.whole:
        nobody = written(found.unshared.whole, money)
        rows.append(Row((_("Sin grupo que se reuniera"), "—", "—", nobody, "—")))
    return Table(_("Qué carga cada grupo"), columns, rows)
