"""What the wall may ask about a man today. Rooms above answer; they read and write nothing.

No line in the log, no mark in a session, no row: that somebody asked cannot be seen outside
(docs/adr/0070). What comes back is coded: a day, a state, never a word of his.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Standing:
    """How a man stands in one programme today. Attendance is never safety."""

    programme: str
    state: str  # in words, as the men's side says it
    state_code: str
    since: date | None
    # The last meeting of his group that was held, and whether he was there; "" is not recorded.
    last_held_on: date | None = None
    last_status: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The talk to come with a man, as far as the wall may touch it."""

    agenda_id: UUID
    due_on: date
    subjects: tuple[str, ...]


KeyOf = Callable[[UUID, str], UUID | None]
Ways = Callable[[UUID, UUID], Sequence[Standing]]


@dataclass(slots=True)
class _Registered:
    key_of: KeyOf | None = None
    ways: Ways | None = None


_here = _Registered()


def register_key(key_of: KeyOf) -> None:
    """Answer which man of an organisation has a folio; the room of people does."""
    _here.key_of = key_of


def register_ways(ways: Ways) -> None:
    """Answer how a man stands; the room of circles does."""
    _here.ways = ways


def key_of(organisations: Sequence[UUID], folio: str) -> tuple[UUID, UUID] | None:
    """Return the organisation and the key of the man with this folio, if one of these has him."""
    if _here.key_of is None:
        return None
    for organisation in organisations:
        key = _here.key_of(organisation, folio)
        if key is not None:
            return organisation, key
    return None


def standing(organisations: Sequence[UUID], folios: Sequence[str]) -> Mapping[str, list[Standing]]:
    """Return how each of these men stands today; who is not found has no entry."""
    found: dict[str, list[Standing]] = {}
    for folio in folios:
        where = key_of(organisations, folio)
        if where is not None and _here.ways is not None:
            found[folio] = list(_here.ways(*where))
    return found
