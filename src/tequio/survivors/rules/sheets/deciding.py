"""What she decided, line by line, and the men that she chose to name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _

from tequio.core import ids
from tequio.survivors import words
from tequio.survivors.rules.sheets.base import Body, known, need


@dataclass(frozen=True, slots=True)
class Consent(Body):
    """One decision on one purpose. Lines are added and never changed."""

    KIND: ClassVar[str] = "consent"

    purpose: str
    decision: str
    on: date
    text_version: str
    text_sha256: str
    recorded_by: str
    heard: str = "read"
    witness: str = ""
    # What she added: with whom, how, only what. Her words.
    only: str = ""
    until: date | None = None
    # Which of her decisions on this purpose it is: the highest is her last word.
    turn: int = 1

    def __post_init__(self) -> None:
        known((self.decision,), words.DECISIONS)
        known((self.heard,), words.HEARD)
        need(
            self.heard != "aloud" or bool(self.witness.strip()),
            _("Si se le leyó en voz alta, falta quién más estuvo presente."),
        )
        need(
            self.until is None or self.until >= self.on,
            _("El permiso termina antes de empezar. Revisa las dos fechas."),
        )

    def holds(self, day: date) -> bool:
        """Tell whether it is a yes that has not run out."""
        return self.decision == "given" and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Link(Body):
    """A man in the programme, by his folio. Hers to tell."""

    KIND: ClassVar[str] = "link"

    folio: str
    relation: str
    on: date
    wants: tuple[str, ...] = ()
    how_told: str = ""
    lives_together: str = ""
    ended_on: date | None = None

    def __post_init__(self) -> None:
        known((self.relation,), words.RELATIONS)
        known(self.wants, words.TOLD)
        need(
            ids.parse_folio(self.folio) == self.folio, _("Escribe el folio como en su constancia.")
        )
        need(
            self.ended_on is None or self.ended_on >= self.on,
            _("El vínculo termina antes de empezar. Revisa las dos fechas."),
        )
