"""Keeps the order of a group's meetings when some come in between, or go."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F

from tequio.access.models import User
from tequio.circles.importing.match import place_after, place_before
from tequio.circles.models import Group, Membership, Session

# Two meetings never stand in the same place, not even for a moment: first all step aside.
_ASIDE = 10_000


@transaction.atomic
def arrange(*, by: User, group: Group, order: Sequence[UUID]) -> None:
    """Put a group's meetings into an order; each man's first and last meeting move with them."""
    old = dict(group.sessions.values_list("pk", "position"))
    moved = {old[key]: place for place, key in enumerate(order, start=1)}
    if all(before == after for before, after in moved.items()):
        return
    group.sessions.update(position=F("position") + _ASIDE)
    sessions = list(group.sessions.all())
    for session in sessions:
        session.position = moved[session.position - _ASIDE]
    Session.objects.bulk_update(sessions, ["position"], batch_size=200)
    places = list(group.memberships.all())
    for place in places:
        place.joined_at_session = place_after(place.joined_at_session, moved)
        if place.ended_at_session is not None:
            place.ended_at_session = place_before(place.ended_at_session, moved)
        if place.visit:
            place.ended_at_session = place.joined_at_session
    Membership.objects.bulk_update(places, ["joined_at_session", "ended_at_session"], 200)


@transaction.atomic
def close_gaps(*, by: User, group: Group) -> None:
    """Number a group's meetings 1, 2, 3… again after some of them went."""
    keys = group.sessions.order_by("position").values_list("pk", flat=True)
    arrange(by=by, group=group, order=list(keys))
