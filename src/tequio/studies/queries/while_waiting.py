"""Asking the men whom a lottery drew to wait: else nobody could be compared with who begins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.scoped import Scoped
from tequio.core.questions import the
from tequio.instruments.definitions.waves import by_model
from tequio.instruments.rules.waves import Moment, Standing, moments
from tequio.people.models import Consent, Participant
from tequio.people.moments import DueMoment
from tequio.people.policies import visible_to
from tequio.people.queries.due import Asked, as_due, known
from tequio.programmes import queries as programmes
from tequio.programmes.models import Enrolment
from tequio.programmes.states import State
from tequio.studies.models import Lottery, Ticket
from tequio.studies.queries.waiting import STAND
from tequio.studies.rules import while_waiting as rules
from tequio.studies.rules.lotteries import LATER, NOW

# No moment comes later than three years after the draw.
_REACH: Final = timedelta(days=3 * 366)
_GONE: Final = (State.WITHDRAWN, State.EXCLUDED, State.REFERRED)
_SEATS: Final = Lottery.Kind.WAIT
_PLACE: Final = "participant__memberships"
# What he is asked on its own, in a text of its own; no older yes stands for it.
PURPOSE: Final = "while_waiting"


@dataclass(slots=True)
class Seat:
    """The first seat that a man of a lottery had in its edition, and the days from there on."""

    ticket: UUID
    lottery: UUID
    start: str
    on: date
    days: dict[int, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A man of the waiting arm: under which key he answers meanwhile, and since when he sits."""

    ticket: UUID
    seat_on: date | None


def calendar(
    user: User, day: date, participant_id: UUID | None, *, only_open: bool = False
) -> Sequence[DueMoment]:
    """Return the moments that have come of the men who wait, of one of them or of all."""
    tickets = [
        one
        for one in _TICKETS.ask(user, since=day - _REACH)
        if participant_id in (None, one.participant_id)
    ]
    if not tickets:
        return []
    standings = (Standing.OPEN,) if only_open else (Standing.OPEN, Standing.PAST)
    come = [(one, at) for one, at in _moments(tickets) if at.standing(day) in standings]
    said = known({one.pk for one, _moment in come})
    found = [as_due(_asked(one), moment, day, said) for one, moment in come]
    return sorted(found, key=lambda one: (one.closed != "", one.opens_on))


def waits(participant: Participant) -> bool:
    """Tell whether a lottery lets this man wait today, so that he is asked about it."""
    mine = Ticket.objects.filter(participant=participant, start=LATER, lottery__kind=_SEATS)
    stands = Enrolment.objects.filter(
        participant=participant, edition=OuterRef("lottery__edition"), state__in=STAND
    )
    mine = mine.filter(Exists(stands), lottery__cancelled_on__isnull=True)
    return mine.filter(released_on__isnull=True).exists()


def told(participants: Collection[UUID]) -> frozenset[UUID]:
    """Return who of these men was asked whether he may be looked for, whatever he said."""
    heard = Consent.objects.filter(participant__in=participants, purpose=PURPOSE)
    return frozenset(heard.values_list("participant", flat=True))


def waiting(lottery_id: UUID) -> Mapping[UUID, Waiting]:
    """Return who was drawn to wait, by man, with the day from which he waits no longer."""
    tickets = Ticket.objects.filter(lottery=lottery_id, lottery__kind=_SEATS, start=LATER)
    seats = _seats([lottery_id])
    return {
        man: Waiting(key, seats[key].on if key in seats else None)
        for key, man in tickets.values_list("pk", "participant")
    }


def _tickets(user: User) -> QuerySet[Ticket]:
    ways = Enrolment.objects.filter(
        participant=OuterRef("participant"), edition=OuterRef("lottery__edition")
    )
    men = visible_to(user, Permission.ASSESSMENT_DUE)
    return (
        Ticket.objects.filter(
            start=LATER,
            lottery__kind=_SEATS,
            lottery__cancelled_on__isnull=True,
            lottery__drawn_on__gte=the("since", DateField()),
            participant__in=men.order_by(),
        )
        .annotate(
            while_waiting=_last_word(PURPOSE),
            follow_up=_last_word("follow_up"),
            stands=Subquery(ways.order_by("-since", "-pk").values("state")[:1]),
        )
        .select_related("participant", "lottery__edition")
        .order_by("lottery__drawn_on", "rank")
    )


