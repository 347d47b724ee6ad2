"""What is common to writing and voiding a line: its year, its money, where it belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.policies import pick
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import squeeze
from tequio.costs.models import Entry, Income, Terms
from tequio.costs.models.terms import CURRENCY
from tequio.costs.policies.books import (
    editions_costed_by,
    groups_costed_by,
    sites_costed_by,
    terms_visible_to,
)

FIRST_YEAR: Final = 2000
Row = TypeVar("Row", Entry, Income)


@dataclass(frozen=True, slots=True)
class Paid:
    """Money as it was typed. Without a currency it is the book's own."""

    cents: int
    currency: str = ""
    exchange: str = ""
    exchange_source: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A currency with the rate at which it enters the book, and where that was read."""

    currency: str
    rate: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class For:
    """For what a cost was; with nothing in it, for the whole organisation."""

    site: UUID | None = None
    edition: UUID | None = None
    group: UUID | None = None


def known_year(by: User, year: int) -> None:
    """Refuse years that cannot be meant."""
    this = clock.today(by.organisation.timezone).year
    if not FIRST_YEAR <= year <= this:
        raise DomainError(
            _("Se anotan costos de %(first)s a %(this)s.") % {"first": FIRST_YEAR, "this": this},
            hint=_("Lo que todavía no se gasta va en el presupuesto."),
        )


def currency_of(by: User) -> str:
    """Return the money of the book: pesos, unless what was assumed says otherwise."""
    said = terms_visible_to(by).order_by("-year").values_list("currency", flat=True).first()
    return said or Terms._meta.get_field("currency").get_default()


def exchanged(by: User, paid: Paid) -> Exchange:
    """Return the currency of a line; another one than the book's needs a rate and its source."""
    book = currency_of(by)
    currency = paid.currency.strip().upper() or book
    if not re.fullmatch(CURRENCY, currency):
        raise DomainError(
            _("Esa moneda no se entiende."), hint=_("Escribe sus tres letras, como MXN o USD.")
        )
    if currency == book:
        return Exchange(currency, Decimal(1), "")
    try:
        rate = Decimal(paid.exchange.strip().replace(",", "") or "0")
    except InvalidOperation:
        rate = Decimal(0)
    if not 0 < rate < 1_000_000 or not squeeze(paid.exchange_source):
        raise DomainError(
            _("Falta a cuánto se cambió, o de dónde sale ese tipo de cambio."),
            hint=_("Escribe cuántos %(book)s por cada %(other)s y la fuente, como «DOF, 3 mar».")
            % {"book": book, "other": currency},
        )
    return Exchange(currency, round(rate, 6), squeeze(paid.exchange_source))


def belongs(by: User, to: For) -> dict[str, object]:
    """Return the fields of what a cost was for, if this person may see it."""
    if to.group is not None:
        return {"group": pick(groups_costed_by(by), pk=to.group)}
    if to.edition is not None:
        return {"edition": pick(editions_costed_by(by), pk=to.edition)}
    if to.site is not None:
        return {"site": pick(sites_costed_by(by), pk=to.site)}
    return {}


def void_one(*, by: User, rows: QuerySet[Row], key: UUID) -> Row:
    """Take a line out of every sum; it stays written, with who took it out."""
    row: Row = pick(rows.select_for_update(of=("self",)), pk=key)
    if row.voided_at is not None:
        raise Conflict(_("Ese renglón ya estaba quitado."))
    row.voided_at, row.voided_by = clock.now(), by
    row.save(update_fields=["voided_at", "voided_by"])
    return row
