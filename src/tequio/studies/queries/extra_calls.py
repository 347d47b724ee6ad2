"""Which of those drawn for a call besides still wait for it this week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.circles.models import Membership
from tequio.outreach.policies import places_called_by
from tequio.people.models import Consent
from tequio.studies.models import ExtraCall, Lottery, Ticket
from tequio.studies.rules.lotteries import NOW


@dataclass(frozen=True, slots=True)
class Given:
    """What the drawn help came to: calls, how many were answered, and men with none."""

    calls: int
    reached: int
    men: int
    without: int


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def callable_by(user: User) -> QuerySet[Ticket]:
    """Return the tickets of men whom this person may call, drawn for a call and still in it."""
    if user.scope(Permission.CALL_MAKE) is None:
        return Ticket.objects.none()
    men = places_called_by(user).filter(ended_on__isnull=True).values("participant")
    last = Consent.objects.filter(participant=OuterRef("participant"), purpose="contact")
    return (
        Ticket.objects.filter(
            lottery__organisation=user.organisation_id,
            lottery__kind=Lottery.Kind.CALLS,
            lottery__cancelled_on__isnull=True,
            start=NOW,
            released_on__isnull=True,
            participant__in=men,
        )
        .annotate(contact=Subquery(last.order_by("-turn").values("decision")[:1]))
        # Who does not want to be called is not called for a study either.
        .filter(
            Q(contact__isnull=True)
            | ~Q(contact__in=[Consent.Decision.REFUSED, Consent.Decision.WITHDRAWN])
        )
    )


def due(user: User, day: date) -> list[tuple[Ticket, Membership]]:
    """Return those not called yet in the week of that day, each with a place of his."""
    called = ExtraCall.objects.filter(ticket=OuterRef("pk"), week=week_of(day))
    tickets = {
        one.participant_id: one
        for one in callable_by(user).exclude(Exists(called)).order_by("code")
    }
    if not tickets:
        return []
    places = places_called_by(user).filter(participant__in=list(tickets), ended_on__isnull=True)
    found: dict[object, tuple[Ticket, Membership]] = {}
    for place in places.order_by("participant__alias", "pk"):
        found.setdefault(place.participant_id, (tickets[place.participant_id], place))
    return list(found.values())


def given(lottery: Lottery) -> Given:
    """Count what the drawn help came to so far."""
    drawn = Ticket.objects.filter(lottery=lottery, start=NOW).annotate(
        n=Count("calls"), yes=Count("calls", filter=Q(calls__reached=True))
    )
    rows = list(drawn.values_list("n", "yes"))
    return Given(
        calls=sum(n for n, _yes in rows),
        reached=sum(yes for _n, yes in rows),
        men=len(rows),
        without=sum(n == 0 for n, _yes in rows),
    )
