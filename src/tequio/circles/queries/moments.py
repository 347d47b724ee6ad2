"""When each man is to be asked: from his group's days, whether he stayed or left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.circles.models import Membership, Session
from tequio.instruments.definitions.waves import Plan, by_model
from tequio.instruments.rules.waves import Moment, Standing, Way, moments
from tequio.people.models import Approach, Assessment, Consent
from tequio.people.moments import DueMoment
from tequio.people.policies import visible_to
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


@dataclass(slots=True)
class _Known:
    """What was answered and tried, by way and moment."""

    answered: dict[tuple[UUID, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    tried: dict[tuple[UUID, str], list[str]] = field(default_factory=lambda: defaultdict(list))


def due(user: User, day: date) -> tuple[DueMoment, ...]:
    """Return what is open today for the men whom this person sees, what closes first first."""
    found = _moments(user, day, None, only_open=True)
    waiting = [one for one in found if one.open_slugs and not one.closed and one.may_be_sought]
    return tuple(sorted(waiting, key=lambda one: (one.closes_on, one.alias)))


def calendar(user: User, day: date, participant_id: UUID | None) -> Sequence[DueMoment]:
    """Return every moment that has come, of one man or of all."""
    found = _moments(user, day, participant_id, only_open=False)
    return sorted(found, key=lambda one: (one.closed != "", one.opens_on))


def _moments(
    user: User, day: date, participant_id: UUID | None, *, only_open: bool
) -> list[DueMoment]:
    if user.scope(Permission.ASSESSMENT_DUE) is None:
        return []
    going = list(_ways(_places(user, day, participant_id)))
    come = [(one, moment) for one in going for moment in _come(one, day, only_open=only_open)]
    known = _known({one.way_id for one, _moment in come})
    return [_due(one, moment, day, known) for one, moment in come]


def _come(one: _Going, day: date, *, only_open: bool) -> Iterator[Moment]:
    for moment in moments(one.plan, one.way):
        standing = moment.standing(day)
        if standing is Standing.OPEN or (standing is Standing.PAST and not only_open):
            yield moment


def _places(user: User, day: date, participant_id: UUID | None) -> QuerySet[Membership]:
    men = visible_to(user, Permission.ASSESSMENT_DUE)
    if participant_id is not None:
        men = men.filter(pk=participant_id)
    consent = Consent.objects.filter(participant=OuterRef("participant"), purpose="follow_up")
    return (
        Membership.objects.filter(
            participant__in=men.order_by(),
            visit=False,
            group__edition__model_slug__in=by_model().keys(),
            group__sessions__planned_on__gte=day - _REACH,
        )
        .annotate(follow_up=Subquery(consent.order_by("-turn").values("decision")[:1]))
        .select_related("participant", "group__edition")
        .order_by("joined_on", "joined_at_session")
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


def _known(ways: set[UUID]) -> _Known:
    known = _Known()
    if not ways:
        return known
    done = Assessment.objects.filter(way_id__in=ways, state=Assessment.State.DONE)
    for way_id, wave, slug in done.values_list("way_id", "wave", "instrument"):
        if way_id is not None:
            known.answered[way_id, wave].add(slug)
    tried = Approach.objects.filter(way_id__in=ways).order_by("made_at")
    for way_id, wave, outcome in tried.values_list("way_id", "wave", "outcome"):
        known.tried[way_id, wave].append(outcome)
    return known


def _due(one: _Going, moment: Moment, day: date, known: _Known) -> DueMoment:
    at = (one.way_id, moment.label)
    outcomes = known.tried.get(at, [])
    slugs = moment.wave.his
    closed = "past" if moment.standing(day) is Standing.PAST else ""
    if outcomes and outcomes[-1] == Approach.Outcome.DECLINED:
        closed = "declined"
    left = one.way.left_on is not None and one.way.left_on <= day
    consent = one.last.follow_up  # type: ignore[attr-defined]
    return DueMoment(
        participant_id=one.last.participant_id,
        folio=one.last.participant.folio,
        alias=one.last.participant.alias,
        way_id=one.way_id,
        wave=moment.label,
        name=moment.wave.name.now(),
        opens_on=moment.opens_on,
        closes_on=moment.closes_on,
        open_slugs=tuple(s for s in slugs if s not in known.answered.get(at, set())),
        of=len(slugs),
        after_leaving=left,
        may_be_sought=not left or consent == Consent.Decision.GIVEN,
        tried=len(outcomes),
        last_outcome=str(Approach.Outcome(outcomes[-1]).label) if outcomes else "",
        closed=closed,
    )
