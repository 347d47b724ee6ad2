"""What the pages of this room show. Every list starts from what the person may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    DateField,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
)
from django.db.models.functions import Coalesce

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible
from tequio.access.scoped import Scoped
from tequio.circles import rules
from tequio.circles.models import Attendance, Group, Membership, Session
from tequio.circles.policies import groups_visible_to, may, require, sessions_visible_to
from tequio.core.questions import Question, the

_CAME = Q(attendances__status__in=["present", "late"])


@dataclass(frozen=True, slots=True)
class Seat:
    """One man of the circle in one session."""

    membership_id: UUID
    folio: str
    alias: str
    status: str  # "" where nobody recorded it
    visit: bool = False

    @property
    def initials(self) -> str:
        """The two letters on his seat."""
        return rules.initials(self.alias)

    @property
    def word(self) -> str:
        """His status in words."""
        return str(Attendance.Status(self.status).label) if self.status else ""


@dataclass(frozen=True, slots=True)
class Circle:
    """A session with its seats and counts, as the session page draws it.

    Who reads groups and no men gets the counts; `seats` is empty then.
    """

    session: Session
    sees_men: bool
    seats: tuple[Seat, ...]
    counts: rules.Counts
    may_mark: bool
    is_open: bool


def groups(user: User) -> QuerySet[Group]:
    """Return the visible groups with how many men and how many sessions held."""
    return (
        groups_visible_to(user)
        .select_related("site", "edition")
        .only("name", "closed_on", "site__name", "edition__name")
        .prefetch_related(Prefetch("facilitators", User.objects.only("name")))
        .annotate(
            men=_how_many(Membership.objects.filter(ended_on__isnull=True)),
            held=_how_many(Session.objects.filter(state=Session.State.HELD)),
            planned=_how_many(Session.objects.all()),
        )
        .order_by("closed_on", "name", "pk")
    )


def _how_many(rows: QuerySet[Any]) -> Coalesce:
    """Count each on its own: joined, every man of a group meets every session of it."""
    mine = rows.filter(group=OuterRef("pk")).order_by().values("group")
    return Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0)


def group(user: User, group_id: UUID) -> Group:
    """Return one visible group, or 404."""
    found = _GROUP.one(user, group=group_id)
    if found is None:
        raise not_visible()
    return found


_GROUP = Scoped(
    lambda user: (
        groups_visible_to(user)
        .select_related("site", "edition", "organisation")
        .prefetch_related("facilitators")
        .filter(pk=the("group", UUIDField()))
    )
)


def sessions_of(group: Group) -> QuerySet[Session]:
    """Return a group's sessions in their order, with how many came and how many are recorded."""
    return group.sessions.annotate(
        came=Count("attendances", filter=_CAME), recorded=Count("attendances")
    ).order_by("position")


def members_of(group: Group) -> QuerySet[Membership]:
    """Return the men of a group with how many of its held sessions they came to."""
    return (
        group.memberships.filter(visit=False)
        .select_related("participant")
        .annotate(came=Count("attendances", filter=_CAME))
        .order_by("ended_on", "participant__alias_key", "participant__folio")
    )


def session(user: User, session_id: UUID) -> Session:
    """Return one visible session with its group, site and edition, or 404."""
    found = _SESSION.one(user, session=session_id)
    if found is None:
        raise not_visible()
    return found


_SESSION = Scoped(
    lambda user: (
        sessions_visible_to(user)
        .select_related("group__site", "group__edition")
        .prefetch_related("group__facilitators")
        .filter(pk=the("session", UUIDField()))
    )
)


def circle(user: User, session: Session, *, today: date) -> Circle:
    """Return everything that the page of a session shows."""
    seats = tuple(_seats(session))
    sees_men = may(user, Permission.PERSON_READ, session.group)
    return Circle(
        session=session,
        sees_men=sees_men,
        seats=seats if sees_men else (),
        counts=rules.count((seat.status for seat in seats), expected=len(seats)),
        may_mark=may(user, Permission.ATTENDANCE_MARK, session.group),
        is_open=rules.may_be_marked(
            planned_on=session.planned_on, today=today, state=session.state
        ),
    )


