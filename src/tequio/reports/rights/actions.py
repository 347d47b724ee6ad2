"""What is done with a request: received, looked who asks, gathered, looked at, answered, done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record, record_export
from tequio.core import clock, ids
from tequio.core.errors import Conflict, DomainError
from tequio.people.policies import visible_to
from tequio.reports.models import RightsRequest
from tequio.reports.rights import sealed
from tequio.reports.rights.policies import requests_visible_to
from tequio.reports.rights.whole import File, gather

# A copy of everything is a danger of its own: it goes a month after it was made.
FILE_STAYS: Final = timedelta(days=30)
# What he asked and was answered, in words: long enough for a complaint.
WORDS_STAY: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Received:
    """What came in."""

    right: str
    received_on: date
    way: str
    asked_by: str
    asks: str
    folio: str = ""  # the man's, where something is held of him


@transaction.atomic
def receive(*, by: User, said: Received) -> RightsRequest:
    """Write down that somebody asked; from this day the law counts."""
    require_everywhere(by, Permission.RIGHTS_ANSWER)
    if said.received_on > clock.today(by.organisation.timezone):
        raise DomainError(
            _("El día en que se recibió está en el futuro."), hint=_("Revisa la fecha.")
        )
    request = RightsRequest(
        organisation_id=by.organisation_id,
        folio=ids.new_folio(),
        participant=pick(visible_to(by), folio=said.folio) if said.folio else None,
        right=said.right,
        received_on=said.received_on,
        way=said.way,
        asked_by=said.asked_by,
        recorded_by=by.login,
    )
    request.sealed_words = sealed.seal_words(request, {"asks": said.asks.strip()})
    request.save(force_insert=True)
    record("rights.receive", by=by, subject=request, detail={"right": said.right})
    return request


@transaction.atomic
def identify(*, by: User, request_id: UUID, identity: str) -> RightsRequest:
    """Write down how one saw who asks. Nothing is handed over before."""
    request = _one(by, request_id)
    _refuse_answered(request)
    if identity not in RightsRequest.Identity.values:
        raise DomainError(
            _("Falta cómo se comprobó quién es."), hint=_("Elige una forma de la lista.")
        )
    request.identity = identity
    request.identity_on = clock.today(by.organisation.timezone)
    request.save(update_fields=["identity", "identity_on"])
    record("rights.identify", by=by, subject=request)
    return request


@transaction.atomic
def extend(*, by: User, request_id: UUID) -> RightsRequest:
    """Double the days to answer, once; whoever asked has to be told why."""
    request = _one(by, request_id)
    _refuse_answered(request)
    if request.extended_on is not None:
        raise DomainError(
            _("El plazo ya se amplió una vez."), hint=_("No se puede ampliar otra: contesta.")
        )
    request.extended_on = clock.today(by.organisation.timezone)
    request.save(update_fields=["extended_on"])
    record("rights.extend", by=by, subject=request)
    return request


@transaction.atomic
def make_file(*, by: User, request_id: UUID) -> RightsRequest:
    """Gather everything of his, for somebody to look at before it is handed over."""
    request = _one(by, request_id)
    if not request.identity:
        raise DomainError(
            _("Todavía no se ha comprobado quién hace la solicitud."),
            hint=_("Compruébalo antes: un expediente en otras manos es un daño."),
        )
    if request.participant is None or request.right != RightsRequest.Right.ACCESS:
        raise DomainError(
            _("Esta solicitud no lleva expediente."),
            hint=_(
                "Solo se reúne para una solicitud de acceso de alguien de quien se guarda algo."
            ),
        )
    request.sealed_file = sealed.seal_file(request, gather(request.participant))
    request.gathered_at = clock.now()
    request.save(update_fields=["sealed_file", "gathered_at"])
    record("rights.gather", by=by, subject=request)
    return request


@transaction.atomic
def look(*, by: User, request_id: UUID, texts: Sequence[str]) -> RightsRequest:
    """Keep every text as it was left after looking for other people's names in it."""
    request = _one(by, request_id)
    file = _file(request)
    if len(texts) != len(file.texts()):
        raise Conflict(
            _("Los textos cambiaron mientras los revisabas."),
            hint=_("Ábrelos otra vez y revísalos de nuevo."),
        )
    request.sealed_file = sealed.seal_file(request, file.with_texts(texts))
    request.save(update_fields=["sealed_file"])
    record("rights.look", by=by, subject=request, detail={"count": len(texts)})
    return request


