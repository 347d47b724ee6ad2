"""Takes away everything that carries an import, except what has been used since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles.actions.imports.positions import close_gaps
from tequio.circles.models import (
    Attendance,
    Group,
    Mark,
    Membership,
    RegisterImport,
    RememberedMapping,
    Session,
    Telling,
)
from tequio.people.models import Consent, Intake, Participant
from tequio.programmes.actions.enrolment import forget_import, placed_many
from tequio.programmes.models import Edition


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays because somebody has used it since: men by folio, groups by name."""

    folios: tuple[str, ...]
    groups: tuple[str, ...]


@transaction.atomic
def take_back(*, by: User, register: RegisterImport) -> Kept:
    """Remove the rows of an import and put back the sessions that were there before it."""
    mine = Q(import_id=register.pk)
    marks = Attendance.objects.filter(mine)
    groups = set(
        Session.objects.filter(mine, group__organisation=by.organisation_id).values_list(
            "group_id", flat=True
        )
    )
    # A mark with another moment was made by hand since: it is somebody's word now.
    marks.exclude(marked_at=_moment(register)).update(import_id=None)
    marks.delete()
    _put_back(register)
    _memberships(register).delete()
    _unused_sessions(register).delete()
    _unused_groups(register).delete()
    _forget_enrolments(by, register)
    _unused_men(register).delete()
    for group in Group.objects.filter(pk__in=groups):
        close_gaps(by=by, group=group)
    RememberedMapping.objects.filter(mine).delete()
    register.problems.all().delete()
    register.touched = []
    register.save(update_fields=["touched"])
    return _kept(register)


def _forget_enrolments(by: User, register: RegisterImport) -> None:
    """Take away what the import said of the programme; who keeps his place stays enrolled."""
    forget_import(by=by, import_id=register.pk)
    stay = Membership.objects.filter(import_id=register.pk, ended_on__isnull=True)
    by_edition: dict[Edition, list[Participant]] = {}
    for place in stay.select_related("participant", "group__edition"):
        by_edition.setdefault(place.group.edition, []).append(place.participant)
    for edition, men in by_edition.items():
        placed_many(by=by, participants=men, edition=edition, on=None)


def _moment(register: RegisterImport) -> datetime:
    """Return the moment that the marks of the last run carry."""
    return register.started_at or register.created_at


def _put_back(register: RegisterImport) -> None:
    """Return sessions that were only planned to what they were, unless somebody marked in them."""
    for was in register.touched:
        session = Session.objects.filter(pk=UUID(was["session"])).first()
        if session is None:
            continue
        session.unattributed = max(0, session.unattributed - was["unattributed"])
        if session.state == Session.State.HELD and not session.attendances.exists():
            session.state, session.reason = was["state"], was["reason"]
            session.planned_on = date.fromisoformat(was["on"]) if was["on"] else None
        session.save(update_fields=["unattributed", "state", "reason", "planned_on"])


def _memberships(register: RegisterImport) -> QuerySet[Membership]:
    """Return the places of the import in which nobody has marked anything by hand."""
    return Membership.objects.filter(
        ~Exists(Attendance.objects.filter(membership=OuterRef("pk"))),
        ~Exists(Mark.objects.filter(membership=OuterRef("pk"))),
        ~Exists(Telling.objects.filter(membership=OuterRef("pk"))),
        import_id=register.pk,
    )


def _unused_sessions(register: RegisterImport) -> QuerySet[Session]:
    return Session.objects.filter(
        ~Exists(Attendance.objects.filter(session=OuterRef("pk"))),
        ~Exists(Mark.objects.filter(session=OuterRef("pk"))),
        ~Exists(Telling.objects.filter(session=OuterRef("pk"))),
        import_id=register.pk,
    )


def _unused_groups(register: RegisterImport) -> QuerySet[Group]:
    return Group.objects.filter(
        ~Exists(Membership.objects.filter(group=OuterRef("pk"))),
        ~Exists(Session.objects.filter(group=OuterRef("pk"))),
        import_id=register.pk,
    )


def _unused_men(register: RegisterImport) -> QuerySet[Participant]:
    corrected = Event.objects.filter(kind="participant.correct", subject_id=OuterRef("pk"))
    return Participant.objects.filter(
        ~Exists(Membership.objects.filter(participant=OuterRef("pk"))),
        ~Exists(corrected),
        ~Exists(Intake.objects.filter(participant=OuterRef("pk"))),
        ~Exists(Consent.objects.filter(participant=OuterRef("pk"))),
        # By lookup through the tables of care, which stand above this room: no import is needed.
        diagnoses__isnull=True,
        reviews__isnull=True,
        import_id=register.pk,
    )


def _kept(register: RegisterImport) -> Kept:
    men = Participant.objects.filter(import_id=register.pk).order_by("folio")
    groups = Group.objects.filter(import_id=register.pk).order_by("name", "pk")
    return Kept(
        tuple(men.values_list("folio", flat=True)), tuple(groups.values_list("name", flat=True))
    )