def _seats(session: Session) -> Iterable[Seat]:
    statuses = dict(session.attendances.values_list("membership_id", "status"))
    rows = _expected(session.group_id, session.position).values_list(
        "pk", "participant__folio", "participant__alias", "visit"
    )
    for key, folio, alias, visit in rows.order_by("participant__alias_key", "participant__folio"):
        yield Seat(key, folio, alias, statuses.get(key, ""), visit)


def counts(session: Session) -> rules.Counts:
    """Return a session's counts after a tap, in one query.

    Marks of who left before this meeting stay written and do not count here.
    """
    statuses = _STATUSES.ask(session=session.pk, group=session.group_id, position=session.position)
    return rules.count((s for (s,) in statuses if s), expected=len(statuses))


def _statuses() -> QuerySet[Membership, tuple[str | None]]:
    here = FilteredRelation(
        "attendances", condition=Q(attendances__session=the("session", UUIDField()))
    )
    expected = _expected(the("group", UUIDField()), the("position", IntegerField()))
    return expected.annotate(here=here).values_list("here__status")


_STATUSES = Question(_statuses)


def _expected(group: Any, position: Any) -> QuerySet[Membership]:
    men = Membership.objects.filter(group=group, joined_at_session__lte=position)
    return men.exclude(ended_at_session__lt=position)


def due(user: User, day: date) -> list[Session]:
    """Return the sessions of a day, and earlier ones of which nobody said what became of them."""
    return _DUE.ask(user, day=day)


def _due(user: User) -> QuerySet[Session]:
    day = the("day", DateField())
    wanted = Q(planned_on=day) | Q(planned_on__lt=day, state=Session.State.PLANNED)
    return (
        sessions_visible_to(user)
        .filter(wanted, group__closed_on__isnull=True)
        .select_related("group__site")
        .annotate(came=Count("attendances", filter=_CAME))
        .order_by("-planned_on", "group__starts_at", "group__name", "pk")[:60]
    )


_DUE = Scoped(_due)


def memberships_of(user: User, participant_id: UUID) -> Sequence[Membership]:
    """Return a man's places in the groups that this person may see, with what he came to."""
    return _PLACES.ask(user, man=participant_id)


def _places(user: User) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(
            participant=the("man", UUIDField()),
            group__in=groups_visible_to(user, Permission.PERSON_READ),
            visit=False,
        )
        .select_related("group__site")
        .annotate(
            came=Count("attendances", filter=_CAME, distinct=True),
            held=Count("group__sessions", filter=Q(group__sessions__state="held"), distinct=True),
        )
        .order_by("-joined_on", "group__name", "pk")
    )


_PLACES = Scoped(_places)


def attendance_of(memberships: Iterable[Membership]) -> dict[UUID, list[tuple[Session, str]]]:
    """Return each membership's held sessions in order with the status, "" where unrecorded."""
    places = list(memberships)
    sessions = Session.objects.filter(
        group__in=[place.group_id for place in places], state=Session.State.HELD
    ).order_by("position")
    marks = {
        (m, s): status
        for m, s, status in Attendance.objects.filter(membership__in=places).values_list(
            "membership_id", "session_id", "status"
        )
    }
    found: dict[UUID, list[tuple[Session, str]]] = {place.pk: [] for place in places}
    for session in sessions:
        for place in places:
            expected = rules.expected_at(
                session.position,
                joined_at=place.joined_at_session,
                ended_at=place.ended_at_session,
            )
            if place.group_id == session.group_id and expected:
                found[place.pk].append((session, marks.get((place.pk, session.pk), "")))
    return found


def place(user: User, group: Group, folio: str) -> Membership:
    """Return one man's newest place in a group that the person may change, or 404."""
    require(user, Permission.GROUP_JOIN, group)
    return newest_place(group, folio)


def newest_place(group: Group, folio: str) -> Membership:
    """Return a man's newest place in a group, or 404. A visit is none."""
    places = group.memberships.select_related("participant").filter(
        participant__folio=folio, visit=False
    )
    found = places.order_by("-joined_at_session", "-ended_on", "-pk").first()
    if found is None:
        raise not_visible()
    return found
