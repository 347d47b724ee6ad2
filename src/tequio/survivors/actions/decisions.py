"""Her consent ledger and the men that she names. Lines are added and never changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.policies import not_visible
from tequio.core.errors import DomainError
from tequio.survivors import words
from tequio.survivors.actions import inviting, passing, sheets
from tequio.survivors.catalogues import agreements
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules import moments, standing
from tequio.survivors.rules.sheets import Consent, Held, Link


@dataclass(frozen=True, slots=True)
class Heard:
    """When she was told, how, and who else was there."""

    on: date
    how: str = "read"
    witness: str = ""


@transaction.atomic
def decide(
    *,
    by: OpenWall,
    case_id: UUID,
    purpose: str,
    decision: str,
    heard: Heard,
    only: str = "",
    until: date | None = None,
) -> None:
    """Write down what she said to one purpose; the same answer to the same text adds nothing."""
    if heard.on > sheets.today(by):
        raise DomainError(_("Esa fecha todavía no llega. Escribe el día en que lo dijo."))
    told = agreements.current(heard.on)
    if told.agreements.purpose(purpose) is None:
        raise not_visible()
    last = _last(by, case_id, purpose)
    if decision == "withdrawn" and (last is None or last.decision != "given"):
        raise not_visible()
    if decision == "refused" and last is not None and last.decision == "given":
        raise DomainError(
            _("Eso ya lo había aceptado."),
            hint=_("Para retirarlo, abre «Lo quiere retirar»: ahí dice qué pasa después."),
        )
    line = Consent(
        purpose=purpose,
        decision=decision,
        on=heard.on,
        text_version=told.agreements.version,
        text_sha256=told.sha256,
        recorded_by=by.user.login,
        heard=heard.how,
        witness=heard.witness,
        only=only,
        until=until,
        turn=last.turn + 1 if last else 1,
    )
    if last is None or replace(line, turn=last.turn, on=last.on) != last:
        sheets.write(by=by, case_id=case_id, body=line)
    if purpose == moments.PURPOSE and decision != "given":
        inviting.take_back(by=by, case_id=case_id)
    if purpose == "share" and decision == "withdrawn":
        passing.take_back_all(by=by, case_id=case_id, on=heard.on)


@transaction.atomic
def link(*, by: OpenWall, case_id: UUID, link: Link, heard: Heard) -> UUID:
    """Write down a man whom she named, and what she wants to be told of him."""
    there = [held.body for held in sheets.all_of(by, case_id)]
    if any(one.folio == link.folio and not one.ended_on for one in standing.of(there, Link)):
        raise DomainError(_("Ese folio ya está en su expediente."))
    made = sheets.write(by=by, case_id=case_id, body=link)
    told_of(by=by, case_id=case_id, link=link, heard=heard)
    return made


@transaction.atomic
def relink(*, by: OpenWall, case_id: UUID, held: Held, link: Link, heard: Heard) -> None:
    """Change what she wants to be told, or write down that the bond ended."""
    sheets.rewrite(by=by, case_id=case_id, held=held, body=link)
    told_of(by=by, case_id=case_id, link=link, heard=heard)


def told_of(*, by: OpenWall, case_id: UUID, link: Link, heard: Heard) -> None:
    """Keep the ledger in step: wanting to be told is a yes, wanting nothing is a no."""
    last = _last(by, case_id, "told_of_him")
    given = last is not None and last.decision == "given"
    others = [
        held.body
        for held in sheets.all_of(by, case_id)
        if isinstance(held.body, Link) and held.body.wants and held.body.ended_on is None
    ]
    if link.wants and link.ended_on is None:
        said = [*words.words(words.TOLD, link.wants), *([link.how_told] if link.how_told else [])]
        _decide_told(by, case_id, "given", heard, "; ".join(said))
    elif given and not others:
        _decide_told(by, case_id, "withdrawn", heard, "")
    elif not given and not others:
        _decide_told(by, case_id, "refused", heard, "")


def _decide_told(by: OpenWall, case_id: UUID, decision: str, heard: Heard, only: str) -> None:
    decide(by=by, case_id=case_id, purpose="told_of_him", decision=decision, heard=heard, only=only)


def _last(by: OpenWall, case_id: UUID, purpose: str) -> Consent | None:
    bodies = [held.body for held in sheets.all_of(by, case_id)]
    return standing.last_words(bodies).get(purpose)
