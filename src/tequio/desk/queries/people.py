"""Men in lists, and a man's ways through his groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from tequio.access.models import User
from tequio.circles import queries as circles
from tequio.circles import rules
from tequio.circles.models import Membership, Session
from tequio.people.models import Participant
from tequio.people.policies import visible_to


@dataclass(frozen=True, slots=True)
class Path:
    """A man's way through one group."""

    membership: Membership
    sessions: tuple[tuple[Session, str], ...]


def paths(user: User, participant_id: UUID) -> Sequence[Path]:
    """Return a man's ways through the groups that the person may see: two questions."""
    places = circles.memberships_of(user, participant_id)
    if not places:
        return []
    rows = _sessions(places)
    return [Path(place, tuple(_expected(place, rows))) for place in places]


def _sessions(places: Sequence[Membership]) -> list[Session]:
    """Return the meetings held in these groups, once for each mark of his."""
    marks = Q(attendances__membership__in=[place.pk for place in places])
    held = Session.objects.filter(
        group__in={place.group_id for place in places}, state=Session.State.HELD
    )
    return list(
        held.annotate(
            here=FilteredRelation("attendances", condition=marks),
            his_status=F("here__status"),
            his_place=F("here__membership"),
        ).order_by("position")
    )


def _expected(place: Membership, rows: Sequence[Session]) -> Iterator[tuple[Session, str]]:
    found: dict[UUID, tuple[Session, str]] = {}
    for session in rows:
        if session.group_id != place.group_id or not rules.expected_at(
            session.position, joined_at=place.joined_at_session, ended_at=place.ended_at_session
        ):
            continue
        his = session.his_place == place.pk  # type: ignore[attr-defined]
        if his or session.pk not in found:
            found[session.pk] = (session, session.his_status if his else "")  # type: ignore[attr-defined]
    yield from found.values()


def people(user: User) -> QuerySet[Participant]:
    """Return the men that the person may see, with in how many groups each has been."""
    return (
        visible_to(user)
        .annotate(groups=Count("memberships", distinct=True))
        .order_by("alias_key", "folio")
    )
