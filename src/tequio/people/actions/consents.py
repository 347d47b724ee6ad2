"""The ledger of what a man agreed to: rows are added and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import forbidden, not_visible, pick
from tequio.audit.record import record
from tequio.core import clock, ids
from tequio.core.errors import DomainError
from tequio.core.text import squeeze
from tequio.people import leaving, sealed
from tequio.people.catalogues import agreements
from tequio.people.models import Consent, Participant
from tequio.people.policies import visible_to

_ASKED = (Consent.Decision.GIVEN, Consent.Decision.REFUSED)


@dataclass(frozen=True, slots=True)
class Hearing:
    """When he was told, how, and who else was there."""

    on: date
    heard: str = Consent.Heard.READ
    witness: str = ""


@transaction.atomic
def decide(*, by: User, folio: str, answers: Mapping[str, str], hearing: Hearing) -> list[Consent]:
    """Write down what he said to each purpose; an answer that did not change adds nothing."""
    participant = _of(by, folio)
    _check(by, hearing)
    told = agreements.current(hearing.on)
    before = _last_words(participant)
    made = []
    for purpose, decision in answers.items():
        if decision not in _ASKED:
            raise not_visible()
        _known(purpose, told)
        last = before.get(purpose)
        _not_taken_back_here(last, decision, told)
        if last is None or last.decision != decision or not _same_words(last, told):
            made.append(_row(by, participant, purpose, decision, hearing, told, after=last))
    Consent.objects.bulk_create(made)
    if made:
        record("consent.decide", by=by, subject=participant, detail={"count": len(made)})
    return made


@transaction.atomic
def withdraw(*, by: User, folio: str, purpose: str, hearing: Hearing) -> Consent:
    """Write down that he takes something back; what follows was said on the page, and follows."""
    participant = _of(by, folio)
    _check(by, hearing)
    last = _last_words(participant).get(purpose)
    told = agreements.current(hearing.on)
    known = told.agreements.purpose(purpose)
    if known is None or last is None or last.decision != Consent.Decision.GIVEN:
        raise not_visible()
    if not known.withdrawable:
        raise DomainError(_("Los límites de la confidencialidad no se retiran: valen siempre."))
    row = _row(by, participant, purpose, Consent.Decision.WITHDRAWN, hearing, told, after=last)
    row.save()
    record("consent.withdraw", by=by, subject=participant, detail={"purpose": purpose})
    if known.kind == "needed":
        leaving.leave(by=by, participant=participant, on=hearing.on)
    return row


def _of(by: User, folio: str) -> Participant:
    participant = pick(visible_to(by), folio=folio)
    if not visible_to(by, Permission.CONSENT_RECORD).filter(pk=participant.pk).exists():
        raise forbidden()
    # Two answers sent at once come one after the other.
    return Participant.objects.select_for_update().get(pk=participant.pk)


def _known(purpose: str, told: agreements.Shipped) -> None:
    if told.agreements.purpose(purpose) is not None:
        return
    known = [one.agreements for one in agreements.versions().values()]
    since = [one.since for one in known if one.purpose(purpose) is not None]
    if not since:
        raise not_visible()
    raise DomainError(
        _("Ese día todavía no se preguntaba así: el texto se usa desde el %(day)s.")
        % {"day": formats.date_format(min(since), "j M Y")},
        hint=_("Escribe el día en que se lo leíste."),
    )


def _same_words(last: Consent, told: agreements.Shipped) -> bool:
    return agreements.same_words(last.purpose, last.text_version, last.text_sha256, told)


def _not_taken_back_here(last: Consent | None, decision: str, told: agreements.Shipped) -> None:
    if last is None or last.decision != Consent.Decision.GIVEN or not _same_words(last, told):
        return
    if decision == Consent.Decision.REFUSED:
        raise DomainError(
            _("Eso ya lo había aceptado."),
            hint=_("Para retirarlo, abre «Lo quiere retirar»: ahí dice qué pasa después."),
        )


def _last_words(participant: Participant) -> dict[str, Consent]:
    rows = Consent.objects.filter(participant=participant).order_by("turn")
    return {row.purpose: row for row in rows}


def _check(by: User, hearing: Hearing) -> None:
    if hearing.on > clock.today(by.organisation.timezone):
        raise DomainError(_("Esa fecha todavía no llega. Escribe el día en que lo dijo."))
    if hearing.heard == Consent.Heard.ALOUD and not squeeze(hearing.witness):
        raise DomainError(
            _("Si se le leyó en voz alta, falta quién más estuvo presente."),
            hint=_("Escribe el nombre de una persona del equipo. Nunca el de su pareja."),
        )


def _row(
    by: User,
    participant: Participant,
    purpose: str,
    decision: str,
    hearing: Hearing,
    told: agreements.Shipped,
    *,
    after: Consent | None,
) -> Consent:
    row = Consent(
        id=ids.new_id(),
        organisation_id=participant.organisation_id,
        participant=participant,
        purpose=purpose,
        turn=after.turn + 1 if after else 1,
        text_version=told.agreements.version,
        text_sha256=told.sha256,
        decision=decision,
        decided_on=hearing.on,
        heard=hearing.heard,
        recorded_by=by,
    )
    if hearing.heard == Consent.Heard.ALOUD:
        row.witness = sealed.seal_witness(row, squeeze(hearing.witness))
    return row
