"""What a man tells in a session: written once, sealed, corrected by another row, never deleted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick
from tequio.audit.record import record
from tequio.circles import sealed
from tequio.circles.models import Membership, Session, Telling
from tequio.circles.policies import session_for, tellings_visible_to
from tequio.circles.rules import expected_at, may_be_marked
from tequio.circles.rules.evening import (
    ANSWERS,
    NOT_ALONE,
    Act,
    After,
    Note,
    Round,
    Said,
    Tap,
)
from tequio.core import clock, ids
from tequio.core.errors import Conflict, DomainError
from tequio.letters import slot
from tequio.letters.kinds import Kind
from tequio.people.catalogues import violence
from tequio.people.concerns import Trigger, raise_concern

_PART = {Round: Telling.Part.ROUND, After: Telling.Part.AFTER, Note: Telling.Part.NOTE}


@dataclass(frozen=True, slots=True)
class Place:
    """A man's place in one session that the person may write about."""

    session: Session
    membership: Membership

    @property
    def organisation_id(self) -> UUID:
        """Whose key seals what he tells."""
        return self.session.group.organisation_id


def place_of(*, by: User, session_id: UUID, membership_id: UUID) -> Place:
    """Return a man's place in a session, or 404; 403 for who may see it and not write."""
    session = session_for(by, session_id, Permission.ROUND_KEEP)
    members = Membership.objects.filter(group=session.group_id).select_related("participant")
    membership = pick(members, pk=membership_id)
    if not expected_at(
        session.position,
        joined_at=membership.joined_at_session,
        ended_at=membership.ended_at_session,
    ):
        raise not_visible()
    return Place(session, membership)


def answer(*, by: User, session_id: UUID, membership_id: UUID, said: str, tap: Tap) -> Telling:
    """Write what he answered when it was his turn. An answer given again takes the place of it."""
    place = place_of(by=by, session_id=session_id, membership_id=membership_id)
    known = (*ANSWERS, NOT_ALONE) if place.session.group.online else ANSWERS
    if said not in known:
        raise DomainError(_("Esa respuesta no existe."), hint=_("Usa no, sí, o prefiere no decir."))
    return _write(by, place, Round(said), tap)


@transaction.atomic
def name_act(
    *, by: User, session_id: UUID, membership_id: UUID, kind: str, against: str, tap: Tap
) -> Telling:
    """Add to his yes what kind of violence it was and against whom."""
    place = place_of(by=by, session_id=session_id, membership_id=membership_id)
    day = place.session.planned_on or clock.today(place.session.group.site.timezone)
    if not violence.in_force(day).knows(kind, against):
        raise DomainError(
            _("Falta decir de qué tipo fue, o hacia quién."),
            hint=_("Elige primero el tipo y después hacia quién."),
        )
    sent_before = Telling.objects.filter(pk=tap.id).first()
    if sent_before is not None:
        return _repeat(by, place, None, tap, sent_before)
    stands = _standing(place, Telling.Part.ROUND, by)
    before = sealed.open_round(place.organisation_id, stands) if stands else None
    said = (before if before and before.answer == "yes" else Round("yes")).with_act(
        Act(kind, against)
    )
    made = _write(by, place, said, tap)
    if violence.calls_for_a_letter(kind, on=day):
        slot.deposit(
            organisation_id=place.organisation_id,
            kind=Kind.DISCLOSURE,
            folio=place.membership.participant.folio,
            says={"where": "round", "types": [kind], "against": [against]},
        )
        raise_concern(
            by=by,
            participant=place.membership.participant,
            trigger=Trigger.DISCLOSURE,
            said=_named(kind, against, day),
        )
    return made


def _named(kind: str, against: str, day: date) -> str:
    """Say what was named, for whoever looks at him: without it the review is about nothing."""
    return _("En la ronda se nombró: %(kind)s · %(against)s.") % {
        "kind": violence.label(kind, on=day),
        "against": violence.whom(against),
    }


def keep(
    *,
    by: User,
    session_id: UUID,
    membership_id: UUID,
    said: After | Note,
    tap: Tap,
    drawn_from: UUID | None = None,
) -> Telling:
    """Write what he took with him, or a private note, as it is typed.

    `drawn_from` is what stood when the form was drawn: where somebody else wrote meanwhile, or the
    same person in another window, both are kept and whoever came second is told.
    """
    place = place_of(by=by, session_id=session_id, membership_id=membership_id)
    return _write(by, place, said, tap, drawn_from=drawn_from)


@transaction.atomic
def undo(*, by: User, telling_id: UUID) -> Telling:
    """Take back what was just written; what it took the place of stands again."""
    telling = pick(
        tellings_visible_to(by).select_related("session__group", "membership__participant"),
        pk=telling_id,
    )
    if not telling.stands:
        return telling
    _end(telling, by, Telling.Ended.UNDONE)
    before = telling.replaces
    if before is not None and before.ended_why == Telling.Ended.REPLACED:
        before.stands, before.ended_why, before.ended_at, before.ended_by = True, "", None, ""
        before.save(update_fields=["stands", "ended_why", "ended_at", "ended_by"])
    record("telling.undo", by=by, subject=telling.session, detail=_detail(telling))
    return telling


