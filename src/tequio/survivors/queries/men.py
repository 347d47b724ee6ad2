"""What the wall may know of men: how they stand whom women named, and what they are asked next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from tequio.letters import agenda, men
from tequio.letters.men import Asked, Standing
from tequio.letters.models import Slot
from tequio.survivors.opened import OpenWall


def organisations(by: OpenWall) -> list[UUID]:
    """Return the organisations whose letters this wall opens: its own, and those it helps."""
    held = Slot.objects.filter(holder=by.wall.organisation_id).values_list("pk", flat=True)
    return sorted(held, key=lambda one: one != by.wall.organisation_id)


def standing_of(by: OpenWall, folios: Sequence[str]) -> Mapping[str, list[Standing]]:
    """Return how these men stand today. Outside, nothing tells that it was asked."""
    return men.standing(organisations(by), folios)


def next_talk(by: OpenWall, folio: str) -> tuple[UUID, Asked] | None:
    """Return the next talk with a man that nobody has begun, with his organisation."""
    where = men.key_of(organisations(by), folio)
    if where is None:
        return None
    coming = agenda.coming(*where)
    return (where[0], coming[0]) if coming else None
