"""How many accepted men wait and how many seats are free, today and at the end of each month.

Men's-side facts alone: the waiting list, groups and their seats, the last judgement of risk, and
whether an authority sent him.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count as CountOf
from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery

from tequio.access.models import User
from tequio.circles.models import Group, Membership, Session
from tequio.people import concerns
from tequio.people.models import Intake, Motive
from tequio.people.sealed import answers_of
from tequio.programmes import queries as programmes
from tequio.programmes.models import Edition, Enrolment, EnrolmentStep, Site
from tequio.programmes.rules import may_enter
from tequio.programmes.states import State
from tequio.studies.models import Lottery, Ticket
from tequio.studies.rules import lotteries as rules
from tequio.studies.rules.lotteries import Count, Offer

STAND: Final = (State.ACCEPTED, State.WAITING)
_SENT_BY_AUTHORITY: Final = "yes"


@dataclass(frozen=True, slots=True)
class Queue:
    """The line of one edition, or of one site of it: today, over time, and what follows."""

    edition: Edition
    now: Count
    months: Sequence[Count]
    longest_wait: int
    site: Site | None = None

    @property
    def offer(self) -> Offer:
        """Whether a lottery of its seats may be offered."""
        return rules.offer(self.now, self.months)


def queues(user: User, today: date) -> list[Queue]:
    """Return the line of every signed edition of the person's organisation."""
    editions = list(
        Edition.objects.filter(organisation=user.organisation_id, signed_at__isnull=False).order_by(
            "name", "pk"
        )
    )
    return _counted([one for one in editions if not programmes.claims_nothing(one)], None, today)


def queue(edition: Edition, site: Site | None, today: date) -> Queue:
    """Return the line of one edition, at one site or at all of them."""
    return _counted([edition], site, today)[0]


def standing(edition: Edition, site: Site | None) -> list[Enrolment]:
    """Return the men who are accepted and have no seat; who has no site would come to any."""
    found = Enrolment.objects.filter(edition=edition, state__in=STAND).select_related("participant")
    return [
        way
        for way in found.order_by("since", "pk")
        if site is None or way.site_id in (None, site.pk)
    ]


def no_wait(participants: Collection[UUID]) -> frozenset[UUID]:
    """Return who is never delayed: high risk, sent by a court, or ordered by any authority."""
    keys = list(participants)
    if not keys:
        return frozenset()
    return concerns.who_does_not_wait(keys) | ordered(keys)


def ordered(participants: Collection[UUID]) -> frozenset[UUID]:
    """Return whom an authority of any kind sent, as his intake says."""
    intakes = Intake.objects.filter(participant__in=participants, state=Intake.State.DONE)
    return frozenset(
        intake.participant_id
        for intake in intakes.defer("texts")
        if intake.motive == Motive.ORDERED or answers_of(intake).mandated == _SENT_BY_AUTHORITY
    )


def waited(participants: Collection[UUID]) -> frozenset[UUID]:
    """Return who was drawn to wait before: nobody is made to wait twice, whatever came of it."""
    before = Ticket.objects.filter(
        participant__in=list(participants), lottery__kind=Lottery.Kind.WAIT, start=rules.LATER
    )
    return frozenset(before.values_list("participant", flat=True))


@dataclass(frozen=True, slots=True)
class _Way:
    """One man's way through an edition: who he is, and each step with its day."""

    participant: UUID
    edition: UUID
    steps: list[tuple[date, str]]

    def stood(self, on: date) -> bool:
        """Whether he stood in line at the end of a day."""
        before = [state for day, state in self.steps if day <= on]
        return bool(before) and before[-1] in STAND

    @property
    def stands(self) -> bool:
        """Whether he stands in line now."""
        return self.steps[-1][1] in STAND


