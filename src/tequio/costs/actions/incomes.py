"""Writing down what came in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.audit.record import record
from tequio.core.errors import DomainError
from tequio.core.text import squeeze
from tequio.costs.actions.lines import Paid, exchanged, known_year, void_one
from tequio.costs.models import Income
from tequio.costs.policies.books import incomes_visible_to
from tequio.costs.rules.amounts import in_book


@dataclass(frozen=True, slots=True)
class Received:
    """Money that came in, as it was typed."""

    key: UUID
    year: int
    kind: str
    amount: Paid
    what: str = ""
    count: int | None = None


@transaction.atomic
def receive(*, by: User, received: Received) -> Income:
    """Write an income. Voluntary contributions are so many and so much, and nobody's."""
    require_everywhere(by, Permission.COST_WRITE)
    there = incomes_visible_to(by).filter(pk=received.key).first()
    if there is not None:
        return there
    known_year(by, received.year)
    voluntary = received.kind == Income.Kind.VOLUNTARY
    if received.kind not in Income.Kind.values:
        raise DomainError(_("Falta de dónde viene."))
    if voluntary and not received.count:
        raise DomainError(_("Falta cuántas aportaciones fueron."))
    if voluntary and squeeze(received.what):
        raise DomainError(
            _("Las aportaciones voluntarias se cuentan; no se anota de quién son."),
            hint=_("Borra lo escrito en «De qué o de quién»."),
        )
    if not voluntary and not squeeze(received.what):
        raise DomainError(_("Falta de qué o de quién es."))
    money = exchanged(by, received.amount)
    row = Income.objects.create(
        id=received.key,
        organisation_id=by.organisation_id,
        year=received.year,
        kind=received.kind,
        what=squeeze(received.what),
        count=received.count if voluntary else None,
        whole_cents=received.amount.cents,
        currency=money.currency,
        exchange=money.rate,
        exchange_source=money.source,
        cents=in_book(received.amount.cents, exchange=money.rate),
        written_by=by,
    )
    record("income.write", by=by, subject=row)
    return row


@transaction.atomic
def void(*, by: User, income_id: UUID) -> Income:
    """Take an income out of every sum."""
    require_everywhere(by, Permission.COST_WRITE)
    row = void_one(by=by, rows=incomes_visible_to(by), key=income_id)
    record("income.void", by=by, subject=row)
    return row
