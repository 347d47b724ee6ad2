"""Reading lotteries: how far each is, who waits and until when, and the arms that came of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from tequio.access.models import User
from tequio.circles.models import Group
from tequio.core.errors import DomainError
from tequio.core.ids import parse_folio
from tequio.people.models import Participant
from tequio.programmes.models import Edition, Enrolment, Site
from tequio.programmes.states import State
from tequio.studies.models import Lottery, Ticket, Turn
from tequio.studies.policies.lotteries import lotteries_visible_to, sees_men
from tequio.studies.queries.waiting import no_wait, waited
from tequio.studies.rules import lotteries as rules


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list as the team sees it: a code, and who it is for whoever may know."""

    ticket: Ticket
    alias: str
    folio: str
    waits_until: date | None
    # What took him out of waiting, where something did.
    free_because: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A result in counts, with those whose row is gone because they were forgotten."""

    listed: int
    now: int
    later: int
    exempt: int
    forgotten: int


def lotteries(user: User) -> Sequence[Lottery]:
    """Return the lotteries of the organisation, newest first."""
    found = lotteries_visible_to(user).select_related("edition", "site")
    return list(found.order_by("-announced_at", "code"))


def in_course(lotteries: Iterable[Lottery], today: date) -> Mapping[UUID, Lottery]:
    """Return for each edition the lottery of its seats that is not over yet."""
    return {
        one.edition_id: one
        for one in lotteries
        if one.edition_id is not None
        and one.kind == Lottery.Kind.WAIT
        and one.cancelled_on is None
        and today < _over(one)
    }


def men_in(edition: Edition, site: Site | None) -> list[Participant]:
    """Return the men who have a seat in a group of an edition, for help that is drawn."""
    ways = Enrolment.objects.filter(edition=edition, state=State.IN_GROUP)
    if site is not None:
        ways = ways.filter(
            participant__memberships__group__site=site,
            participant__memberships__ended_on__isnull=True,
        )
    return [way.participant for way in ways.select_related("participant").distinct()]


def outside(lottery: Lottery, men: Collection[UUID]) -> Mapping[UUID, Ticket.Exempt]:
    """Return whom no lottery may delay, of those who would be drawn, each with why.

    A call besides is nothing that anybody waits for: only a person takes somebody out of that.
    """
    if lottery.kind != Lottery.Kind.WAIT:
        return {}
    again = dict.fromkeys(waited(men), Ticket.Exempt.AGAIN)
    return again | dict.fromkeys(no_wait(men), Ticket.Exempt.NO_WAIT)


def entries(user: User, lottery: Lottery, today: date) -> list[Entry]:
    """Return the list of a lottery of men, by code; without a folio for who may not know."""
    tickets = list(
        Ticket.objects.filter(lottery=lottery).select_related("participant").order_by("code")
    )
    seats = lottery.kind == Lottery.Kind.WAIT
    urgent = no_wait([one.participant_id for one in tickets]) if seats else frozenset()
    known = sees_men(user)
    return [
        Entry(
            ticket=one,
            alias=one.participant.alias if known else "",
            folio=one.participant.folio if known else "",
            waits_until=_until(lottery, one, urgent, today),
            free_because=_free_because(one, urgent),
        )
        for one in tickets
    ]


def turns(lottery: Lottery) -> list[Turn]:
    """Return the sites or groups of a lottery, in the order drawn."""
    found = Turn.objects.filter(lottery=lottery).select_related("site", "group")
    return list(found.order_by("rank", "code"))


def tally(lottery: Lottery) -> Tally:
    """Count a result from its published list, and how many rows are left of it."""
    rows = rules.of_listing(lottery.listed)
    starts = list(lottery.tickets.values_list("start", flat=True))
    outside = sum(exempt for _code, exempt in rows)
    now = lottery.seats or 0
    later = len(rows) - outside - now
    return Tally(len(rows), now, max(later, 0), outside, len(rows) - len(starts))


def published(code: str) -> Lottery | None:
    """Find a lottery by the code under which it is public, however it was typed."""
    try:
        wanted = parse_folio(code)
    except DomainError:
        return None
    return Lottery.objects.select_related("organisation").filter(code=wanted).first()


def held(participant: Participant, edition: Edition, on: date) -> tuple[Lottery, date] | None:
    """Return the lottery that holds a man's seat in an edition on that day, and until when."""
    tickets = Ticket.objects.filter(
        participant=participant,
        lottery__edition=edition,
        lottery__kind=Lottery.Kind.WAIT,
        lottery__closed_on__isnull=False,
    ).select_related("lottery")
    found = list(tickets)
    urgent = no_wait([participant.pk]) if found else frozenset()
    for one in found:
        until = _until(one.lottery, one, urgent, on)
        if until is not None:
            return one.lottery, until
    return None