def _counted(editions: Sequence[Edition], site: Site | None, today: date) -> list[Queue]:
    days = rules.month_ends(today)
    ways = _ways(editions, site)
    seats = _seats(editions, site, [*days, today])
    everybody = [way.participant for way in ways if way.stands]
    outside = no_wait(everybody) | waited(everybody)
    found = []
    for one in editions:
        own = [way for way in ways if way.edition == one.pk]
        here = {way.participant for way in own if way.stands}
        free = seats[one.pk]
        found.append(
            Queue(
                edition=one,
                now=Count(today, len(here), free[-1], len(here & outside)),
                months=[
                    Count(day, sum(way.stood(day) for way in own), free[at])
                    for at, day in enumerate(days)
                ],
                longest_wait=rules.longest_wait(one.sessions_planned, programmes.every_days(one)),
                site=site,
            )
        )
    return found


def _ways(editions: Sequence[Edition], site: Site | None) -> list[_Way]:
    """Return every way through these editions; who has no site would come to any."""
    steps = EnrolmentStep.objects.filter(enrolment__edition__in=[one.pk for one in editions])
    columns = ("enrolment", "enrolment__participant", "enrolment__edition", "enrolment__site")
    found: dict[UUID, _Way] = {}
    rows = steps.order_by("enrolment", "position").values_list(*columns, "happened_on", "to_state")
    for key, man, edition, wanted, on, state in rows:
        if site is None or wanted in (None, site.pk):
            found.setdefault(key, _Way(man, edition, [])).steps.append((on, state))
    return list(found.values())


def _seats(
    editions: Sequence[Edition], site: Site | None, days: Sequence[date]
) -> Mapping[UUID, Sequence[int]]:
    """Count the seats free at the end of each day in groups that still took somebody in."""
    groups = Group.objects.filter(edition__in=[one.pk for one in editions], import_id__isnull=True)
    if site is not None:
        groups = groups.filter(site=site)
    # A seat that was given for next week is not free today, the last of the days.
    taken = {
        f"taken_{at}": _taken(day, date.max if at == len(days) - 1 else day)
        for at, day in enumerate(days)
    }
    kept = list(groups.annotate(last_held=_last_held(), **taken).select_related("site"))
    found: dict[UUID, list[int]] = {one.pk: [0] * len(days) for one in editions}
    for edition in editions:
        entry, apart = programmes.entry(edition), programmes.every_days(edition)
        for group in (one for one in kept if one.edition_id == edition.pk):
            for at, day in enumerate(days):
                held = (group.last_held or 0) if at == len(days) - 1 else None
                if _takes_in(group, entry, apart, day, held):
                    free = entry.largest - (getattr(group, f"taken_{at}") or 0)
                    found[edition.pk][at] += max(free, 0)
    return found


def _taken(day: date, since: date) -> Subquery:
    """How many places of a group were taken on a day by who had come until another."""
    there = Membership.objects.filter(
        Q(joined_on__isnull=True) | Q(joined_on__lte=since),
        Q(ended_on__isnull=True) | Q(ended_on__gt=day),
        group=OuterRef("pk"),
        visit=False,
    )
    return _first(there.order_by().values("group").annotate(n=CountOf("pk")).values("n"))


def _last_held() -> Subquery:
    held = Session.objects.filter(group=OuterRef("pk"), state=Session.State.HELD)
    return _first(held.order_by("-position").values("position")[:1])


def _first(rows: QuerySet[Any, Any]) -> Subquery:
    return Subquery(rows, output_field=IntegerField())


def _takes_in(
    group: Group, entry: programmes.Entry, apart: int, day: date, last_held: int | None
) -> bool:
    """Tell whether somebody new may come in: today by what was held, before by the calendar."""
    if group.closed_on is not None and group.closed_on <= day:
        return False
    if group.created_at.astimezone(ZoneInfo(group.site.timezone)).date() > day:
        return False
    meetings = last_held or 0
    if last_held is None and group.starts_on is not None and group.starts_on < day:
        meetings = 1 + (day - group.starts_on).days // apart
    return may_enter(entry.kind, position_of_next=meetings + 1, late_until=entry.late_until)
