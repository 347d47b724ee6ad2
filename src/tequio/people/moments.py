"""Which moments are due for whom. Who keeps the calendar stands above, and registers here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tequio.access.models import User


@dataclass(frozen=True, slots=True)
class DueMoment:
    """A moment at which a man is to be asked: what is open, and nothing that he answered."""

    participant_id: UUID
    folio: str
    alias: str
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


Calendar = Callable[[User, date, UUID | None], Sequence[DueMoment]]
_calendar: list[Calendar] = []


def register(calendar: Calendar) -> None:
    """Hear from whoever keeps groups and their days."""
    _calendar[:] = [calendar]


def of_man(user: User, day: date, participant_id: UUID) -> Sequence[DueMoment]:
    """Return every moment of one man that has come, open or past."""
    return _calendar[0](user, day, participant_id) if _calendar else ()
