"""Writing down what the programme used: expenses, hours, and hours that the calendar proposes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.audit.record import record
from tequio.core import ids
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import squeeze
from tequio.costs.actions.lines import For, Paid, belongs, exchanged, known_year, void_one
from tequio.costs.models import Entry
from tequio.costs.models.books import MOST_YEARS
from tequio.costs.policies.books import entries_visible_to, terms_visible_to
from tequio.costs.queries.hours import proposals
from tequio.costs.rules.amounts import in_book, of_hours

HOURS: Final = (Entry.Kind.STAFF, Entry.Kind.VOLUNTEER)
# More minutes than one line can mean: twenty people working all year.
_MOST_MINUTES: Final = 20 * 2_500 * 60


@dataclass(frozen=True, slots=True)
class Expense:
    """An expense, or something given that would have been one."""

    key: UUID
    year: int
    kind: str
    amount: Paid
    what: str = ""
    to: For = field(default_factory=For)
    paid: bool = True
    percent: int = 100
    years: int = 1


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of a task, at what an hour costs."""

    key: UUID
    year: int
    task: str
    minutes: int
    rate_cents: int
    volunteer: bool = False
    what: str = ""
    to: For = field(default_factory=For)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person confirmed of one group: minutes in sessions, and in preparing them."""

    group: UUID
    session_minutes: int
    preparation_minutes: int
    volunteer: bool = False


@transaction.atomic
def write_expense(*, by: User, expense: Expense) -> Entry:
    """Write an expense into the book."""
    require_everywhere(by, Permission.COST_WRITE)
    if (there := _again(by, expense.key)) is not None:
        return there
    known_year(by, expense.year)
    if expense.kind not in Entry.Kind.values or expense.kind in HOURS:
        raise DomainError(_("Falta qué clase de gasto es."))
    if not 1 <= expense.percent <= 100:
        raise DomainError(_("La parte de este programa va de 1 a 100 %."))
    if not 1 <= expense.years <= (MOST_YEARS if expense.kind == Entry.Kind.START_UP else 1):
        raise DomainError(_("Solo el arranque se reparte en años, y en veinte a lo más."))
    money = exchanged(by, expense.amount)
    return _write(
        by,
        Entry(
            id=expense.key,
            year=expense.year,
            kind=expense.kind,
            what=squeeze(expense.what),
            whole_cents=expense.amount.cents,
            currency=money.currency,
            exchange=money.rate,
            exchange_source=money.source,
            cents=in_book(expense.amount.cents, percent=expense.percent, exchange=money.rate),
            paid=expense.paid,
            percent=expense.percent,
            years=expense.years,
            **belongs(by, expense.to),
        ),
    )


@transaction.atomic
def write_hours(*, by: User, hours: Hours) -> Entry:
    """Write hours into the book, at the rate that is said now."""
    require_everywhere(by, Permission.COST_WRITE)
    if (there := _again(by, hours.key)) is not None:
        return there
    known_year(by, hours.year)
    if hours.task not in Entry.Task.values:
        raise DomainError(_("Falta para qué fueron las horas."))
    if not 1 <= hours.minutes <= _MOST_MINUTES:
        raise DomainError(_("Esas horas no pueden ser. Revisa cuántas fueron."))
    if hours.task == Entry.Task.CONTACT and (hours.to != For() or squeeze(hours.what)):
        raise DomainError(
            _("El contacto y acompañamiento se anota en un solo total del año, sin grupo ni sede."),
            hint=_("Por grupo diría en dónde contestó alguna mujer."),
        )
    return _write(by, _hours(hours, belongs(by, hours.to)))


@transaction.atomic
def confirm_hours(*, by: User, year: int, lines: Sequence[Confirmed]) -> int:
    """Write the hours of sessions and preparation that somebody looked at, group by group.

    What was confirmed meanwhile is refused, so that a page sent twice counts nothing twice.
    """
    require_everywhere(by, Permission.COST_WRITE)
    known_year(by, year)
    terms = terms_visible_to(by).filter(year=year).first()
    open_ = {one.group: one for one in proposals(by, year)}
    written = 0
    for line in lines:
        if line.group not in open_:
            raise Conflict(
                _("Las horas de un grupo ya estaban anotadas."),
                hint=_("Vuelve a abrir la página: muestra lo que todavía falta."),
            )
        rate = terms.an_hour(volunteer=line.volunteer) if terms else None
        if rate is None:
            raise DomainError(
                _("Falta cuánto cuesta la hora en %(year)s.") % {"year": year},
                hint=_("Escríbelo en los supuestos del año; después vuelve aquí."),
            )
        tasks = (("session", line.session_minutes), ("preparation", line.preparation_minutes))
        for task, minutes in tasks:
            if minutes:
                hours = Hours(ids.new_id(), year, task, minutes, rate, line.volunteer)
                _write(by, _hours(hours, belongs(by, For(group=line.group)), proposed=True))
                written += 1
    return written


@transaction.atomic
def void(*, by: User, entry_id: UUID) -> Entry:
    """Take a line out of every sum."""
    require_everywhere(by, Permission.COST_WRITE)
    row = void_one(by=by, rows=entries_visible_to(by), key=entry_id)
    record("cost.void", by=by, subject=row)
    return row


def _hours(hours: Hours, where: dict[str, object], *, proposed: bool = False) -> Entry:
    cents = of_hours(hours.minutes, hours.rate_cents)
    return Entry(
        id=hours.key,
        year=hours.year,
        kind=Entry.Kind.VOLUNTEER if hours.volunteer else Entry.Kind.STAFF,
        task=hours.task,
        minutes=hours.minutes,
        rate_cents=hours.rate_cents,
        what=squeeze(hours.what),
        whole_cents=cents,
        cents=cents,
        paid=not hours.volunteer,
        proposed=proposed,
        **where,
    )


def _write(by: User, row: Entry) -> Entry:
    row.organisation_id, row.written_by = by.organisation_id, by
    if row.minutes:
        row.currency = exchanged(by, Paid(0)).currency
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if row.task != Entry.Task.CONTACT:
            raise
        raise Conflict(
            _("El total de contacto y acompañamiento de %(year)s ya está anotado.")
            % {"year": row.year},
            hint=_("Si cambió, quita el anterior y escribe el nuevo total."),
        ) from error
    record("cost.write", by=by, subject=row)
    return row


def _again(by: User, key: UUID) -> Entry | None:
    """Return the line of a form that was sent twice."""
    return entries_visible_to(by).filter(pk=key).first()