@transaction.atomic
def hand_over(*, by: User, request_id: UUID, what: str) -> File:
    """Return the file that was looked at, and write down that it left the house."""
    request = _one(by, request_id)
    file = _file(request)
    if not file.looked:
        raise DomainError(
            _("Falta que alguien lea los textos."),
            hint=_("Puede haber nombres de otras personas: táchalos antes de entregar."),
        )
    rows = sum(len(section.rows) for section in file.sections)
    record_export(what, by=by, rows=rows, subject=request)
    return file


@transaction.atomic
def answer(*, by: User, request_id: UUID, decision: str, words: str) -> RightsRequest:
    """Answer. The paper is made from it."""
    request = _one(by, request_id)
    _refuse_answered(request)
    if decision not in RightsRequest.Decision.values:
        raise DomainError(_("Falta la respuesta."), hint=_("Elige una de la lista."))
    granted = decision in {RightsRequest.Decision.GRANTED, RightsRequest.Decision.PARTLY}
    if granted and not request.identity:
        raise DomainError(
            _("Todavía no se ha comprobado quién hace la solicitud."),
            hint=_("Compruébalo antes de decir que sí procede."),
        )
    if decision != RightsRequest.Decision.GRANTED and not words.strip():
        raise DomainError(
            _("Falta la razón, que va en el papel."), hint=_("Escríbela en una o dos frases.")
        )
    request.decision = decision
    request.answered_on = clock.today(by.organisation.timezone)
    said = {**sealed.words_of(request), "answer": words.strip()}
    request.sealed_words = sealed.seal_words(request, said)
    request.save(update_fields=["decision", "answered_on", "sealed_words"])
    record("rights.answer", by=by, subject=request, detail={"decision": decision})
    return request


@transaction.atomic
def carry_out(*, by: User, request_id: UUID) -> RightsRequest:
    """Say that what was granted has been done; the file made for it goes by its clock."""
    request = _one(by, request_id)
    if request.answered_on is None or request.carried_on is not None:
        raise DomainError(
            _("Esta solicitud no espera que se cumpla nada."), hint=_("Revisa en qué va.")
        )
    if request.decision not in {RightsRequest.Decision.GRANTED, RightsRequest.Decision.PARTLY}:
        raise DomainError(
            _("Se contestó que no procede: no hay nada que cumplir."), hint=_("Así queda.")
        )
    request.carried_on = clock.today(by.organisation.timezone)
    request.save(update_fields=["carried_on"])
    record("rights.carry_out", by=by, subject=request)
    return request


def forget_old() -> int:
    """Erase files and words whose time is over; what was asked and when stays."""
    now = clock.now()
    files = RightsRequest.objects.filter(
        gathered_at__lt=now - FILE_STAYS, sealed_file__isnull=False
    ).update(sealed_file=None)
    words = RightsRequest.objects.filter(
        answered_on__lt=(now - WORDS_STAY).date(), sealed_words__isnull=False
    ).update(sealed_words=None)
    return files + words


def _one(by: User, request_id: UUID) -> RightsRequest:
    require_everywhere(by, Permission.RIGHTS_ANSWER)
    return pick(requests_visible_to(by).select_for_update(of=("self",)), pk=request_id)


def _file(request: RightsRequest) -> File:
    file = sealed.file_of(request)
    if file is None:
        raise DomainError(
            _("El expediente no está reunido, o ya se borró."), hint=_("Reúnelo otra vez.")
        )
    return file


def _refuse_answered(request: RightsRequest) -> None:
    if request.answered_on is not None:
        raise Conflict(
            _("Esta solicitud ya se contestó."),
            hint=_("Si pide algo más, anota una solicitud nueva."),
        )
