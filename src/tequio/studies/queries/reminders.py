"""What Hoy reminds whoever runs a study of: one question for lotteries, one for releases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Count,
    DateField,
    Exists,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.scoped import Scoped
from tequio.core.questions import the
from tequio.programmes.models import Enrolment
from tequio.studies import recipe as recipes
from tequio.studies import reminder_words as words
from tequio.studies.models import Lottery, Plan, Run, Study, Ticket, Turn
from tequio.studies.policies.lotteries import lotteries_visible_to, sees_men
from tequio.studies.policies.studies import studies_visible_to
from tequio.studies.queries.lotteries import last_day
from tequio.studies.queries.waiting import STAND
from tequio.studies.rules import calendar
from tequio.studies.rules import reminders as rules
from tequio.studies.rules.lotteries import EXEMPT, LATER, NOW
from tequio.studies.rules.reminders import Ceremony, What
from tequio.ui.addresses import address

# No order of sites or groups is longer than three years.
_REACH: Final = timedelta(days=3 * 366)
_OF_MEN: Final = (What.SEATS, What.WAIT_ENDS, What.WAIT_ENDED)
_UNDER_WAY: Final = (Run.State.WAITING, Run.State.RUNNING, Run.State.DONE)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One line of Hoy: what to do, of what, until when, and where."""

    title: str
    what_to_do: str
    of: str
    on: date
    presses: bool
    url: str


def due(user: User, day: date) -> tuple[Reminder, ...]:
    """Return what a study asks of this person today, what presses first."""
    found: list[Reminder] = []
    if user.scope(Permission.LOTTERY_RUN) is not None:
        found += _of_lotteries(user, day)
    if user.scope(Permission.RUN_START) is not None:
        found += _of_releases(user, day)
    return tuple(sorted(found, key=lambda one: (not one.presses, one.on, one.of)))


def _of_lotteries(user: User, day: date) -> Iterator[Reminder]:
    gives_seats = sees_men(user)
    for one in _LOTTERIES.ask(user, today=day, since=day - _REACH):
        ceremony = _ceremony(user, one)
        for what, on in rules.of_lottery(ceremony, day):
            if what in _OF_MEN and not gives_seats:
                continue
            n = ceremony.without_seat if what is What.SEATS else ceremony.wait
            of = f"{one.study.title} · {one.code}"
            yield _line(what, on, of, address("studies:lottery", one.pk), n)


def _ceremony(user: User, one: Any) -> Ceremony:
    return Ceremony(
        closes_on=one.closes_on,
        beacon_on=one.beacon_on,
        closed_on=one.closed_on,
        said=bool(one.said),
        said_by_me=one.said_by_id == user.pk,
        confirmed=bool(one.beacon),
        drawn_on=one.drawn_on,
        last_day=last_day(one) if one.kind == Lottery.Kind.WAIT else None,
        without_seat=one.without_seat or 0,
        wait=one.wait or 0,
        starts_on=one.next_start,
    )


def _of_releases(user: User, day: date) -> Iterator[Reminder]:
    """Of what women tell there is none: it is made behind the wall, and only there is it due."""
    studies: dict[UUID, tuple[str, object, set[date]]] = {}
    for key, title, recipe, run_on in _STUDIES.ask(user):
        studies.setdefault(key, (title, recipe, set()))[2].add(run_on)
    for key, (title, recipe, taken) in studies.items():
        if recipe is None:
            continue
        found = rules.of_calendar(calendar.days(recipes.read(recipe)), taken, day)
        if found is not None:
            what, one = found
            of = f"{title} · {calendar.in_words(one)}"
            yield _line(what, one.on, of, address("studies:data", key))


def _line(what: What, on: date, of: str, url: str, men: int = 0) -> Reminder:
    return Reminder(
        words.title(what, men), words.what_to_do(what), of, on, what not in rules.QUIET, url
    )


def _lotteries(user: User) -> QuerySet[Lottery]:
    stands = Enrolment.objects.filter(
        participant=OuterRef("participant"), edition=OuterRef("lottery__edition"), state__in=STAND
    )
    line = Ticket.objects.filter(Exists(stands), lottery=OuterRef("pk"))
    free = Q(start__in=(NOW, EXEMPT)) | Q(released_on__isnull=False)
    next_turn = Turn.objects.filter(
        lottery=OuterRef("pk"), starts_on__gte=the("today", DateField())
    )
    return (
        lotteries_visible_to(user)
        .filter(
            Q(drawn_on__isnull=True) | Q(drawn_on__gte=the("since", DateField())),
            cancelled_on__isnull=True,
        )
        .annotate(
            without_seat=_how_many(line.filter(free)),
            wait=_how_many(line.filter(start=LATER, released_on__isnull=True)),
            next_start=Subquery(next_turn.order_by("starts_on", "pk").values("starts_on")[:1]),
        )
        .select_related("study")
        # What is published is long, and no day stands in it.
        .defer("listed", "record", "basis", "sealed_seed", "study__choices")
        .order_by("closes_on", "code")
    )


def _how_many(tickets: QuerySet[Ticket]) -> Subquery:
    counted = tickets.order_by().values("lottery").annotate(n=Count("pk")).values("n")
    return Subquery(counted, output_field=IntegerField())


def _studies(user: User) -> QuerySet[Study, tuple[UUID, str, object, date]]:
    plans = Plan.objects.filter(study=OuterRef("pk")).order_by("-number")
    return (
        studies_visible_to(user)
        .filter(state=Study.State.PLANNED)
        .exclude(informant=Study.Informant.WOMEN)
        .annotate(
            holds=Subquery(plans.values("recipe")[:1]),
            under_way=FilteredRelation("runs", condition=Q(runs__state__in=_UNDER_WAY)),
        )
        .order_by("title", "pk")
        .values_list("pk", "title", "holds", "under_way__due_on")
    )


_LOTTERIES: Final = Scoped(_lotteries)
_STUDIES: Final = Scoped(_studies)