def _last_word(purpose: str) -> Subquery:
    said = Consent.objects.filter(participant=OuterRef("participant"), purpose=purpose)
    return Subquery(said.order_by("-turn").values("decision")[:1])


_TICKETS = Scoped(_tickets)


def _moments(tickets: Sequence[Ticket]) -> Iterator[tuple[Ticket, Moment]]:
    seats = _seats({one.lottery_id for one in tickets})
    found: dict[UUID, Sequence[Moment]] = {}
    for one in tickets:
        lottery, seat = one.lottery, seats.get(one.pk)
        if lottery.pk not in found:
            found[lottery.pk] = _of(lottery, seats.values())
        yield from (
            (one, moment)
            for moment in rules.until_seated(
                found[lottery.pk],
                drawn_on=lottery.drawn_on or date.max,
                seat_on=seat.on if seat is not None else None,
            )
        )


def _of(lottery: Lottery, seats: Iterable[Seat]) -> Sequence[Moment]:
    """Return the moments of everybody who waits for a lottery, before anybody has a seat."""
    edition, drawn_on = lottery.edition, lottery.drawn_on
    plan = by_model().get(edition.model_slug) if edition is not None else None
    if edition is None or drawn_on is None or plan is None:
        return ()
    way = rules.beside(
        [one.days for one in seats if one.lottery == lottery.pk and one.start == NOW],
        drawn_on=drawn_on,
        planned=edition.sessions_planned,
        every_days=programmes.every_days(edition),
    )
    return moments(plan, way)


def _asked(one: Ticket) -> Asked:
    left = one.stands in _GONE  # type: ignore[attr-defined]
    # He comes to nothing yet: to ask him is to look for him, and that he agreed to on its own.
    # Who left the line is looked for only where he agreed to that as well.
    needed = [one.while_waiting, *([one.follow_up] if left else [])]  # type: ignore[attr-defined]
    return Asked(
        man=one.participant,
        way_id=one.pk,
        left=left,
        may_be_sought=all(said == Consent.Decision.GIVEN for said in needed),
        name=str(State.WAITING.label),
        never=rules.NEVER,
    )


def _seats(lotteries: Collection[UUID]) -> dict[UUID, Seat]:
    """Return by ticket the first seat that each man had after the list was closed.

    Who waits and begins in another edition waits no longer either.
    """
    closed_on, place = F("lottery__closed_on"), f"{_PLACE}__%s"
    rows = Ticket.objects.filter(
        Q(**{place % "ended_on__isnull": True}) | Q(**{place % "ended_on__gt": closed_on}),
        Q(**{place % "group__edition": F("lottery__edition")})
        | Q(**{place % "joined_on__gt": closed_on}, start=LATER),
        **{place % "visit": False},
        lottery__in=lotteries,
        start__in=(NOW, LATER),
    )
    names = ("joined_on", "joined_at_session", "group__starts_on")
    days = ("group__sessions__position", "group__sessions__planned_on")
    columns = ("pk", "lottery", "lottery__closed_on", "start", _PLACE)
    seats: dict[tuple[UUID, UUID], Seat] = {}
    for key, lottery, closed, start, at, joined, first, began, n, on in rows.values_list(
        *columns, *(place % name for name in (*names, *days))
    ):
        seat = seats.setdefault((key, at), Seat(key, lottery, start, joined or began or closed))
        if on is not None and n >= first:
            seat.days[n - first + 1] = on
    found: dict[UUID, Seat] = {}
    for seat in seats.values():
        if seat.ticket not in found or seat.on < found[seat.ticket].on:
            found[seat.ticket] = seat
    return found
