"""Who missed the last meetings, for the room that calls them.

Asked on every Hoy: three queries whatever the size, and only of men with a recent absence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery

from tequio.circles.models import Attendance, Group, Membership, Session
from tequio.core.questions import the
from tequio.people.models import Consent

CAME: Final = frozenset({Attendance.Status.PRESENT, Attendance.Status.LATE})
# How far back a run of absences is followed; nobody is called about last spring.
_LOOKED_AT: Final = timedelta(weeks=16)


class Meeting(NamedTuple):
    """One meeting that was held while he was expected, and how he stood; "" is not recorded."""

    session_id: UUID
    on: date
    position: int
    number_from: int
    number_to: int
    status: str


@dataclass(frozen=True, slots=True)
class Record:
    """One man's last meetings in one group, the oldest first."""

    membership_id: UUID
    participant_id: UUID
    folio: str
    alias: str
    group_id: UUID
    group_name: str
    site_id: UUID
    timezone: str
    model_slug: str
    model_version: str
    # His last word on being called: "", given, refused or withdrawn.
    contact: str
    meetings: tuple[Meeting, ...]


def running(groups: QuerySet[Group]) -> QuerySet[Group]:
    """Return the groups that meet here: a register kept elsewhere has nobody to call."""
    return groups.filter(closed_on__isnull=True, import_id__isnull=True)


def records(rows: Iterable[tuple[Any, ...]], *, day: date) -> list[Record]:
    """Return the men of these places, which are rows of `missing`, with their way."""
    places = list(map(_Place._make, rows))
    if not places:
        return []
    sessions = _sessions({place.group for place in places}, day)
    statuses, made_up = _marks({place.man for place in places}, day)
    return [
        _record(
            place,
            tuple(
                _meeting(session, place, statuses, made_up)
                for session in sessions.get(place.group, ())
                if session[2] >= place.joined_at  # expected since he came in
            ),
        )
        for place in places
    ]


class _Place(NamedTuple):
    key: UUID
    man: UUID
    folio: str
    alias: str
    group: UUID
    group_name: str
    site: UUID
    timezone: str
    model_slug: str
    model_version: str
    joined_at: int
    contact: str | None


def _record(place: _Place, meetings: tuple[Meeting, ...]) -> Record:
    return Record(
        membership_id=place.key,
        participant_id=place.man,
        folio=place.folio,
        alias=place.alias,
        group_id=place.group,
        group_name=place.group_name,
        site_id=place.site,
        timezone=place.timezone,
        model_slug=place.model_slug,
        model_version=place.model_version,
        contact=place.contact or "",
        meetings=meetings,
    )


def missing(groups: QuerySet[Group]) -> QuerySet[Membership, tuple[Any, ...]]:
    """Return the places of these groups where somebody missed a meeting `since`, until a `day`.

    Words of a question; what it answers is for `records`.
    """
    missed = Attendance.objects.filter(
        membership=OuterRef("pk"),
        status=Attendance.Status.ABSENT,
        session__state=Session.State.HELD,
        session__planned_on__gte=the("since", DateField()),
        session__planned_on__lte=the("day", DateField()),
    )
    contact = Consent.objects.filter(participant=OuterRef("participant"), purpose="contact")
    said = Subquery(contact.order_by("-turn").values("decision")[:1])
    found = Membership.objects.filter(
        Q(Exists(missed)) | Q(group__gaps=Group.Gaps.ABSENT),
        group__in=groups.order_by(),
        ended_on__isnull=True,
        visit=False,
    )
    return (
        found.annotate(said=said)
        .order_by("participant__alias_key", "participant__folio")
        .values_list(
            "pk",
            "participant_id",
            "participant__folio",
            "participant__alias",
            "group_id",
            "group__name",
            "group__site_id",
            "group__site__timezone",
            "group__edition__model_slug",
            "group__edition__model_version",
            "joined_at_session",
            "said",
        )
    )


def _sessions(groups: Collection[UUID], day: date) -> dict[UUID, list[tuple[Any, ...]]]:
    rows = (
        Session.objects.filter(
            group__in=groups,
            state=Session.State.HELD,
            planned_on__lte=day,
            planned_on__gt=day - _LOOKED_AT,
        )
        .order_by("group_id", "position")
        .values_list(
            "pk", "planned_on", "position", "number_from", "number_to", "group_id", "group__gaps"
        )
    )
    found: dict[UUID, list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[5], []).append(row)
    return found


def _marks(
    men: Collection[UUID], day: date
) -> tuple[dict[tuple[UUID, UUID], str], dict[UUID, set[int]]]:
    """Return how each place stood in each meeting, and the numbers made up elsewhere by man."""
    rows = Attendance.objects.filter(
        membership__participant__in=men,
        session__state=Session.State.HELD,
        session__planned_on__gt=day - _LOOKED_AT,
    ).values_list(
        "membership_id",
        "session_id",
        "status",
        "membership__visit",
        "membership__participant_id",
        "session__number_from",
        "session__number_to",
    )
    statuses: dict[tuple[UUID, UUID], str] = {}
    made_up: dict[UUID, set[int]] = {}
    for place, session, status, visit, man, first, last in rows:
        if not visit:
            statuses[place, session] = status
        elif status in CAME:
            made_up.setdefault(man, set()).update(range(first, last + 1))
    return statuses, made_up


def _meeting(
    session: tuple[Any, ...],
    place: _Place,
    statuses: Mapping[tuple[UUID, UUID], str],
    made_up: Mapping[UUID, set[int]],
) -> Meeting:
    key, on, position, first, last, _group, gaps = session
    status = statuses.get((place.key, key), "")
    if not status and gaps == Group.Gaps.ABSENT:
        status = str(Attendance.Status.ABSENT)
    if status not in CAME and made_up.get(place.man, set()).intersection(range(first, last + 1)):
        # He made it up in another group: what counts once as dose is no absence.
        status = str(Attendance.Status.PRESENT)
    return Meeting(key, on, position, first, last, status)
