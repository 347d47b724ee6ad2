"""A man's way through an edition: from his first question to maintenance, and back again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.people import concerns
from tequio.people.models import Participant
from tequio.programmes.actions.steps import Why, admit, seat, take
from tequio.programmes.models import Edition, Enrolment, EnrolmentStep, Site
from tequio.programmes.policies import enrolments_visible_to
from tequio.programmes.rules import Dose
from tequio.programmes.states import AGAIN, REASONS, State, may_move

_BATCH = 500


@transaction.atomic
def open_enquiry(
    *,
    by: User,
    participant: Participant,
    edition: Edition,
    on: date,
    site: Site | None = None,
    reason: str = "asked",
    note: str = "",
) -> Enrolment:
    """Begin his way with a question; asked again, the same enrolment answers."""
    require_everywhere(by, Permission.ENROLMENT_DECIDE)
    _refuse_strangers(by, participant, edition, site)
    enrolment, created = _of(participant, edition)
    if not created and enrolment.state:
        return enrolment
    if site is not None:
        enrolment.site = site
        enrolment.save(update_fields=["site"])
    return take(by=by, enrolment=enrolment, to=State.ENQUIRY, why=Why(on, reason, note))


@transaction.atomic
def accept(*, by: User, enrolment_id: UUID, on: date, note: str = "") -> Enrolment:
    """Accept him: diagnosis, review and plan are there, and no condition holds him."""
    enrolment = _mine(by, enrolment_id)
    return admit(by=by, enrolment=enrolment, why=Why(on, "diagnosed", note))


@transaction.atomic
def come_back(*, by: User, enrolment_id: UUID, on: date, note: str = "") -> Enrolment:
    """Take him in again after he left, whatever the reason was; the conditions are asked anew."""
    enrolment = _mine(by, enrolment_id)
    return admit(by=by, enrolment=enrolment, why=Why(on, "came_back", note))


@transaction.atomic
def move(
    *,
    by: User,
    enrolment_id: UUID,
    to: State,
    on: date,
    reason: str,
    note: str = "",
    dose: Dose | None = None,
) -> Enrolment:
    """Write any other step that the person at the desk decides."""
    enrolment = _mine(by, enrolment_id)
    if to is State.ACCEPTED:
        return admit(by=by, enrolment=enrolment, why=Why(on, reason, note))
    if to is State.IN_GROUP:
        return seat(by=by, enrolment=enrolment, why=Why(on, reason, note))
    if (enrolment.state, to) == (State.ACCEPTED, State.WAITING):
        _refuse_to_let_wait(enrolment)
    if (enrolment.state, to) == (State.IN_GROUP, State.COMPLETED) and dose is None:
        raise DomainError(
            _("No se sabe a cuántas sesiones fue."),
            hint=_("El final se cuenta con su asistencia: pasa primero las listas del grupo."),
        )
    return take(by=by, enrolment=enrolment, to=to, why=Why(on, reason, note, dose))


@transaction.atomic
def placed(*, by: User, participant: Participant, edition: Edition, on: date) -> Enrolment:
    """Write that he has a seat in a group, opening and accepting first what was not yet."""
    require(by, Permission.GROUP_JOIN)
    enrolment, _created = _of(participant, edition)
    if enrolment.state == State.IN_GROUP:
        return enrolment
    if not enrolment.state:
        take(by=by, enrolment=enrolment, to=State.ENQUIRY, why=Why(on, "asked"))
    if enrolment.state == State.ENQUIRY:
        admit(by=by, enrolment=enrolment, why=Why(on, "diagnosed"))
    elif enrolment.state in AGAIN:
        admit(by=by, enrolment=enrolment, why=Why(on, "came_back"))
    return seat(by=by, enrolment=enrolment, why=Why(on, "seat"))


@transaction.atomic
def placed_many(
    *,
    by: User,
    participants: Sequence[Participant],
    edition: Edition,
    on: date | None,
    import_id: UUID | None = None,
) -> int:
    """Write that men of a register were in a group already. Nothing is asked of them now."""
    require(by, Permission.GROUP_JOIN)
    known = set(
        Enrolment.objects.filter(edition=edition, participant__in=participants).values_list(
            "participant_id", flat=True
        )
    )
    fresh = [
        Enrolment(
            organisation_id=man.organisation_id,
            participant=man,
            edition=edition,
            import_id=import_id,
        )
        for man in participants
        if man.pk not in known
    ]
    Enrolment.objects.bulk_create(fresh, batch_size=_BATCH)
    day = on or clock.today(by.organisation.timezone)
    EnrolmentStep.objects.bulk_create(
        [
            EnrolmentStep(
                enrolment=enrolment,
                position=1,
                to_state=State.IN_GROUP,
                happened_on=day,
                reason="register",
                written_by=by.login,
            )
            for enrolment in fresh
        ],
        batch_size=_BATCH,
    )
    if fresh:
        record("enrolment.register", by=by, subject=edition, detail={"count": len(fresh)})
    return len(fresh)


@transaction.atomic
def forget_import(*, by: User, import_id: UUID) -> int:
    """Take away what an import wrote and nobody has gone on from since."""
    require(by, Permission.GROUP_JOIN)
    found = Enrolment.objects.filter(
        organisation=by.organisation_id, import_id=import_id, turns=1, state=State.IN_GROUP
    )
    count = found.count()
    found.delete()
    record("enrolment.forget_import", by=by, detail={"import": str(import_id), "count": count})
    return count


@transaction.atomic
def left(
    *,
    by: User,
    participant: Participant,
    edition: Edition,
    on: date,
    reason: str = "unknown",
    note: str = "",
) -> Enrolment | None:
    """Write that he left his group; None where he was in none of this edition."""
    require(by, Permission.GROUP_JOIN)
    enrolment = Enrolment.objects.filter(
        participant=participant, edition=edition, state=State.IN_GROUP
    ).first()
    if enrolment is None:
        return None
    leads = REASONS[reason].to if reason in REASONS else ()
    to = next((s for s in leads if s in _LEAVES), State.WITHDRAWN)
    # Register imports know a day that lies before the one on which they were brought in.
    day = max(on, enrolment.since or on)
    return take(by=by, enrolment=enrolment, to=to, why=Why(day, reason, note))


@transaction.atomic
def took_back(*, by: User, participant: Participant, on: date) -> None:
    """Write, wherever he stands, that he no longer agrees to take part: his word is enough."""
    for enrolment in Enrolment.objects.filter(participant=participant).order_by("pk"):
        day = max(on, enrolment.since or on)
        if enrolment.state == State.MAINTENANCE:
            why = Why(day, "stops_maintenance")
            take(by=by, enrolment=enrolment, to=State.COMPLETED, why=why)
        elif may_move(enrolment.state, State.WITHDRAWN):
            take(by=by, enrolment=enrolment, to=State.WITHDRAWN, why=Why(day, "took_back"))


_LEAVES = (State.WAITING, State.WITHDRAWN, State.EXCLUDED)


@transaction.atomic
def finish(
    *,
    by: User,
    participant: Participant,
    edition: Edition,
    on: date,
    attended: int,
    held: int,
    note: str = "",
) -> Enrolment:
    """Write that the cycle of his group is over for him, with his dose: not a yes, a number."""
    require(by, Permission.GROUP_JOIN)
    enrolment = pick(
        Enrolment.objects.filter(organisation=by.organisation_id),
        participant=participant,
        edition=edition,
    )
    why = Why(on, "end_reached", note, Dose(attended, held))
    return take(by=by, enrolment=enrolment, to=State.COMPLETED, why=why)


@transaction.atomic
def choose_site(*, by: User, enrolment_id: UUID, site: Site | None) -> Enrolment:
    """Write where he would like to come; empty when any place will do."""
    enrolment = _mine(by, enrolment_id)
    _refuse_strangers(by, enrolment.participant, enrolment.edition, site)
    enrolment.site = site
    enrolment.save(update_fields=["site"])
    record("enrolment.site", by=by, subject=enrolment)
    return enrolment


def _refuse_to_let_wait(enrolment: Enrolment) -> None:
    """High risk and a court's order are not put in a line; whose group closed is its first."""
    if concerns.who_does_not_wait([enrolment.participant_id]):
        raise DomainError(
            _("No se le deja en espera: su riesgo es alto o lo manda un juzgado."),
            hint=_(
                "Dale un lugar ahora, aunque sea en otro grupo, o canalízalo a quien lo reciba."
            ),
        )


def _mine(by: User, enrolment_id: UUID) -> Enrolment:
    enrolment = pick(
        enrolments_visible_to(by).select_related("participant", "edition"), pk=enrolment_id
    )
    require_everywhere(by, Permission.ENROLMENT_DECIDE)
    return enrolment


def _of(participant: Participant, edition: Edition) -> tuple[Enrolment, bool]:
    return Enrolment.objects.select_related("participant", "edition").get_or_create(
        participant=participant,
        edition=edition,
        defaults={"organisation_id": participant.organisation_id},
    )


def _refuse_strangers(
    by: User, participant: Participant, edition: Edition, site: Site | None
) -> None:
    owned = [participant.organisation_id, edition.organisation_id]
    owned += [site.organisation_id] if site else []
    if any(owner != by.organisation_id for owner in owned):
        raise DomainError(_("Esa persona, esa edición o esa sede no es de tu organización."))