@transaction.atomic
def flag(*, by: User, session_id: UUID, membership_id: UUID, said: str) -> Place:
    """Say that somebody has to look at this man's situation: opens a risk review."""
    place = place_of(by=by, session_id=session_id, membership_id=membership_id)
    man = place.membership.participant
    raise_concern(by=by, participant=man, trigger=Trigger.FLAG, said=said.strip())
    record("session.flag", by=by, subject=place.session, detail={"folio": man.folio})
    return place


def _write(
    by: User,
    place: Place,
    said: Said,
    tap: Tap,
    *,
    drawn_from: UUID | None = None,
) -> Telling:
    _refuse_closed(place)
    sent_before = Telling.objects.filter(pk=tap.id).first()
    if sent_before is not None:
        return _repeat(by, place, said, tap, sent_before)
    telling = _row(by, place, said, tap)
    try:
        clash = _save(by, place, telling, said, drawn_from)
    except IntegrityError:
        # Two devices at once, or the same tap twice at once: whoever came first stands.
        sent_before = Telling.objects.filter(pk=tap.id).first()
        if sent_before is not None:
            return _repeat(by, place, said, tap, sent_before)
        clash = _save(by, place, telling, said, drawn_from)
    if clash is not None:
        raise Conflict(
            _("Ya habías escrito de este hombre en otra ventana. Guardamos las dos.")
            if clash.by == by.login
            else _(
                "Otra persona escribió de este hombre mientras tú escribías. Guardamos las dos."
            ),
            hint=_("Lee lo que está arriba, junta las dos y guarda de nuevo."),
        )
    return telling


@transaction.atomic
def _save(
    by: User, place: Place, telling: Telling, said: Said, drawn_from: UUID | None
) -> Telling | None:
    """Write the row; or return what stands in its way, and this one is only kept."""
    stands = _standing(place, telling.part, by)
    if stands is not None and _clashes(by, place, stands, said, drawn_from):
        telling.stands, telling.ended_why = False, Telling.Ended.CONFLICT
        telling.ended_at, telling.ended_by = clock.now(), by.login
        telling.save(force_insert=True)
        record("telling.conflict", by=by, subject=place.session, detail=_detail(telling))
        return stands
    if stands is not None:
        _end(stands, by, Telling.Ended.REPLACED)
        telling.replaces = stands
    telling.save(force_insert=True)
    if telling.part == Telling.Part.ROUND:
        Session.objects.filter(pk=place.session.pk, state=Session.State.PLANNED).update(
            state=Session.State.HELD, held_by_tap=True
        )
    record("telling.write", by=by, subject=place.session, detail=_detail(telling))
    return None


def _clashes(by: User, place: Place, stands: Telling, said: Said, drawn_from: UUID | None) -> bool:
    """Tell whether this was typed without seeing what stands, and would make it disappear."""
    if isinstance(said, Round) or stands.pk == drawn_from:
        return False
    # One's own words come here as well when an answer of ours got lost: then they only grew.
    return stands.by != by.login or sealed.loses(place.organisation_id, stands, said)


def _row(by: User, place: Place, said: Said, tap: Tap) -> Telling:
    part = _PART[type(said)]
    return Telling(
        id=tap.id,
        session=place.session,
        membership=place.membership,
        part=part,
        private_to=by if part == Telling.Part.NOTE else None,
        sealed=sealed.seal(place.organisation_id, tap.id, said),
        said_at=tap.at,
        by=by.login,
    )


def _standing(place: Place, part: str, by: User) -> Telling | None:
    whose = by if part == Telling.Part.NOTE else None
    return Telling.objects.filter(
        session=place.session,
        membership=place.membership,
        part=part,
        private_to=whose,
        stands=True,
    ).first()


def _repeat(by: User, place: Place, said: Said | None, tap: Tap, earlier: Telling) -> Telling:
    """Answer what had arrived before: as the first time, or as a conflict with both kept."""
    of_him = (earlier.session_id, earlier.membership_id) == (
        place.session.pk,
        place.membership.pk,
    )
    content = said is None or (
        earlier.part == _PART[type(said)] and sealed.same(place.organisation_id, earlier, said)
    )
    if of_him and content:
        return earlier
    if said is not None:
        # Under a number of ours: the refusal must not lose what was written.
        kept = _row(by, place, said, replace(tap, id=ids.new_id()))
        kept.stands, kept.ended_why = False, Telling.Ended.CONFLICT
        kept.ended_at, kept.ended_by = clock.now(), by.login
        kept.save(force_insert=True)
    raise Conflict(
        _("Esto ya había llegado con otro contenido. Guardamos las dos."),
        hint=_("Revisa lo que quedó de este hombre y escribe de nuevo si hace falta."),
    )


def _end(telling: Telling, by: User, why: Telling.Ended) -> None:
    telling.stands, telling.ended_why = False, why
    telling.ended_at, telling.ended_by = clock.now(), by.login
    telling.save(update_fields=["stands", "ended_why", "ended_at", "ended_by"])


def _detail(telling: Telling) -> dict[str, object]:
    # That something was written of whom and never what: the log is read by others.
    return {"folio": telling.membership.participant.folio, "part": str(telling.part)}


def _refuse_closed(place: Place) -> None:
    today = clock.today(place.session.group.site.timezone)
    session = place.session
    if not may_be_marked(planned_on=session.planned_on, today=today, state=session.state):
        raise DomainError(
            _("No se puede escribir: la sesión no ha llegado o se registró que no se realizó."),
            hint=_("Si sí hubo sesión, márcala como realizada o cambia su fecha."),
        )
