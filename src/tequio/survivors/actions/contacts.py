"""The contact log: nobody is searched for before her rules were read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core.errors import DomainError
from tequio.survivors import log
from tequio.survivors.actions import sheets
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.sheets import Contact, SafeContact


@transaction.atomic
def record(
    *,
    by: OpenWall,
    case_id: UUID,
    on: date,
    began: str,
    how: str,
    reached: str,
    rules_read: bool = False,
    minutes: int | None = None,
    said: str = "",
    wave: str = "",
    asked: str = "",
) -> UUID:
    """Write down a contact. If we began it, her card has to allow it and was read again now."""
    today = sheets.today(by)
    if on > today:
        raise DomainError(_("Esa fecha todavía no llega. Escribe el día en que hablaron."))
    ours = began == "us"
    if ours:
        _check(by, case_id, how, rules_read=rules_read, today=today)
    contact = Contact(
        on=on,
        began=began,
        how=how,
        reached=reached,
        by=by.user.login,
        minutes=minutes,
        said=said,
        rules_on=today if ours else None,
        rules_by=by.user.login if ours else "",
        wave=wave,
        asked=asked,
    )
    return sheets.write(by=by, case_id=case_id, body=contact)


@transaction.atomic
def reveal(*, by: OpenWall, case_id: UUID, what: str) -> None:
    """Write down that somebody made her code word or her numbers show on a screen."""
    log.write("card.reveal", by=by, case_id=case_id, detail={"what": what})


def _check(by: OpenWall, case_id: UUID, how: str, *, rules_read: bool, today: date) -> None:
    found = sheets.the_one(by, case_id, SafeContact)
    if found is None:
        raise DomainError(
            _("Falta su tarjeta de contacto seguro, y sin ella nadie la busca."),
            hint=_("Si ella nos buscó, márcalo así. Si no, llena primero la tarjeta con ella."),
        )
    held, card = found
    why_not = card.why_not(how)
    if why_not:
        raise DomainError(why_not, hint=_("Si ella nos buscó, márcalo así."))
    if not rules_read:
        raise DomainError(
            _("Antes de anotarlo, confirma que leíste otra vez sus reglas de contacto."),
            hint=_("Están arriba en esta página. Marca la casilla cuando las hayas leído."),
        )
    verified = replace(card, verified_on=today, verified_by=by.user.login)
    sheets.rewrite(by=by, case_id=case_id, held=held, body=verified)
