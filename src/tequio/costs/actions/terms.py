"""Saying what is assumed for a year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import squeeze
from tequio.costs.actions.lines import known_year
from tequio.costs.models import Terms
from tequio.costs.models.terms import CURRENCY, ShareBy
from tequio.costs.policies.books import entries_visible_to, incomes_visible_to, terms_visible_to


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is assumed, as it was typed."""

    currency: str = "MXN"
    wage_cents: int | None = None
    wage_holds: str = ""
    shadow_cents: int | None = None
    shadow_source: str = ""
    preparation_minutes: int = 0
    dose_percent: int = 75
    share_by: str = "sessions"


@transaction.atomic
def assume(*, by: User, year: int, assumed: Assumed) -> Terms:
    """Write what is assumed for a year. Lines that stand keep the rates of their time."""
    require_everywhere(by, Permission.COST_WRITE)
    known_year(by, year)
    _check(by, assumed)
    row = terms_visible_to(by).filter(year=year).select_for_update().first()
    row = row or Terms(organisation_id=by.organisation_id, year=year)
    row.currency = assumed.currency.upper()
    row.wage_cents, row.wage_holds = assumed.wage_cents, squeeze(assumed.wage_holds)
    row.shadow_cents, row.shadow_source = assumed.shadow_cents, squeeze(assumed.shadow_source)
    row.preparation_minutes = assumed.preparation_minutes
    row.dose_percent, row.share_by = assumed.dose_percent, assumed.share_by
    row.written_by, row.written_at = by, clock.now()
    row.save()
    record("cost_terms.assume", by=by, subject=row)
    return row


def _check(by: User, assumed: Assumed) -> None:
    if not re.fullmatch(CURRENCY, assumed.currency.upper()):
        raise DomainError(
            _("Esa moneda no se entiende."), hint=_("Escribe sus tres letras, como MXN o USD.")
        )
    if assumed.wage_cents is not None and not squeeze(assumed.wage_holds):
        raise DomainError(_("Falta qué incluye el costo de la hora."))
    if assumed.shadow_cents is not None and not squeeze(assumed.shadow_source):
        raise DomainError(_("Falta de dónde sale lo que valdría la hora de voluntariado."))
    if not 1 <= assumed.dose_percent <= 99 or assumed.share_by not in ShareBy.values:
        raise DomainError(_("Falta la parte de las sesiones que se cuenta, o cómo se reparte."))
    written = terms_visible_to(by).exclude(currency=assumed.currency.upper())
    if written.exists() and _has_lines(by):
        raise Conflict(
            _("El libro ya tiene renglones en otra moneda."),
            hint=_("Todos los años van en una sola; lo pagado en otra se anota con su cambio."),
        )


def _has_lines(by: User) -> bool:
    return entries_visible_to(by).exists() or incomes_visible_to(by).exists()
