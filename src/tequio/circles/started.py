"""Which men are on their way in a group and since when: for the room that talks to each."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Min, Q

from tequio.circles.absences import CAME, running
from tequio.circles.models import Group, Membership


class OnHisWay(NamedTuple):
    """A man with an open place, and the first meeting to which he came; None before that."""

    participant_id: UUID
    first_on: date | None


def on_their_way(organisation_id: UUID) -> list[OnHisWay]:
    """Return the men of an organisation's running groups, each once, in one query."""
    came = Q(attendances__status__in=CAME)
    rows = (
        Membership.objects.filter(
            group__in=running(Group.objects.filter(organisation=organisation_id)),
            ended_on__isnull=True,
            visit=False,
        )
        .values("participant_id")
        .annotate(first_on=Min("attendances__session__planned_on", filter=came))
        .order_by("participant_id")
        .values_list("participant_id", "first_on")
    )
    return [OnHisWay(*row) for row in rows]
