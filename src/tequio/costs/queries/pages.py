"""The list of a year: what was written of each kind, what came in, and what was taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tequio.access.models import User
from tequio.costs.models import Entry, Income, Terms
from tequio.costs.policies.books import entries_visible_to, incomes_visible_to, terms_visible_to
from tequio.costs.rules.amounts import in_year
from tequio.costs.rules.results import Money

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one kind in a year."""

    kind: str
    label: str
    rows: Sequence[Entry]
    money: Money
    # Lines that the page does not show, and that count.
    more: int


@dataclass(frozen=True, slots=True)
class IncomeSection:
    """What came in from one kind of source."""

    kind: str
    label: str
    rows: Sequence[Income]
    cents: int
    count: int
    more: int


@dataclass(frozen=True, slots=True)
class YearPage:
    """Everything that is written of a year."""

    year: int
    years: tuple[int, ...]
    terms: Terms | None
    currency: str
    sections: tuple[Section, ...]
    incomes: tuple[IncomeSection, ...]
    money: Money
    received: int
    voided: tuple[Entry | Income, ...]

    @property
    def left(self) -> int:
        """What came in less what was paid; start-up weighs its part of the year."""
        return self.received - self.money.paid


def year_page(user: User, year: int, this_year: int, *, whole: str = "") -> YearPage:
    """Read one year of the book; of the kind `whole` every line is shown."""
    every = list(
        entries_visible_to(user)
        .filter(year__lte=year)
        .select_related("site", "edition", "group", "written_by", "voided_by")
    )
    rows = [row for row in every if row.year <= year < row.year + row.years]
    incomes = list(
        incomes_visible_to(user).filter(year=year).select_related("written_by", "voided_by")
    )
    terms = list(terms_visible_to(user).order_by("year"))
    live = [row for row in rows if row.voided_at is None]
    received = [row for row in incomes if row.voided_at is None]
    sections = tuple(
        _section(kind, [r for r in live if r.kind == kind], year, whole) for kind in Entry.Kind
    )
    years = set(entries_visible_to(user).order_by().values_list("year", flat=True).distinct())
    years |= {row.year for row in terms} | {year, this_year, this_year - 1}
    gone: list[Entry | Income] = [r for r in rows if r.voided_at is not None]
    gone += [r for r in incomes if r.voided_at is not None]
    return YearPage(
        year=year,
        years=tuple(sorted(years, reverse=True)),
        terms=next((row for row in terms if row.year == year), None),
        currency=terms[-1].currency if terms else "MXN",
        sections=sections,
        incomes=tuple(
            _incomes(kind, [r for r in received if r.kind == kind], whole) for kind in Income.Kind
        ),
        money=sum((one.money for one in sections), Money()),
        received=sum(row.cents for row in received),
        voided=tuple(gone[:SHOWN]),
    )


def weighs(row: Entry, year: int) -> int:
    """Return what a line weighs in a year."""
    return in_year(row.cents, first=row.year, years=row.years, year=year)


def _section(kind: Entry.Kind, rows: Sequence[Entry], year: int, whole: str) -> Section:
    paid = sum(weighs(row, year) for row in rows if row.paid)
    given = sum(weighs(row, year) for row in rows if not row.paid)
    most = len(rows) if kind == whole else SHOWN
    return Section(kind, str(kind.label), rows[:most], Money(paid, given), max(len(rows) - most, 0))


def _incomes(kind: Income.Kind, rows: Sequence[Income], whole: str) -> IncomeSection:
    most = len(rows) if kind == whole else SHOWN
    return IncomeSection(
        kind,
        str(kind.label),
        rows[:most],
        sum(row.cents for row in rows),
        sum(row.count or 0 for row in rows),
        max(len(rows) - most, 0),
    )
