"""Which moments are due for whom. Who keeps calendars stands above, and registers here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from tequio.access.models import User


@dataclass(frozen=True, slots=True)
class DueMoment:
    """A moment at which a man is to be asked: what is open, and nothing that he answered."""

    participant_id: UUID
    folio: str
    alias: str
    # His first place in an edition, or his line in a lottery while he waits for one.
    way_id: UUID
    wave: str
    name: str
    opens_on: date
    closes_on: date
    # What has not been answered, by slug, of how many.
    open_slugs: tuple[str, ...]
    of: int
    after_leaving: bool
    # He left and did not agree to be looked for: he is counted, and nobody calls him.
    may_be_sought: bool
    tried: int
    last_outcome: str
    closed: str = ""  # "past" or "declined" where it is not due any longer

    @property
    def done(self) -> int:
        """How many were answered."""
        return self.of - len(self.open_slugs)


class Calendar(Protocol):
    """Says which moments have come, of one man or of all whom somebody sees."""

    def __call__(
        self, user: User, day: date, participant_id: UUID | None, *, only_open: bool = False
    ) -> Sequence[DueMoment]:
        """Return every moment that has come; only the open ones where no more is asked for."""


_calendars: list[Calendar] = []


def register(calendar: Calendar) -> None:
    """Hear from whoever keeps days on which men are asked; who came first stays first."""
    if calendar not in _calendars:
        _calendars.append(calendar)


def of_man(user: User, day: date, participant_id: UUID) -> Sequence[DueMoment]:
    """Return every moment of one man that has come, open or past."""
    found = [one for calendar in _calendars for one in calendar(user, day, participant_id)]
    return sorted(found, key=lambda one: (one.closed != "", one.opens_on))


def due(user: User, day: date) -> Sequence[DueMoment]:
    """Return what is open today for the men whom this person sees, what closes first first."""
    found = [one for known in _calendars for one in known(user, day, None, only_open=True)]
    waiting = [one for one in found if one.open_slugs and not one.closed and one.may_be_sought]
    return sorted(waiting, key=lambda one: (one.closes_on, one.alias))
