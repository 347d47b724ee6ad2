"""Forgetting a man: what names him goes, what was counted stays under a pseudonym made anew.

The pseudonym is another row with other keys and another folio: nothing in the database leads from
the one to the other. That he was erased is written down with the folio that is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.models import Event
from tequio.audit.record import record
from tequio.care.actions.referrals import withdraw_links
from tequio.care.models import Report, Review
from tequio.circles.models import Attendance, Membership, RegisterImport
from tequio.core import clock, ids, wiping
from tequio.core.errors import DomainError
from tequio.core.text import fold
from tequio.letters.models import Agenda
from tequio.people import keeping, sealed
from tequio.people.models import Intake, Participant
from tequio.people.policies import visible_to
from tequio.people.rules.answers import Answers
from tequio.programmes.models import Enrolment, EnrolmentStep
from tequio.programmes.states import State
from tequio.programmes.vault import seal_note
from tequio.reports.models import Certificate, Erasure, RightsRequest
from tequio.reports.rights.listed import remember
from tequio.reports.rights.tables import tables

_NOBODY: Final = "sistema"
# Of these a row without him stays, under the pseudonym or without a name.
STAYS: Final = frozenset(
    {
        "circles.Attendance",
        "circles.Membership",
        "people.Intake",
        "programmes.Enrolment",
        "programmes.EnrolmentStep",
        "reports.Certificate",
        "reports.RightsRequest",
    }
)
_ON_HIS_WAY: Final = (
    State.ENQUIRY,
    State.ACCEPTED,
    State.WAITING,
    State.IN_GROUP,
    State.MAINTENANCE,
)


class Held(DomainError):
    """He cannot be forgotten yet; the sentences say why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Why he is forgotten, and whether an authority asked to keep what is known of him."""

    reason: str
    order_to_keep: bool = False


def holds(participant: Participant) -> list[str]:
    """Say why a man cannot be forgotten today; nothing where he can."""
    found = []
    if keeping.held([participant.pk]) or Review.objects.filter(participant=participant).exclude(
        state=Review.State.CLOSED
    ):
        found.append(_("Hay una revisión de su situación abierta: ciérrenla antes."))
    if Report.objects.filter(participant=participant, verdict="").exists():
        found.append(_("Hay una decisión sobre avisar a una autoridad que nadie ha revisado."))
    if Membership.objects.filter(participant=participant, ended_on=None).exists():
        found.append(_("Sigue en un grupo: denle salida antes, para que quede dicho por qué."))
    elif Enrolment.objects.filter(participant=participant, state__in=_ON_HIS_WAY).exists():
        found.append(_("Sigue en un programa: anoten antes cómo termina."))
    return found


@transaction.atomic
def forget(*, by: User, folio: str, asked: Asked) -> Erasure:
    """Erase a man, keep what was counted, and write down that it happened."""
    require_everywhere(by, Permission.PERSON_FORGET)
    participant = pick(visible_to(by).select_for_update(of=("self",)), folio=folio)
    _refuse(participant, asked)
    today = clock.today(by.organisation.timezone)
    record("participant.forget", by=by, subject=participant, detail={"reason": asked.reason})
    return erase(participant, asked, on=today, erased_by=by.login)


def erase(participant: Participant, asked: Asked, *, on: date, erased_by: str) -> Erasure:
    """Do it, inside the caller's transaction: whether it may be done was asked before."""
    erasure = Erasure(
        organisation_id=participant.organisation_id,
        folio=participant.folio,
        reason=asked.reason,
        erased_on=on,
        erased_by=erased_by,
        counts=_count(participant),
        left=_left_before(participant),
    )
    remember(participant, on, asked.reason)
    brought = _files_that_brought_him(participant)
    if brought:
        erasure.counts[RegisterImport._meta.label] = brought
    _keep_what_was_counted(participant)
    Agenda.objects.filter(participant_id=participant.pk).delete()
    RightsRequest.objects.filter(participant=participant).update(
        sealed_words=None, sealed_file=None
    )
    # A link that was sent out still shows what he shared, and opens without us.
    withdraw_links(list(participant.referrals.all()))
    participant.delete()
    erasure.save(force_insert=True)
    wiping.after_commit()
    return erasure


def _refuse(participant: Participant, asked: Asked) -> None:
    if asked.reason not in Erasure.Reason.values:
        raise DomainError(_("Falta por qué se borra."), hint=_("Elige un motivo de la lista."))
    if asked.order_to_keep:
        raise Held(
            _("Una autoridad pidió conservar lo que se sabe de él, y no se borra."),
            hint=_("Díganselo por escrito, y bórrenlo cuando la orden termine."),
        )
    found = holds(participant)
    if found:
        raise Held(" ".join(found), hint=_("Después se puede borrar."))


def _count(participant: Participant) -> dict[str, int]:
    counted = {table.label: table.rows_of(participant).count() for table in tables()}
    return {label: n for label, n in counted.items() if n}


