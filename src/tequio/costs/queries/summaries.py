"""What it cost: the one answer that pages, reports and studies read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require_everywhere
from tequio.core.text import join_names
from tequio.costs.models import Entry
from tequio.costs.models.terms import ShareBy
from tequio.costs.queries.ledger import Ledger, ledger
from tequio.costs.rules.counting import Circle, Reached, reached
from tequio.costs.rules.results import COMMON, Carried, Money, Per, by_group, by_kind, total
from tequio.costs.rules.sharing import Place, Scope, Share, within


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One kind of cost."""

    kind: str
    label: str
    money: Money


@dataclass(frozen=True, slots=True)
class CostSummary:
    """What a scope cost in a year, among whom, and what is missing of both.

    `whole` of each money is the economic cost, `paid` the financial one. `per_completer` divides
    what the groups that ended in the year cost in all the years of their lives.
    """

    scope: Scope
    name: str
    year: int
    currency: str
    total: Money
    per_entrant: Per
    per_seat_offered: Per
    per_seat_used: Per
    per_session: Per
    per_completer: Per
    reached: Reached
    dose_percent: int
    share_by: str
    by_category: tuple[CategoryLine, ...]
    # Of the groups in the scope; with what no group could carry.
    by_group: tuple[Carried, ...]
    unshared: Money
    names: dict[UUID, str]
    missing: tuple[str, ...]
    written: bool


def label_of(kind: str) -> str:
    """Name a kind of cost."""
    if kind == COMMON:
        return _("Su parte de lo común")
    return str(Entry.Kind(kind).label)


def summary(by: User, *, scope: Scope, book: Ledger | None = None) -> CostSummary:
    """Return what a scope cost in a year."""
    require_everywhere(by, Permission.COST_READ)
    found = book or ledger(by)
    _known(found, scope)
    return _summary(found, scope)


def _known(book: Ledger, scope: Scope) -> None:
    for key in (scope.site, scope.edition, scope.group):
        if key is not None and key not in book.names:
            raise not_visible()


def _summary(book: Ledger, scope: Scope) -> CostSummary:
    year, terms = scope.year, book.terms_of(scope.year)
    places = book.places(year)
    known = {place.group: place for place in places}
    shares = within(book.shares(year), scope, known)
    money = total(shares)
    inside = [c for c in book.circles if scope.holds(known[c.group])]
    here = [book.counted.of(circle.group, year) for circle in inside]
    entrants = len(set().union(*(one.entrants for one in here)))
    undated = [book.counted.undated_sessions.get(c.group, 0) for c in inside]
    unrecorded = sum(one.unrecorded for one in here)
    sessions = sum(one.sessions for one in here)
    pending = sum(one.pending for one in here) + sum(undated)
    nowhen = sum(book.counted.undated_entrants.get(c.group, 0) for c in inside)
    ended = [c for c in inside if book.counted.ended_in.get(c.group) == year]
    done = reached(book.records, ended, terms.dose_percent, today=book.today)
    carried, unshared = by_group(shares, [p for p in places if scope.holds(p)])
    kinds = by_kind(shares, scope, known)
    order = [*Entry.Kind.values, COMMON]
    return CostSummary(
        scope=scope,
        name=_name(book, scope),
        year=year,
        currency=book.currency,
        total=money,
        per_entrant=Per(money, entrants, nowhen),
        per_seat_offered=Per(money, sum(one.offered for one in here), pending),
        per_seat_used=Per(money, sum(one.used for one in here), unrecorded),
        per_session=Per(money, sessions, pending),
        per_completer=Per(_lives(book, ended, year), done.men, done.missing),
        reached=done,
        dose_percent=terms.dose_percent,
        share_by=str(ShareBy(terms.share_by).label),
        by_category=tuple(CategoryLine(k, label_of(k), kinds[k]) for k in order if k in kinds),
        by_group=tuple(carried),
        unshared=unshared,
        names=dict(book.names),
        missing=tuple(_missing(book, scope, shares, pending, ended)),
        written=bool(shares),
    )


def _name(book: Ledger, scope: Scope) -> str:
    key = scope.group or scope.edition or scope.site
    return book.names[key] if key is not None else ""


def _lives(book: Ledger, ended: Sequence[Circle], until: int) -> Money:
    """Return what groups that ended cost in every year in which they met."""
    groups = {circle.group for circle in ended}
    money = Money()
    for year in sorted(book.counted.years_of(groups)):
        if year <= until:
            money += total(one for one in book.shares(year) if one.group in groups)
    return money


def _missing(
    book: Ledger,
    scope: Scope,
    shares: Sequence[Share],
    pending: int,
    ended: Sequence[Circle],
) -> list[str]:
    year = scope.year
    said = []
    there = {one.cost.kind for one in shares}
    nothing = [k for k in Entry.Kind if k not in (*there, Entry.Kind.OTHER, Entry.Kind.START_UP)]
    if nothing and there:
        said.append(
            _("Nada anotado de: %(kinds)s. Si no costó, anótalo con cero.")
            % {"kinds": join_names([str(kind.label).lower() for kind in nothing])}
        )
    if there and not any(line.task == "contact" for line in book.lines if line.year == year):
        said.append(_("Falta el total del año de horas de contacto y acompañamiento."))
    if hours := _unconfirmed(book, scope):
        said.append(
            ngettext(
                "De %(n)s grupo con sesiones nadie ha confirmado las horas de facilitación.",
                "De %(n)s grupos con sesiones nadie ha confirmado las horas de facilitación.",
                hours,
            )
            % {"n": f"{hours:,}"}
        )
    if pending:
        said.append(
            ngettext(
                "De %(n)s sesión no se sabe si se realizó, o en qué día: no está en la cuenta.",
                "De %(n)s sesiones no se sabe si se realizaron, o en qué día: no están en la "
                "cuenta.",
                pending,
            )
            % {"n": f"{pending:,}"}
        )
    if bare := _bare_years(book, ended, year):
        said.append(
            _("De %(years)s, en que también se reunieron grupos que terminaron, no hay costos.")
            % {"years": join_names([str(one) for one in bare])}
        )
    return said


def _unconfirmed(book: Ledger, scope: Scope) -> int:
    """Count groups that met and have no hours of sessions in the year."""
    known: dict[UUID, Place] = {place.group: place for place in book.places(scope.year)}
    told = {line.group for line in book.lines if line.year == scope.year and line.task == "session"}
    # Hours of sessions that were written for more than a group tell nothing of which.
    if told - set(known):
        return 0
    return sum(place.met and scope.holds(place) and key not in told for key, place in known.items())


def _bare_years(book: Ledger, ended: Sequence[Circle], until: int) -> list[int]:
    years = book.counted.years_of(circle.group for circle in ended)
    written = {line.year for line in book.lines}
    return sorted(year for year in years - written if year < until)
