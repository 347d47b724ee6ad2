"""Who is part of an open wall, and whose letters come to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.letters.models import Slot
from tequio.survivors.opened import OpenWall
from tequio.survivors.policies import may_come_to_the_door, members_of


@dataclass(frozen=True, slots=True)
class Member:
    """A member, and whether the door still opens for her."""

    user: User
    comes: bool
    myself: bool


def team(*, by: OpenWall) -> list[Member]:
    """Return the members; whoever lost her role is marked, as her share still lies here."""
    people = members_of(by.wall).select_related("organisation").prefetch_related("grants")
    return [Member(user, may_come_to_the_door(user), user.pk == by.user.pk) for user in people]


def lent_to(by: OpenWall) -> QuerySet[Slot]:
    """Return the other organisations whose letters come to this wall."""
    slots = Slot.objects.filter(holder=by.user.organisation_id, held_by=Slot.Holder.ALLIED)
    return slots.select_related("organisation").order_by("organisation__name", "pk")
