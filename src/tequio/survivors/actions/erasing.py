"""Erasing a case because she wants it gone, or nothing holds it any longer.

Its key goes with its row, and the database's log is emptied after the commit. What stays is one
line of the wall's own log, from which the certificate can be made at any time, in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.policies import not_visible
from tequio.core import wiping
from tequio.core.errors import DomainError
from tequio.survivors import log, vault
from tequio.survivors.actions import inviting, passing, sheets
from tequio.survivors.models import Case, Draft, ExportRequest, Record
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import pick_case
from tequio.survivors.queries.letters import opened
from tequio.survivors.rules.covers import Cover
from tequio.survivors.rules.sheets import Held, Referral, Report

KIND: Final = "case.erase"
REASONS: Final = ("asked", "over", "mistake")
# So many lines of the log are looked through for copies that left.
_LOOKED_AT: Final = 20_000


@dataclass(frozen=True, slots=True)
class Erased:
    """What one erasure was, as the wall's log keeps it."""

    position: int
    at: datetime
    by: str
    folio: str
    reason: str
    sheets: int
    letters: int
    referrals: int
    copies: int


@transaction.atomic
def erase(
    *, by: OpenWall, case_id: UUID, folio: str, reason: str, order_to_keep: bool = False
) -> int:
    """Erase a case for ever; the folio typed once more. Returns the position of its line."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=pick_case(by, case_id).pk)
    cover = Cover.from_body(vault.open_cover(vault.key_of(by, case), case))
    _refuse(by, case, cover, folio, reason, order_to_keep)
    # Codes and counts only, so that the line stays as short as the others.
    detail = {
        "folio": cover.folio,
        "reason": reason,
        "sheets": Record.objects.filter(case=case).count(),
        "letters": sum(not opened(by, row).blank for row in case.letters.all()),
        "referrals": _referrals(by, case),
        "copies": _copies(by, case.pk),
    }
    _what_speaks_of_it(by, case.pk)
    inviting.take_back(by=by, case_id=case.pk)
    passing.withdraw_links([held.body for held in _sheets(by, case)])
    gone = case.pk
    case.delete()
    log.write(KIND, by=by, case_id=gone, detail=detail)
    wiping.after_commit()
    return log.lines(by=by, limit=1)[0].position


def erased(*, by: OpenWall, position: int) -> Erased:
    """Return one erasure from the log, or the same 404 as for nothing."""
    for line in log.lines(by=by, limit=_LOOKED_AT):
        if line.position == position and line.kind == KIND:
            return _read(line.position, line.at, line.by, line.detail)
    raise not_visible()


def _read(position: int, at: datetime, login: str, detail: Mapping[str, Any]) -> Erased:
    return Erased(
        position=position,
        at=at,
        by=login,
        folio=str(detail["folio"]),
        reason=str(detail["reason"]),
        sheets=int(detail["sheets"]),
        letters=int(detail["letters"]),
        referrals=int(detail["referrals"]),
        copies=int(detail["copies"]),
    )


def _refuse(
    by: OpenWall, case: Case, cover: Cover, folio: str, reason: str, order_to_keep: bool
) -> None:
    if reason not in REASONS:
        raise DomainError(_("Falta por qué se borra."), hint=_("Elige un motivo de la lista."))
    if folio.strip().upper() != cover.folio.upper():
        raise DomainError(
            _("Ese no es el folio de este expediente."), hint=_("Revisa a quién borras.")
        )
    if order_to_keep:
        raise DomainError(
            _("Una autoridad pidió conservarlo, y no se borra."),
            hint=_("Díganselo a ella, y bórrenlo cuando la orden termine."),
        )
    if any(isinstance(one.body, Report) and not one.body.verdict for one in _sheets(by, case)):
        raise DomainError(
            _("Hay una decisión sobre avisar a una autoridad que nadie más ha revisado."),
            hint=_("Que otra persona la revise; después se puede borrar."),
        )


def _sheets(by: OpenWall, case: Case) -> list[Held]:
    return sheets.all_of(by, case.pk)


def _referrals(by: OpenWall, case: Case) -> int:
    return sum(isinstance(one.body, Referral) for one in _sheets(by, case))


def _copies(by: OpenWall, case_id: UUID) -> int:
    lines = log.lines(by=by, limit=_LOOKED_AT)
    return sum(line.kind == "export.take" and line.case == str(case_id) for line in lines)


def _what_speaks_of_it(by: OpenWall, case_id: UUID) -> None:
    """Kept forms and requests to take it out are sealed for the whole wall: open and look."""
    for request in ExportRequest.objects.filter(wall=by.wall):
        if vault.open_of_wall(by, request).get("case") == str(case_id):
            request.delete()
    for draft in Draft.objects.filter(wall=by.wall):
        if str(case_id) in str(vault.open_of_wall(by, draft).get("path", "")):
            draft.delete()


def day_of(erasure: Erased, timezone: str) -> date:
    """Return the day on which it was erased, where the organisation is."""
    return erasure.at.astimezone(ZoneInfo(timezone)).date()