def _left_before(participant: Participant) -> dict[str, int]:
    """Count what left the house while he was in it: copies that no erasure reaches."""
    own = [
        participant.pk,
        *Certificate.objects.filter(participant=participant).values_list("pk", flat=True),
        *RightsRequest.objects.filter(participant=participant).values_list("pk", flat=True),
    ]
    of_him = Event.objects.filter(
        organisation_id=participant.organisation_id, subject_id__in=own
    ).filter(Q(kind="export") | Q(kind="certificate.print"))
    # A list or a sheet of a group holds everybody who was there; the log does not say whom.
    of_all = Event.objects.filter(
        organisation_id=participant.organisation_id, kind="export", at__gte=participant.created_at
    ).exclude(subject_id__in=own)
    found: Counter[str] = Counter()
    for event in [*of_him, *of_all]:
        detail = event.detail if isinstance(event.detail, dict) else {}
        found["certificate" if event.kind != "export" else str(detail.get("what", ""))] += 1
    return dict(found)


def _files_that_brought_him(participant: Participant) -> int:
    """Registers that were imported lie sealed with every name in them: these go now."""
    brought = set(_imports_of(participant))
    for register in RegisterImport.objects.filter(pk__in=brought):
        register.problems.all().delete()
    held = RegisterImport.objects.filter(pk__in=brought, sealed_file__isnull=False)
    return held.update(sealed_file=None, sealed_name=None, sealed_choices=None)


def _imports_of(participant: Participant) -> Iterator[UUID]:
    rows = (
        Participant.objects.filter(pk=participant.pk),
        Membership.objects.filter(participant=participant),
        Enrolment.objects.filter(participant=participant),
        Attendance.objects.filter(membership__participant=participant),
    )
    for found in rows:
        keys = found.exclude(import_id=None).values_list("import_id", flat=True).distinct()
        yield from (key for key in keys if key is not None)


# --- The pseudonym --------------------------------------------------------------------------------


def _keep_what_was_counted(participant: Participant) -> None:
    places = list(Membership.objects.filter(participant=participant).order_by("joined_on", "pk"))
    ways = list(Enrolment.objects.filter(participant=participant))
    intakes = list(Intake.objects.filter(participant=participant, state=Intake.State.DONE))
    if not (places or ways or intakes):
        return
    nobody = _nobody(participant)
    now = clock.now()
    for place in places:
        _keep_place(place, nobody, now)
    for way in ways:
        _keep_way(way, nobody, now)
    for intake in intakes:
        _keep_intake(intake, nobody)


def _nobody(participant: Participant) -> Participant:
    alias = _("Persona olvidada")
    return Participant.objects.create(
        organisation_id=participant.organisation_id,
        folio=ids.new_folio(),
        alias=alias,
        alias_key=fold(alias),
    )


def _keep_place(place: Membership, nobody: Participant, now: datetime) -> None:
    kept = Membership.objects.create(
        group_id=place.group_id,
        participant=nobody,
        joined_at_session=place.joined_at_session,
        joined_on=place.joined_on,
        ended_on=place.ended_on,
        ended_at_session=place.ended_at_session,
        visit=place.visit,
        start_told=place.start_told,
    )
    # When and by whom it was tapped would lead back to him through the log.
    Attendance.objects.bulk_create(
        [
            Attendance(
                session_id=one.session_id,
                membership=kept,
                status=one.status,
                marked_at=now,
                marked_by=_NOBODY,
            )
            for one in place.attendances.all()
        ]
    )


def _keep_way(way: Enrolment, nobody: Participant, now: datetime) -> None:
    kept = Enrolment.objects.create(
        organisation_id=way.organisation_id,
        participant=nobody,
        edition_id=way.edition_id,
        site_id=way.site_id,
    )
    for step in EnrolmentStep.objects.filter(enrolment=way).order_by("position"):
        copied = EnrolmentStep(
            enrolment=kept,
            position=step.position,
            from_state=step.from_state,
            to_state=step.to_state,
            happened_on=step.happened_on,
            reason=step.reason,
            attended=step.attended,
            held=step.held,
            written_at=now,
            written_by=_NOBODY,
        )
        if step.to_state == State.EXCLUDED:
            # The database wants a reason in words for every exclusion; the words went with him.
            copied.sealed_note = seal_note(kept, copied, _("Las palabras se borraron."))
        copied.save(force_insert=True)


def _keep_intake(intake: Intake, nobody: Participant) -> None:
    kept = Intake(
        organisation_id=intake.organisation_id,
        participant=nobody,
        state=intake.state,
        route=intake.route,
        motive=intake.motive,
        started_by_id=intake.started_by_id,
        started_at=intake.started_at,
        finished_at=intake.finished_at,
    )
    kept.answers = sealed.seal_answers(kept, Answers())
    kept.save(force_insert=True)
