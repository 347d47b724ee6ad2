"""What the demonstration organisation spent, was given and received. All of it is invented."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from django.db import transaction

from tequio.access.models import User
from tequio.core import clock, ids
from tequio.costs.actions import entries, incomes, terms
from tequio.costs.actions.entries import Confirmed, Expense, Hours
from tequio.costs.actions.lines import For, Paid
from tequio.costs.queries.hours import proposals
from tequio.programmes.models import Site
from tequio.simulation.arrivals import ZONE
from tequio.simulation.evenings import moment

# Kind, pesos a year, what, whether it was paid, the part of it that is the programme's, years.
_SPENT: Final = (
    ("materials", 6_840, "Cuadernos, rotafolios y copias", True, 100, 1),
    ("transport", 14_200, "Traslados de facilitación", True, 100, 1),
    ("overhead", 186_000, "Renta, luz, internet y contabilidad", True, 35, 1),
    ("other", 3_600, "Café y pan de las sesiones", False, 100, 1),
)
_START: Final = (("start_up", 54_000, "Formación del equipo y computadora", True, 100, 3),)
_HOURS: Final = (("supervision", 72), ("administration", 210), ("contact", 96))


def tell(by: User) -> None:
    """Write this year and the one before, as direction would have."""
    this = clock.today(ZONE).year
    sites = list(Site.objects.filter(organisation=by.organisation_id).order_by("name", "pk"))
    for year in (this - 1, this):
        on = clock.today(ZONE) if year == this else date(year, 12, 18)
        with clock.at(moment(on, time(10, 0))), transaction.atomic():
            _year(by, year, sites, first=year == this - 1)


def _year(by: User, year: int, sites: list[Site], *, first: bool) -> None:
    wage = 142_00 if first else 151_00
    terms.assume(
        by=by,
        year=year,
        assumed=terms.Assumed(
            wage_cents=wage,
            wage_holds="Salario, IMSS, aguinaldo y vacaciones (inventado)",
            shadow_cents=60_00,
            shadow_source="Lo que pagamos a quien suple (inventado)",
            preparation_minutes=30,
        ),
    )
    for line in (*_SPENT, *(_START if first else ())):
        _spend(by, year, *line)
    for n, site in enumerate(sites):
        # One place is paid, the others are lent by the neighbourhood.
        _spend(by, year, "venue", 21_600, "Salón de las tardes", n == 0, 100, 1, For(site=site.pk))
    for task, hours in _HOURS:
        entries.write_hours(by=by, hours=Hours(ids.new_id(), year, task, hours * 60, wage))
    volunteer = Hours(ids.new_id(), year, "supervision", 40 * 60, 60_00, volunteer=True)
    entries.write_hours(by=by, hours=volunteer)
    found = proposals(by, year)
    # Those of the last group wait, so that the page has something to confirm.
    lines = [Confirmed(p.group, p.session_minutes, p.preparation_minutes) for p in found]
    entries.confirm_hours(by=by, year=year, lines=lines if first else lines[:-1])
    _receive(by, year)


def _spend(
    by: User,
    year: int,
    kind: str,
    pesos: int,
    what: str,
    paid: bool,
    percent: int,
    years: int,
    to: For | None = None,
) -> None:
    entries.write_expense(
        by=by,
        expense=Expense(
            key=ids.new_id(),
            year=year,
            kind=kind,
            amount=Paid(pesos * 100),
            what=f"{what} (inventado)",
            to=to or For(),
            paid=paid,
            percent=percent,
            years=years,
        ),
    )


def _receive(by: User, year: int) -> None:
    for kind, pesos, what, count in (
        ("grant", 260_000, "Fondo para la prevención (inventado)", None),
        ("own", 48_000, "Talleres a empresas (inventado)", None),
        ("voluntary", 9_350, "", 187),
    ):
        incomes.receive(
            by=by,
            received=incomes.Received(
                ids.new_id(), year, kind, Paid(pesos * 100), what=what, count=count
            ),
        )
