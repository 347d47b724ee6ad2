"""A budget in words and tables, the same for the page, for paper and for a workbook."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.core.money import written
from tequio.core.tabular import Sheet, write_workbook
from tequio.core.text import join_names
from tequio.costs.figures import shown
from tequio.costs.models import Entry
from tequio.costs.queries.budgets import Plan
from tequio.costs.rules.amounts import hours_text
from tequio.costs.rules.budgets import Line
from tequio.ui.parts import Column, Fact, Row, Table


def name_of(kind: str) -> str:
    """Name a line of the budget: a task of hours, or a kind of expense."""
    if kind in Entry.Task.values:
        return _("Horas: %(task)s") % {"task": str(Entry.Task(kind).label).lower()}
    return str(Entry.Kind(kind).label)


def subtitle(plan: Plan) -> str:
    """Say for how many it is."""
    groups = ngettext("%(n)s grupo", "%(n)s grupos", plan.wanted.groups)
    men = ngettext("%(n)s hombre", "%(n)s hombres", plan.wanted.men)
    return f"{groups % {'n': plan.wanted.groups}} · {men % {'n': plan.wanted.men}}"


def facts(plan: Plan) -> list[Fact]:
    """Return the answers that are asked for first."""
    made, money, currency = plan.budget, plan.budget.money, plan.currency
    return [
        Fact(_("Habría que pagar"), shown(money.paid, currency)),
        Fact(_("Tendría que darse"), shown(money.given, currency)),
        Fact(_("En total"), shown(money.whole, currency)),
        Fact(
            _("Por hombre que entre"),
            shown(round(Fraction(money.whole, plan.wanted.men)), currency),
        ),
        Fact(_("Por asiento ofrecido"), shown(round(Fraction(money.whole, made.seats)), currency)),
        Fact(_("Un hombre más"), _one_more(plan)),
        Fact(_("Un grupo más, sin hombres todavía"), shown(made.one_group.whole, currency)),
    ]


def _one_more(plan: Plan) -> str:
    cost = shown(plan.budget.one_more.whole, plan.currency)
    if plan.wanted.men < plan.wanted.groups * plan.model.largest:
        return _("%(cost)s: todavía hay lugar") % {"cost": cost}
    return _("%(cost)s: ya no cabe, hace falta otro grupo") % {"cost": cost}


def lines(plan: Plan) -> Table:
    """Return the budget line by line, each with how it was worked out."""
    columns = (
        Column(_("Clase")),
        Column(_("De dónde sale")),
        Column(_("Se paga"), number=True),
        Column(_("Se da"), number=True),
    )
    money = plan.currency
    rows = [
        Row(
            (
                name_of(line.kind),
                _source(plan, line),
                written(line.money.paid, money) if line.money else _("No se sabe"),
                written(line.money.given, money) if line.money else "—",
            )
        )
        for line in plan.budget.lines
    ]
    whole = plan.budget.money
    rows.append(Row((_("Todo"), "", written(whole.paid, money), written(whole.given, money))))
    return Table(_("Renglón por renglón"), columns, rows)


def _source(plan: Plan, line: Line) -> str:
    if line.unit is None:
        return _hours(plan, line)
    one = written(line.unit.money.whole, plan.currency)
    if line.driver == "share":
        return _("En %(year)s fueron %(one)s por %(of)s de todo lo demás") % {
            "year": plan.base,
            "one": one,
            "of": written(line.unit.of, plan.currency),
        }
    each = shown(round(Fraction(line.unit.money.whole, line.unit.of)), plan.currency)
    said = {
        "session": _("%(n)s sesiones por %(each)s; en %(year)s fueron %(one)s en %(of)s"),
        "man": _("%(n)s hombres por %(each)s; en %(year)s fueron %(one)s en %(of)s"),
    }
    return said[line.driver] % {
        "n": f"{line.count:,}",
        "each": each,
        "year": plan.base,
        "one": one,
        "of": f"{line.unit.of:,}",
    }


def _hours(plan: Plan, line: Line) -> str:
    if line.kind not in ("session", "preparation"):
        return _("Nada anotado en %(year)s") % {"year": plan.base or _("ningún año")}
    planned = plan.planned
    if line.money is None:
        return _("Falta cuánto cuesta la hora: va en los supuestos del año")
    return _("%(hours)s horas; la del equipo a %(wage)s") % {
        "hours": hours_text(line.count),
        "wage": written(planned.wage_cents or 0, plan.currency),
    }


def scenarios(plan: Plan) -> Table:
    """Return what the same money buys, by how many men stay."""
    columns = (
        Column(_("Si pasa lo que…")),
        Column(_("Vienen a más del %(n)s %%") % {"n": plan.terms.dose_percent}, number=True),
        Column(_("Asientos que se ocupan"), number=True),
        Column(_("Por asiento ocupado"), number=True),
        Column(_("Por hombre que vino a más"), number=True),
    )
    whole = plan.budget.money.whole
    rows = [
        Row(
            (
                one.name,
                _("%(n)s de cada 100 (%(men)s)") % {"n": one.reaching, "men": one.reached},
                _("%(n)s de %(of)s") % {"n": f"{one.used:,}", "of": f"{plan.budget.seats:,}"},
                _among(whole, one.used, plan.currency),
                _among(whole, one.reached, plan.currency),
            )
        )
        for one in plan.scenarios
    ]
    return Table(_("Lo mismo cuesta; cambia para cuántos alcanza"), columns, rows)


def _among(cents: int, count: int, currency: str) -> str:
    return shown(round(Fraction(cents, count)), currency) if count else _("entre nadie")


def notes(plan: Plan) -> list[str]:
    """Return what is missing, and where the rest comes from."""
    model = plan.model
    said = [
        ngettext(
            "El modelo pide %(sessions)s sesiones de %(minutes)s minutos, %(people)s persona que "
            "facilite cada grupo, y de %(smallest)s a %(largest)s hombres.",
            "El modelo pide %(sessions)s sesiones de %(minutes)s minutos, %(people)s personas que "
            "faciliten cada grupo, y de %(smallest)s a %(largest)s hombres.",
            model.facilitators,
        )
        % {
            "sessions": model.sessions,
            "minutes": model.minutes,
            "people": model.facilitators,
            "smallest": model.smallest,
            "largest": model.largest,
        },
        _base(plan),
    ]
    if plan.wanted.rise:
        said.append(
            _("Se subieron %(rise)s %% (%(source)s); la hora de trabajo no.")
            % {"rise": f"{plan.wanted.rise / 100:g}", "source": plan.wanted.rise_source}
        )
    if plan.budget.unknown:
        said.append(
            _("No está en la suma, porque no se sabe cuánto cuesta aquí: %(kinds)s.")
            % {"kinds": join_names([name_of(kind).lower() for kind in plan.budget.unknown])}
        )
    said.append(
        _(
            "«En 2010»: en ocho estados vino a más del 75 %% de las sesiones el 5 %% de 1,257 "
            "hombres. «Otros programas»: se fue el 37.8 %% (Olver y otros, 2011); no es la misma "
            "medida. Se supone que se van a un paso parejo; suelen irse más al principio."
        )
        % {}
    )
    said.append(_("Es un cálculo y no una promesa. No dice qué cambiaría en nadie."))
    return said


def _base(plan: Plan) -> str:
    if plan.base is None:
        return _("Todavía no hay costos anotados: solo se pueden contar las horas.")
    if plan.base == plan.this_year:
        return _(
            "Los demás costos son los de %(year)s en esta organización, que todavía no termina: "
            "lo que se paga por año pesa de más en cada sesión."
        ) % {"year": plan.base}
    return _("Los demás costos son los de %(year)s en esta organización.") % {"year": plan.base}


def workbook(plan: Plan) -> bytes:
    """Write the budget as a workbook, in the currency's own unit and not in words."""
    head = (_("Clase"), _("De dónde sale"), _("Se paga"), _("Se da"))
    body = [
        (
            name_of(line.kind),
            _source(plan, line),
            line.money.paid / 100 if line.money else None,
            line.money.given / 100 if line.money else None,
        )
        for line in plan.budget.lines
    ]
    whole = plan.budget.money
    total = (_("Todo"), "", whole.paid / 100, whole.given / 100)
    moves = scenarios(plan)
    return write_workbook(
        [
            Sheet(_("Presupuesto"), ((subtitle(plan), plan.currency), head, *body, total)),
            Sheet(
                _("Escenarios"),
                (
                    tuple(column.label for column in moves.columns),
                    *(tuple(str(cell) for cell in row.cells) for row in moves.rows),
                ),
            ),
            Sheet(_("Notas"), tuple((note,) for note in notes(plan))),
        ]
    )
