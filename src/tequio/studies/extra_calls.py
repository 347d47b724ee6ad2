"""Whom a lottery gave a call besides, week by week: what the room of calls asks of this one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from tequio.access.models import User
from tequio.outreach import besides
from tequio.outreach.besides import Besides
from tequio.studies.queries.extra_calls import due


def men(user: User, day: date) -> Sequence[Besides]:
    """Return the men of this person's groups whom nobody called yet in the week of that day."""
    return [
        Besides(
            membership_id=place.pk,
            alias=place.participant.alias,
            group_name=place.group.name,
            url=reverse("studies:extra-call", args=[ticket.pk]),
        )
        for ticket, place in due(user, day)
    ]


def register() -> None:
    """Tell the room of calls; the house does so when it starts."""
    besides.register(men)
