"""What a planned edition would cost, from its model and from what the last year cost here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.core.errors import DomainError
from tequio.costs.models import Terms
from tequio.costs.policies.books import editions_costed_by
from tequio.costs.queries.ledger import Ledger, ledger
from tequio.costs.rules import budgets
from tequio.costs.rules.counting import reached
from tequio.costs.rules.results import Money
from tequio.programmes.models import Edition
from tequio.programmes.queries import intervention

# The programme of eight states in 2010, and 35 programmes together (Olver and others, 2011).
IN_2010 = 5
ELSEWHERE = 62


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to plan."""

    edition: UUID
    groups: int
    men: int
    volunteers: int = 0
    rise: int = 0
    rise_source: str = ""
    # Of a hundred men, how many would come to more than the dose: a scenario of one's own.
    reaching: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A budget with everything that it stands on."""

    edition: Edition
    wanted: Wanted
    model: budgets.Model
    planned: budgets.Planned
    budget: budgets.Budget
    scenarios: tuple[budgets.Scenario, ...]
    terms: Terms
    base: int | None
    this_year: int
    currency: str


def editions(user: User) -> list[Edition]:
    """Return the editions that may be budgeted: signed, with a model that says how it works."""
    rows = editions_costed_by(user).filter(signed_at__isnull=False).order_by("name", "pk")
    return [row for row in rows if _models(row)]


def _models(edition: Edition) -> bool:
    found = intervention(edition)
    return found is not None and found.endorsement != "none"


def plan(user: User, wanted: Wanted) -> Plan:
    """Work out the budget of a planned edition."""
    require_everywhere(user, Permission.COST_READ)
    edition = pick(editions_costed_by(user), pk=wanted.edition)
    model = _model(edition)
    _check(wanted, model)
    book = ledger(user)
    base = _base(book)
    terms = book.terms_of(max(book.terms, default=book.today.year))
    planned = budgets.Planned(
        groups=wanted.groups,
        men=wanted.men,
        preparation_minutes=terms.preparation_minutes,
        wage_cents=terms.wage_cents,
        shadow_cents=terms.shadow_cents,
        volunteers=wanted.volunteers,
        rise=wanted.rise,
    )
    return Plan(
        edition=edition,
        wanted=wanted,
        model=model,
        planned=planned,
        budget=budgets.budget(model, planned, units(book, base) if base else {}),
        scenarios=_scenarios(book, wanted, model, planned, terms.dose_percent),
        terms=terms,
        base=base,
        this_year=book.today.year,
        currency=book.currency,
    )


def _model(edition: Edition) -> budgets.Model:
    found = intervention(edition)
    if found is None:
        raise DomainError(
            _("De ese modelo no está su archivo: no se sabe cuántas sesiones pide."),
            hint=_("Elige otro programa."),
        )
    return budgets.Model(
        sessions=found.sessions.count.value,
        minutes=found.sessions.minutes.value,
        facilitators=found.facilitators.needed.value,
        smallest=found.group.smallest.value,
        largest=found.group.largest.value,
    )


def _check(wanted: Wanted, model: budgets.Model) -> None:
    room = wanted.groups * model.largest
    if wanted.men > room:
        raise DomainError(
            _("En %(groups)s grupos de %(largest)s caben %(room)s hombres, no %(men)s.")
            % {
                "groups": wanted.groups,
                "largest": model.largest,
                "room": room,
                "men": wanted.men,
            },
            hint=_("Para %(men)s hacen falta %(need)s grupos.")
            % {"men": wanted.men, "need": budgets.groups_for(wanted.men, model)},
        )
    if wanted.volunteers > model.facilitators:
        raise DomainError(
            _("El modelo pide %(n)s personas que faciliten; no pueden ser más las voluntarias.")
            % {"n": model.facilitators}
        )


def _base(book: Ledger) -> int | None:
    """Return the last whole year with lines and meetings; else the year that runs."""
    met = {year for (_g, year), here in book.counted.by_year.items() if here.sessions}
    written = {line.year for line in book.lines} & met
    whole = [year for year in written if year < book.today.year]
    return max(whole or written, default=None)


def units(book: Ledger, year: int) -> Mapping[str, budgets.Unit]:
    """Return what one of each kind cost in a year, for all groups together."""
    money: dict[str, Money] = {}
    for cost in book.costs(year):
        one = Money(cost.cents, 0) if cost.paid else Money(0, cost.cents)
        kind = cost.task or cost.kind
        money[kind] = money.get(kind, Money()) + one
    here = [found for (_g, y), found in book.counted.by_year.items() if y == year]
    sessions = sum(one.sessions for one in here)
    men = len(set().union(*(one.entrants for one in here)))
    direct = sum((v for kind, v in money.items() if kind != "overhead"), Money()).whole
    of = {"session": sessions, "man": men, "share": direct}
    return {
        kind: budgets.Unit(kind, money[kind], of[driver])
        for kind, driver in budgets.DRIVERS.items()
        if kind in money
    }


def _scenarios(
    book: Ledger,
    wanted: Wanted,
    model: budgets.Model,
    planned: budgets.Planned,
    percent: int,
) -> tuple[budgets.Scenario, ...]:
    ended = [c for c in book.circles if c.group in book.counted.ended_in]
    own = reached(book.records, ended, percent, today=book.today)
    named = [(_("Como en 2010, en ocho estados"), IN_2010)]
    if own.men:
        named.append((_("Como aquí hasta hoy"), max(1, round(100 * own.men / own.of))))
    named.append((_("Como en otros programas"), ELSEWHERE))
    if wanted.reaching is not None:
        named.append((_("El que escribiste"), wanted.reaching))
    found = [budgets.scenario(name, n, model, planned, percent) for name, n in named]
    return tuple(sorted(found, key=lambda one: one.reaching))
