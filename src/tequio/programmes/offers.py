"""What rooms above tell this one when the house starts: seats in groups, and a man's dose.

A waiting list needs to know where a seat is free, and seats are kept by the room of circles,
which stands above. It registers here; nothing of it is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from tequio.access.models import User
from tequio.people.models import Participant
from tequio.programmes.models import Edition
from tequio.programmes.rules import Dose


@dataclass(frozen=True, slots=True)
class Seats:
    """A group with its seats: `why_not` says in a sentence why nobody may come in now."""

    group_id: UUID
    name: str
    url: str
    edition_id: UUID
    site_id: UUID
    taken: int
    largest: int
    admits: bool
    why_not: str = ""

    @property
    def free(self) -> int:
        """Seats that are free."""
        return max(self.largest - self.taken, 0)


Groups = Callable[[User], Sequence[Seats]]
Counted = Callable[[User, Participant, Edition], Dose | None]


@dataclass(frozen=True, slots=True)
class _Registered:
    groups: Groups | None = None
    dose: Counted | None = None


_here = [_Registered()]


def register_groups(provider: Groups) -> None:
    """Hear from whoever keeps the groups; a later one takes the place of an earlier one."""
    _here[0] = replace(_here[0], groups=provider)


def register_dose(provider: Counted) -> None:
    """Hear from whoever keeps attendance."""
    _here[0] = replace(_here[0], dose=provider)


def groups(user: User) -> Sequence[Seats]:
    """Return the groups that this person may see, with their seats."""
    provider = _here[0].groups
    return provider(user) if provider else ()


def dose(user: User, participant: Participant, edition: Edition) -> Dose | None:
    """Return what he attended of what was held, or None where nobody knows."""
    provider = _here[0].dose
    return provider(user, participant, edition) if provider else None


@contextmanager
def only(*, groups: Groups | None = None, dose: Counted | None = None) -> Iterator[None]:
    """Within this block nobody else is heard: for tests."""
    before = _here[0]
    _here[0] = _Registered(groups, dose)
    try:
        yield
    finally:
        _here[0] = before
