"""What a certificate counts: sessions attended of those held, and between which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Min, Q

from tequio.access.models import User
from tequio.circles.models import Session
from tequio.circles.queries.dose import dose
from tequio.people.models import Participant
from tequio.programmes.models import Edition
from tequio.programmes.rules import Dose

_PLACE = "group__memberships"


@dataclass(frozen=True, slots=True)
class Counted:
    """His dose, and the first and last day on which a session was held for him."""

    dose: Dose
    first_on: date | None
    last_on: date | None


def counted(user: User, participant: Participant, edition: Edition) -> Counted:
    """Count his sessions in all groups of an edition; nothing where nobody can say."""
    days = (
        Session.objects.filter(
            Q(**{f"{_PLACE}__ended_at_session__isnull": True})
            | Q(position__lte=F(f"{_PLACE}__ended_at_session")),
            Q(position__gte=F(f"{_PLACE}__joined_at_session")),
            Q(**{f"{_PLACE}__participant": participant}),
            group__edition=edition,
            state=Session.State.HELD,
        )
        .order_by()
        .aggregate(first=Min("planned_on"), last=Max("planned_on"))
    )
    found = dose(user, participant, edition) or Dose(0, 0)
    return Counted(found, days["first"], days["last"])
