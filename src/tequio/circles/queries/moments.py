"""When each man is to be asked: from his group's days, whether he stayed or left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.circles.models import Group, Membership, Session
from tequio.instruments.definitions.waves import Plan, by_model
from tequio.instruments.rules.waves import Moment, Standing, Way, moments
from tequio.people.models import Consent
from tequio.people.moments import DueMoment
from tequio.people.policies import visible_to
from tequio.people.queries.due import Asked, answered, as_due, known
from tequio.programmes.definitions import find

# No moment comes later than three years after the end.
_REACH: Final = timedelta(days=3 * 366)
_WEEKLY: Final = 7


@dataclass(frozen=True, slots=True)
class _Going:
    """A man's way through one edition: his first place says which it is, his last one its days."""

    way_id: UUID
    last: Membership
    way: Way
    plan: Plan


@dataclass(frozen=True, slots=True)
class ClosedMoment:
    """A moment of asking whose window is past: in which group, and whether all was answered."""

    group_id: UUID
    wave: str
    closed_on: date
    answered: bool


def calendar(
    user: User, day: date, participant_id: UUID | None, *, only_open: bool = False
) -> Sequence[DueMoment]:
    """Return every moment that has come, of one man or of all."""
    if user.scope(Permission.ASSESSMENT_DUE) is None:
        return []
    going = list(_ways(_places(user, day, participant_id)))
    come = [(one, moment) for one in going for moment in _come(one, day, only_open=only_open)]
    said = known({one.way_id for one, _moment in come})
    found = [as_due(_asked(one, day), moment, day, said) for one, moment in come]
    return sorted(found, key=lambda one: (one.closed != "", one.opens_on))


def _come(one: _Going, day: date, *, only_open: bool) -> Iterator[Moment]:
    for moment in moments(one.plan, one.way):
        standing = moment.standing(day)
        if standing is Standing.OPEN or (standing is Standing.PAST and not only_open):
            yield moment


def closed_moments(groups: Sequence[Group], day: date) -> list[ClosedMoment]:
    """Return every moment whose window is past, of the men of these groups; no man is named."""
    going = list(_ways(_measured(day).filter(group__in=groups).select_related("group__edition")))
    come = [
        (one, moment)
        for one in going
        for moment in moments(one.plan, one.way)
        if moment.standing(day) is Standing.PAST
    ]
    told = answered({one.way_id for one, _moment in come}) if come else {}
    return [
        ClosedMoment(
            group_id=one.last.group_id,
            wave=moment.label,
            closed_on=moment.closes_on,
            answered=set(moment.wave.his) <= told.get((one.way_id, moment.label), set()),
        )
        for one, moment in come
        if moment.wave.his
    ]


def _places(user: User, day: date, participant_id: UUID | None) -> QuerySet[Membership]:
    men = visible_to(user, Permission.ASSESSMENT_DUE)
    if participant_id is not None:
        men = men.filter(pk=participant_id)
    consent = Consent.objects.filter(participant=OuterRef("participant"), purpose="follow_up")
    return (
        _measured(day)
        .filter(participant__in=men.order_by())
        .annotate(follow_up=Subquery(consent.order_by("-turn").values("decision")[:1]))
        .select_related("participant", "group__edition")
    )


def _measured(day: date) -> QuerySet[Membership]:
    """Places in groups of a model that is measured, with sessions near enough."""
    return (
        Membership.objects.filter(
            visit=False,
            group__edition__model_slug__in=by_model().keys(),
            group__sessions__planned_on__gte=day - _REACH,
        )
        .order_by("joined_on", "joined_at_session", "pk")
        .distinct()
    )


def _ways(places: Iterable[Membership]) -> Iterator[_Going]:
    by_way: dict[tuple[UUID, UUID], list[Membership]] = defaultdict(list)
    for place in places:
        by_way[place.participant_id, place.group.edition_id].append(place)
    if not by_way:
        return
    days = _days({found[-1].group_id for found in by_way.values()})
    for found in by_way.values():
        yield _going(found[0], found[-1], days)


def _going(
    first: Membership, last: Membership, days: Mapping[UUID, Mapping[int, date | None]]
) -> _Going:
    edition, his = last.group.edition, days.get(last.group_id, {})
    model = find(edition.model_slug, edition.model_version)
    closed = bool(model and model.model.entry and model.model.entry.kind.value == "closed")
    missed = first.joined_at_session - 1
    return _Going(
        way_id=first.pk,
        last=last,
        plan=by_model()[edition.model_slug],
        way=Way(
            sessions=[his.get(n) for n in range(missed + 1, max(his, default=missed) + 1)],
            # A closed group ends for all on one day, also for who came late.
            planned=max(edition.sessions_planned - (missed if closed else 0), 1),
            every_days=model.model.sessions.every_days.value if model else _WEEKLY,
            left_on=last.ended_on,
        ),
    )


def _days(groups: set[UUID]) -> dict[UUID, dict[int, date | None]]:
    rows = Session.objects.filter(group__in=groups).values_list("group", "position", "planned_on")
    found: dict[UUID, dict[int, date | None]] = defaultdict(dict)
    for group, position, on in rows:
        found[group][position] = on
    return found


def _asked(one: _Going, day: date) -> Asked:
    left = one.way.left_on is not None and one.way.left_on <= day
    consent = one.last.follow_up  # type: ignore[attr-defined]
    return Asked(
        man=one.last.participant,
        way_id=one.way_id,
        left=left,
        may_be_sought=not left or consent == Consent.Decision.GIVEN,
    )
