"""What follows when a man takes back what he needs to take part: he leaves the programme.

Places and states belong to rooms above; they say here, when the house starts, how he leaves them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tequio.access.models import User
from tequio.people.models import Participant

# Who wrote it down, the man, and the day from which he takes part no more.
Leaves = Callable[[User, Participant, date], None]

_leaves: dict[str, Leaves] = {}


def register(name: str, leaves: Leaves) -> None:
    """Register how he leaves what another room keeps of him; it refuses nothing."""
    _leaves[name] = leaves


def leave(*, by: User, participant: Participant, on: date) -> None:
    """Let him leave everything in which he takes part."""
    for leaves in _leaves.values():
        leaves(by, participant, on)