def waits(
    ways: Sequence[Enrolment], urgent: Collection[UUID], on: date
) -> Mapping[UUID, tuple[Ticket, date]]:
    """Return of a whole line, by way, who is held on that day, by which ticket, and until when."""
    tickets = Ticket.objects.filter(
        participant__in=[way.participant_id for way in ways],
        lottery__kind=Lottery.Kind.WAIT,
        lottery__closed_on__isnull=False,
        lottery__cancelled_on__isnull=True,
    ).select_related("lottery")
    # What is published is long, and stands behind each of its tickets.
    long = ("listed", "record", "basis", "sealed_seed")
    by_way = {(way.participant_id, way.edition_id): way.pk for way in ways}
    found: dict[UUID, tuple[Ticket, date]] = {}
    for one in tickets.defer(*(f"lottery__{name}" for name in long)):
        key = by_way.get((one.participant_id, one.lottery.edition_id or one.pk))
        until = _until(one.lottery, one, urgent, on)
        if key is not None and until is not None:
            found[key] = one, until
    return found


def arms(lottery_id: UUID) -> Mapping[UUID, str]:
    """Return the arm of each participant as it was drawn, whatever happened afterwards.

    Of sites and groups: ``started`` where his first seat began on the day of his place or later.
    Who was outside the lottery has no arm: he is not compared.
    """
    lottery = Lottery.objects.get(pk=lottery_id)
    if lottery.of_men:
        return {
            one.participant_id: word
            for one in Ticket.objects.filter(lottery=lottery).exclude(start="")
            if (word := rules.arm(lottery.kind, one.start))
        }
    return _by_place(lottery)


def starts(lottery_id: UUID) -> Mapping[UUID, date]:
    """Return on which day each site (or group) of a staggered start begins, by its key."""
    found = Turn.objects.filter(lottery=lottery_id, starts_on__isnull=False)
    return {
        key: one.starts_on
        for one in found
        if (key := one.site_id or one.group_id) and one.starts_on is not None
    }


def _by_place(lottery: Lottery) -> Mapping[UUID, str]:
    began = starts(lottery.pk)
    first, second = rules.ARMS[lottery.kind]
    by_site = lottery.kind == Lottery.Kind.SITES
    groups = Group.objects.filter(**{"site__in" if by_site else "pk__in": list(began)})
    rows = groups.filter(
        memberships__visit=False, memberships__joined_on__isnull=False
    ).values_list("memberships__participant", "memberships__joined_on", "site" if by_site else "pk")
    found: dict[UUID, str] = {}
    for man, joined, place in rows.order_by("memberships__joined_on", "pk"):
        found.setdefault(man, first if joined >= began[place] else second)
    return found


def _until(lottery: Lottery, ticket: Ticket, urgent: Collection[UUID], on: date) -> date | None:
    if lottery.closed_on is None or lottery.kind != Lottery.Kind.WAIT:
        return None
    one = rules.Standing(
        closed_on=lottery.closed_on,
        beacon_on=lottery.beacon_on,
        max_delay_days=lottery.max_delay_days,
        drawn=lottery.drawn_on is not None,
        start=ticket.start,
        exempt=bool(ticket.exempt),
        cancelled=lottery.cancelled_on is not None and lottery.cancelled_on <= on,
        released=ticket.released_on is not None and ticket.released_on <= on,
    )
    return rules.held_until(one, urgent=ticket.participant_id in urgent, on=on)


def _free_because(ticket: Ticket, urgent: Collection[UUID]) -> str:
    if ticket.released_because or ticket.exempt:
        return str(Ticket.Exempt(ticket.released_because or ticket.exempt).label)
    return str(Ticket.Exempt.NO_WAIT.label) if ticket.participant_id in urgent else ""


def late_for(lottery: Lottery, today: date) -> bool:
    """Tell whether the day of the number is over by so much that it holds nobody any more."""
    return not lottery.record and today >= lottery.beacon_on + rules.PATIENCE


def _over(lottery: Lottery) -> date:
    until = last_day(lottery) if lottery.record else None
    return until or lottery.beacon_on + rules.PATIENCE


def last_day(lottery: Lottery) -> date | None:
    """Return the day from which nobody waits for this lottery any more."""
    if lottery.closed_on is None:
        return None
    return lottery.closed_on + timedelta(days=lottery.max_delay_days)
