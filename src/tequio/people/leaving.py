"""What follows when a man takes back what he needs to take part: he leaves the programme.

Places and states belong to rooms above; they say here, when the house starts, how he leaves them.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from tequio.access.models import User
from tequio.people.models import Participant


class Leaves(Protocol):
    """What a room does when he leaves it: who wrote it down, the man, and from which day."""

    def __call__(self, *, by: User, participant: Participant, on: date) -> None: ...


_leaves: dict[str, Leaves] = {}


def register(name: str, leaves: Leaves) -> None:
    """Register how he leaves what another room keeps of him; it refuses nothing."""
    _leaves[name] = leaves


def leave(*, by: User, participant: Participant, on: date) -> None:
    """Let him leave everything in which he takes part."""
    for leaves in _leaves.values():
        leaves(by=by, participant=participant, on=on)
