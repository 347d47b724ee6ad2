"""Where and when groups meet, for whoever has to meet elsewhere."""

from __future__ import annotations

from uuid import UUID

from tequio.circles.models import Group
from tequio.letters.calendar import Meeting


def meetings(organisation_id: UUID) -> list[Meeting]:
    """Return the open groups with a fixed day and hour. Nobody is asked who wants to know."""
    groups = Group.objects.filter(
        organisation=organisation_id,
        closed_on__isnull=True,
        weekday__isnull=False,
        starts_at__isnull=False,
        online=False,
    )
    rows = groups.values_list("name", "site__name", "weekday", "starts_at")
    return [
        Meeting(name, place, day, at) for name, place, day, at in rows if at and day is not None
    ]
