"""What each room offers to a day and to a man's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.circles import queries as circles
from tequio.circles.models import Membership, Session
from tequio.circles.policies import groups_visible_to, imports_visible_to
from tequio.circles.retention import collect, report
from tequio.core import clock, safekeeping
from tequio.people.models import Participant
from tequio.people.policies import visible_to

_ANSWER_FOR_THE_DATA = frozenset({"administrator", "coordinator", "director"})


@dataclass(frozen=True, slots=True)
class Today:
    """A person's day: what is on tonight, what was left open, whom to call."""

    day: date
    tonight: tuple[Session, ...]
    unsaid: tuple[Session, ...]
    to_call: tuple[report.Quiet, ...]
    drafts: int


def unsafe(user: User) -> safekeeping.Record | None:
    """Return what is known of the back-ups where whoever answers for them has to be warned."""
    if settings.MODE != "production" or not user.roles & _ANSWER_FOR_THE_DATA:
        return None
    record = safekeeping.read()
    return record if record.overdue(clock.now()) else None


def today(user: User) -> Today:
    """Return what waits for this person today."""
    day = clock.today(user.organisation.timezone)
    due = circles.due(user, day)
    return Today(
        day=day,
        tonight=tuple(s for s in due if s.planned_on == day),
        unsaid=tuple(s for s in due if s.planned_on != day and s.state == Session.State.PLANNED),
        to_call=_to_call(user, day),
        drafts=imports_visible_to(user).filter(state="draft").count(),
    )


def _to_call(user: User, day: date) -> tuple[report.Quiet, ...]:
    if user.scope(Permission.PERSON_READ) is None:
        return ()
    # A register kept elsewhere has no men to call tonight.
    groups = list(
        groups_visible_to(user, Permission.PERSON_READ)
        .filter(closed_on__isnull=True, import_id__isnull=True)
        .only("pk", "name", "gaps")
    )
    if not groups:
        return ()
    men = report.quiet_men(collect.collect(collect.read(groups), groups, today=day))
    return tuple(man for man in men if not man.never_came)[:12]


@dataclass(frozen=True, slots=True)
class Path:
    """A man's way through one group."""

    membership: Membership
    sessions: tuple[tuple[Session, str], ...]


def paths(user: User, participant_id: UUID) -> Sequence[Path]:
    """Return a man's ways through the groups that the person may see."""
    places = circles.memberships_of(user, participant_id)
    attendance = circles.attendance_of(places)
    return [Path(place, tuple(attendance[place.pk])) for place in places]


def people(user: User) -> QuerySet[Participant]:
    """Return the men that the person may see, with in how many groups each has been."""
    return (
        visible_to(user)
        .annotate(groups=Count("memberships", distinct=True))
        .order_by("alias_key", "folio")
    )
