"""That she was given a link to answer alone. Neither its code nor its PIN is kept anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from django.utils.translation import gettext as _

from tequio.survivors import words
from tequio.survivors.rules.sheets.base import Body, known, need
from tequio.survivors.rules.sheets.contacting import SafeContact

IN_PERSON: Final = "in_person"


@dataclass(frozen=True, slots=True)
class Invitation(Body):
    """One link: for which moment of hers, by which way, and until when it opens."""

    KIND: ClassVar[str] = "invitation"

    wave: str
    on: date
    until: date
    how: str
    by: str
    # The row outside that the link opens: what is needed to take it back.
    row: str
    taken_back_on: date | None = None
    # Who read her rules again before this; empty where she was there.
    rules_by: str = ""

    def __post_init__(self) -> None:
        known((self.wave,), words.WAVES)
        known((self.how,), words.CHANNELS)
        need(
            self.how == IN_PERSON or bool(self.rules_by),
            _("Antes de mandarlo, confirma que leíste otra vez sus reglas de contacto."),
        )

    def opens_on(self, day: date) -> bool:
        """Tell whether it may still be opened."""
        return self.taken_back_on is None and day <= self.until


def ways(card: SafeContact | None) -> tuple[str, ...]:
    """Return the ways by which she may get a link: those of her card, and from hand to hand."""
    if card is None:
        return (IN_PERSON,)
    there = [channel.how for channel in card.channels if not card.why_not(channel.how)]
    return tuple(dict.fromkeys([IN_PERSON, *there]))
