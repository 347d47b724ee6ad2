"""Recording a call in one tap, taking it back, adding to it, and looking at a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick
from tequio.audit.record import record, record_read
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.outreach import rules, vault
from tequio.outreach.models import Call, Outcome
from tequio.outreach.policies import calls_visible_to, places_called_by
from tequio.outreach.queries import Place, place_of
from tequio.people.models import Consent, Identity, Participant
from tequio.people.policies import visible_to
from tequio.people.queries.ledger import now
from tequio.people.vault import unseal

LONGEST_NOTE = 600
_FARTHEST = timedelta(days=30)


def record_call(*, by: User, membership_id: UUID, call_id: UUID, outcome: str) -> Call:
    """Write down what came of a call about his last absence; the same tap counts once."""
    if outcome not in Outcome.values:
        raise DomainError(_("Ese resultado no existe."), hint=_("Toca uno de la lista."))
    place = place_of(by, membership_id)
    known = Call.objects.filter(pk=call_id).first()
    if known is not None:
        return _again(by, known, membership_id, outcome)
    if place.session_id is None or not place.step:
        raise DomainError(
            _("No hay una falta por la que llamarle: vino a la última sesión, o avisó."),
            hint=_("Vuelve a la lista de llamadas."),
        )
    try:
        return _write(by, place, place.session_id, call_id, outcome)
    except IntegrityError:
        return _again(by, pick(Call.objects.all(), pk=call_id), membership_id, outcome)


@transaction.atomic
def _write(by: User, place: Place, session_id: UUID, call_id: UUID, outcome: str) -> Call:
    call = Call(
        id=call_id,
        organisation_id=by.organisation_id,
        participant=place.membership.participant,
        membership=place.membership,
        session_id=session_id,
        step=place.step,
        outcome=outcome,
        made_by=by,
        next_on=rules.next_try(outcome, tries=place.tries + 1, day=place.today),
    )
    call.save(force_insert=True)
    # Without the reason: who keeps the log sees no case content.
    record("call.record", by=by, subject=call)
    return call


def _again(by: User, call: Call, membership_id: UUID, outcome: str) -> Call:
    if (call.membership_id, call.made_by_id) != (membership_id, by.pk):
        raise not_visible()
    if call.outcome != outcome:
        raise Conflict(
            _("Esta llamada ya estaba anotada con otro resultado."),
            hint=_("Quita la que está mal y anótala de nuevo."),
        )
    return call


@transaction.atomic
def void(*, by: User, call_id: UUID) -> Call:
    """Take back a call that was a mistake: it counts no more and stays written."""
    call = _mine(by, call_id)
    call.voided_at, call.voided_by = clock.now(), by
    call.save(update_fields=["voided_at", "voided_by"])
    record("call.void", by=by, subject=call)
    return call


@transaction.atomic
def add_to(*, by: User, call_id: UUID, note: str, next_on: date | None) -> Call:
    """Write what he said beside a call, sealed, and when to try again."""
    call = _mine(by, call_id)
    today = clock.today(by.organisation.timezone)
    if next_on is not None and not today <= next_on <= today + _FARTHEST:
        raise DomainError(
            _("Esa fecha ya pasó o está a más de treinta días."),
            hint=_("Escribe un día entre hoy y dentro de un mes."),
        )
    words = note.strip()[:LONGEST_NOTE]
    call.sealed_note = vault.seal_note(call, words) if words else None
    call.note_at = clock.now() if words else None
    call.next_on = next_on
    call.save(update_fields=["sealed_note", "note_at", "next_on"])
    record("call.note", by=by, subject=call)
    return call


def _mine(by: User, call_id: UUID) -> Call:
    rows = calls_visible_to(by).select_related("participant", "organisation")
    return pick(rows.filter(made_by=by, voided_at__isnull=True), pk=call_id)


@transaction.atomic
def read_place(*, by: User, membership_id: UUID) -> Place:
    """Return a man's place with the notes of earlier calls; that they were read is written down."""
    place = place_of(by, membership_id)
    if any(call.note for call in place.calls):
        record_read("call.read", by=by, subject=place.membership.participant)
    return place


@dataclass(frozen=True, slots=True)
class Opened:
    """A call of one's own with its note."""

    made: Call
    note: str


def read_call(*, by: User, call_id: UUID) -> Opened:
    """Return a call that this person made, with what he or she wrote beside it."""
    call = _mine(by, call_id)
    return Opened(call, vault.note_of(call))


@transaction.atomic
def reveal_number(*, by: User, membership_id: UUID) -> str:
    """Return the telephone of a man who has to be called, and write down who looked.

    Only at an hour at which a telephone may ring in somebody's home.
    """
    membership = pick(places_called_by(by), pk=membership_id)
    man = membership.participant
    pick(visible_to(by, Permission.PERSON_IDENTIFY), pk=man.pk)
    _refuse_unwanted(man)
    local = clock.here(membership.group.site.timezone)
    if not rules.may_call_at(local):
        first, last = rules.opening_hours(local.date())
        raise DomainError(
            _("Ahora no es hora de llamar: hoy se llama de %(first)s a %(last)s h.")
            % {"first": first, "last": last},
            hint=_("En su casa alguien puede oír el teléfono. Vuelve dentro de ese horario."),
        )
    record("number.reveal", by=by, subject=man)
    identity = Identity.objects.filter(participant=man).first()
    return unseal(identity).phone if identity else ""


def _refuse_unwanted(man: Participant) -> None:
    said = now(man)
    if said.get("programme") == Consent.Decision.WITHDRAWN:
        raise DomainError(_("Ya no acepta participar: desde ese día no se le llama."))
    if said.get("contact") in {Consent.Decision.REFUSED, Consent.Decision.WITHDRAWN}:
        raise DomainError(
            _("No aceptó que le llamen, o lo retiró."), hint=_("Habla con él cuando venga.")
        )
