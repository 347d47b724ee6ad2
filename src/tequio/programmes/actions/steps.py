"""The one door through which a man's state changes: a step is added and the database moves him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.audit.record import record
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import squeeze
from tequio.letters import slot
from tequio.people import concerns
from tequio.people.models import Participant
from tequio.programmes import gates, vault
from tequio.programmes.gates import Hold
from tequio.programmes.models import Edition, Enrolment, EnrolmentStep
from tequio.programmes.rules import Dose
from tequio.programmes.states import State, letter_of, may_move, reasons_for


@dataclass(frozen=True, slots=True)
class Why:
    """When and why, as the person at the desk wrote it."""

    on: date
    reason: str
    note: str = ""
    dose: Dose | None = None


def take(*, by: User, enrolment: Enrolment, to: State, why: Why) -> Enrolment:
    """Add one step. The database refuses what does not follow from where he stands."""
    _refuse(enrolment, to, why)
    step = EnrolmentStep(
        enrolment=enrolment,
        position=enrolment.turns + 1,
        from_state=enrolment.state,
        to_state=to,
        happened_on=why.on,
        reason=why.reason,
        attended=why.dose.attended if why.dose else None,
        held=why.dose.held if why.dose else None,
        written_by=by.login,
    )
    note = squeeze(why.note)
    if note:
        step.sealed_note = vault.seal_note(enrolment, step, note)
    try:
        with transaction.atomic():
            step.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(
            _("Alguien más cambió su situación en este momento."),
            hint=_("Vuelve a abrir su página y revisa dónde está ahora."),
        ) from error
    _tell(enrolment, step)
    enrolment.refresh_from_db(fields=["state", "since", "turns"])
    record("enrolment.step", by=by, subject=enrolment, detail={"to": str(to)})
    return enrolment


def admit(*, by: User, enrolment: Enrolment, why: Why) -> Enrolment:
    """Accept a man into the programme once nothing holds him back."""
    _pass_the_gates(by, enrolment.participant, enrolment.edition, why.on)
    return take(by=by, enrolment=enrolment, to=State.ACCEPTED, why=why)


def seat(*, by: User, enrolment: Enrolment, why: Why) -> Enrolment:
    """Write that he has a seat, once nothing keeps him from it."""
    _refuse_held(gates.holds_seat(enrolment.participant, enrolment.edition, why.on))
    return take(by=by, enrolment=enrolment, to=State.IN_GROUP, why=why)


def _pass_the_gates(by: User, participant: Participant, edition: Edition, on: date) -> None:
    """Refuse with all that is missing: diagnosis and plan first, then the edition's conditions."""
    concerns.may_be_admitted(by=by, participants=[participant])
    _refuse_held(gates.holds(participant, edition, on))


def _refuse_held(held: list[Hold]) -> None:
    if held:
        raise DomainError(
            " ".join(hold.sentence for hold in held),
            hint=" ".join(hold.hint for hold in held if hold.hint),
        )


def _tell(enrolment: Enrolment, step: EnrolmentStep) -> None:
    kind = letter_of(step.from_state, step.to_state)
    if kind is not None:
        slot.deposit(
            organisation_id=enrolment.organisation_id,
            kind=kind,
            folio=enrolment.participant.folio,
            says={"reason": step.reason, "on": step.happened_on.isoformat()},
        )


def _refuse(enrolment: Enrolment, to: State, why: Why) -> None:
    if not may_move(enrolment.state, to):
        raise DomainError(
            _("Está en «%(here)s», y de ahí no se pasa a «%(there)s».")
            % {"here": State(enrolment.state).label, "there": to.label},
            hint=_("Revisa su camino: quizá falta un paso, o alguien ya lo escribió."),
        )
    if why.reason not in dict(reasons_for(enrolment.state, to)):
        raise DomainError(
            _("Falta un motivo que corresponda a «%(there)s».") % {"there": to.label},
            hint=_("Elige uno de la lista; si ninguno va, elige el último."),
        )
    if to is State.EXCLUDED and not squeeze(why.note):
        raise DomainError(
            _("Una salida por decisión del equipo lleva siempre una explicación."),
            hint=_("Escribe qué pasó y quién lo decidió, sin nombres y sin lo que ella dijo."),
        )
    if enrolment.since is not None and why.on < enrolment.since:
        raise DomainError(
            _("Ese día es anterior a su último paso."),
            hint=_("Escribe el mismo día o uno posterior."),
        )
