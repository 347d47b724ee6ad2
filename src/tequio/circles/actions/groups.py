"""Opening groups, planning their calendar, and who is in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.circles import calendar
from tequio.circles.models import Attendance, Group, Membership, Session
from tequio.circles.policies import groups_visible_to, require
from tequio.circles.queries import newest_place
from tequio.circles.queries.dose import why_not
from tequio.core.errors import DomainError
from tequio.core.text import squeeze
from tequio.people import concerns
from tequio.people.concerns import Trigger
from tequio.people.models import Participant
from tequio.people.policies import visible_to as people_visible_to
from tequio.programmes.actions.enrolment import left, placed, placed_many
from tequio.programmes.models import Edition, Site
from tequio.programmes.queries import every_days, require_facilitators


@transaction.atomic
def open_group(
    *,
    by: User,
    name: str,
    site: Site,
    edition: Edition,
    starts_on: date,
    starts_at: time,
    facilitators: Sequence[User],
    rest_by_custom: bool = False,
    online: bool = False,
) -> Group:
    """Open a group of a signed edition and plan its calendar from its first day."""
    require_everywhere(by, Permission.GROUP_CREATE)
    _refuse_unsigned(edition)
    group = _create(
        by,
        name=name,
        site=site,
        edition=edition,
        weekday=starts_on.weekday(),
        starts_on=starts_on,
        starts_at=starts_at,
        online=online,
    )
    require_facilitators(edition=edition, users=facilitators)
    group.facilitators.set([_of_the_same_house(by, user) for user in facilitators])
    _plan(group, starts_on, rest_by_custom=rest_by_custom)
    record("group.open", by=by, subject=group)
    return group


@transaction.atomic
def open_group_for_register(
    *, by: User, name: str, site: Site, edition: Edition, gaps: str, import_id: UUID
) -> Group:
    """Open a group for a register that was kept elsewhere: its meetings come with the import."""
    require_everywhere(by, Permission.ATTENDANCE_IMPORT)
    group = _create(by, name=name, site=site, edition=edition, gaps=gaps, import_id=import_id)
    record("group.open", by=by, subject=group, detail={"import": str(import_id)})
    return group


@transaction.atomic
def set_facilitators(*, by: User, group_id: UUID, facilitators: Sequence[User]) -> Group:
    """Say who facilitates the group from now on; who no longer does sees it no more."""
    require_everywhere(by, Permission.GROUP_CREATE)
    group = pick(groups_visible_to(by).select_related("edition"), pk=group_id)
    require_facilitators(edition=group.edition, users=facilitators)
    group.facilitators.set([_of_the_same_house(by, user) for user in facilitators])
    record(
        "group.facilitators",
        by=by,
        subject=group,
        detail={"facilitators": sorted(user.login for user in facilitators)},
    )
    return group


@transaction.atomic
def join(*, by: User, group_id: UUID, folio: str, joined_on: date) -> Membership:
    """Give a man a place in a group; he is expected from the next meeting on.

    Who left and comes back gets another place: the first one keeps what it holds.
    """
    group = pick(groups_visible_to(by).select_related("edition"), pk=group_id)
    require(by, Permission.GROUP_JOIN, group)
    participant = pick(people_visible_to(by), folio=folio)
    _refuse_full(group)
    concerns.may_be_admitted(by=by, participants=[participant])
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                group=group,
                participant=participant,
                joined_on=joined_on,
                joined_at_session=max(
                    _next_position(group, joined_on), _after_the_last(group, participant)
                ),
            )
    except IntegrityError as error:
        raise DomainError(
            _("%(folio)s ya está en este grupo.") % {"folio": participant.folio},
            hint=_("Búscalo en la lista del grupo."),
        ) from error
    placed(by=by, participant=participant, edition=group.edition, on=joined_on)
    record("membership.join", by=by, subject=participant, detail={"group": str(group.pk)})
    return membership


@transaction.atomic
def join_many(
    *,
    by: User,
    group: Group,
    participants: Sequence[Participant],
    joined_on: date | None,
    import_id: UUID | None = None,
) -> list[Membership]:
    """Give many men their places at once, from the first meeting on."""
    require(by, Permission.GROUP_JOIN, group)
    if import_id is None:  # Who stands in an imported register is in the group already.
        concerns.may_be_admitted(by=by, participants=participants)
    made = Membership.objects.bulk_create(
        [
            Membership(group=group, participant=man, joined_on=joined_on, import_id=import_id)
            for man in participants
        ],
        batch_size=500,
    )
    placed_many(
        by=by,
        participants=participants,
        edition=group.edition,
        on=joined_on,
        import_id=import_id,
    )
    record("membership.join_many", by=by, subject=group, detail={"count": len(made)})
    return made


@transaction.atomic
def leave(
    *,
    by: User,
    group_id: UUID,
    folio: str,
    ended_on: date,
    reason: str = "unknown",
    note: str = "",
) -> Membership:
    """End a man's place: he is expected at no later meeting. His record stays.

    Somebody looks at his situation: leaving is when it may turn.
    """
    group = pick(groups_visible_to(by).select_related("edition"), pk=group_id)
    require(by, Permission.GROUP_JOIN, group)
    membership = newest_place(group, folio)
    membership.ended_on = ended_on
    membership.ended_at_session = last_position(group, ended_on)
    _refuse_too_early(membership)
    membership.save(update_fields=["ended_on", "ended_at_session"])
    record(
        "membership.leave", by=by, subject=membership.participant, detail={"group": str(group.pk)}
    )
    _out_of_the_programme(by, membership, reason=reason, note=note)
    concerns.raise_concern(by=by, participant=membership.participant, trigger=Trigger.EXIT)
    return membership


def _refuse_full(group: Group) -> None:
    taken = group.memberships.filter(ended_on__isnull=True).count()
    last = group.sessions.filter(state=Session.State.HELD).aggregate(last=Max("position"))["last"]
    sentence = why_not(group, taken=taken, position_of_next=(last or 0) + 1)
    if sentence:
        raise DomainError(sentence, hint=_("Elige otro grupo, o ponlo en la lista de espera."))


def _after_the_last(group: Group, participant: Participant) -> int:
    """Return the meeting after all that he came to before: no meeting expects a man twice."""
    before = group.memberships.filter(participant=participant)
    last: int | None = before.aggregate(last=Max("ended_at_session"))["last"]
    return (last or 0) + 1


def _out_of_the_programme(by: User, place: Membership, *, reason: str, note: str) -> None:
    man, edition, on = place.participant, place.group.edition, place.ended_on
    elsewhere = Membership.objects.filter(
        participant=man, group__edition=edition, ended_on__isnull=True
    )
    if on is not None and not elsewhere.exists():
        left(by=by, participant=man, edition=edition, on=on, reason=reason, note=note)


def _create(by: User, *, name: str, site: Site, edition: Edition, **fields: object) -> Group:
    name = squeeze(name)
    if site.organisation_id != by.organisation_id or edition.organisation_id != by.organisation_id:
        raise DomainError(_("Esa sede o esa edición no es de tu organización."))
    if not name:
        raise DomainError(
            _("Falta el nombre del grupo."), hint=_("Por ejemplo: Martes 19:00, Portales.")
        )
    try:
        with transaction.atomic():
            return Group.objects.create(
                organisation_id=by.organisation_id, name=name, site=site, edition=edition, **fields
            )
    except IntegrityError as error:
        raise DomainError(
            _("Ya hay un grupo que se llama «%(name)s».") % {"name": name},
            hint=_("Escribe un nombre distinto, por ejemplo con el año."),
        ) from error


def _plan(group: Group, first: date, *, rest_by_custom: bool) -> None:
    years = range(first.year, first.year + 3)
    days = calendar.meetings(
        first=first,
        how_many=group.edition.sessions_planned,
        every_days=every_days(group.edition),
        off=calendar.days_off(years, by_custom=rest_by_custom),
    )
    open_days = [day.on for day in days if not day.closed_for]
    Session.objects.bulk_create(
        [
            Session(group=group, position=n, number_from=n, number_to=n, planned_on=on)
            for n, on in enumerate(open_days, start=1)
        ]
    )


def _next_position(group: Group, joined_on: date) -> int:
    coming = group.sessions.filter(planned_on__gte=joined_on).order_by("position").first()
    if coming is not None:
        return coming.position
    last = group.sessions.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def last_position(group: Group, ended_on: date) -> int:
    # A register without dates says only what was held: all of that lies behind him.
    over = Q(planned_on__lte=ended_on) | Q(planned_on__isnull=True, state=Session.State.HELD)
    last: int | None = group.sessions.filter(over).aggregate(last=Max("position"))["last"]
    return last or 0


def _refuse_too_early(membership: Membership) -> None:
    """Refuse a last day that would take away meetings to which he came."""
    joined, ended = membership.joined_on, membership.ended_on
    if joined is not None and ended is not None and ended < joined:
        raise DomainError(
            _("Ese último día es anterior a su entrada al grupo."), hint=_("Revisa la fecha.")
        )
    came = Q(status__in=[Attendance.Status.PRESENT, Attendance.Status.LATE])
    after = Q(session__position__gt=membership.ended_at_session)
    if membership.attendances.filter(came & after).exists():
        raise DomainError(
            _("Vino a una sesión después de ese día, así que todavía estaba en el grupo."),
            hint=_("Escribe el día de la última sesión a la que vino, o uno posterior."),
        )


def _refuse_unsigned(edition: Edition) -> None:
    if edition.signed_at is None:
        raise DomainError(
            _("La edición «%(name)s» no está firmada.") % {"name": edition.name},
            hint=_("Antes de abrir un grupo, una persona formada de tu organización la firma."),
        )


def _of_the_same_house(by: User, user: User) -> User:
    if user.organisation_id != by.organisation_id or "facilitator" not in user.roles:
        raise DomainError(
            _("Esa persona no facilita en tu organización."),
            hint=_("Pide a administración que le dé el rol de facilitación."),
        )
    return user
