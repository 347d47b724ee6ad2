"""What she answered: which questions exactly, at which moment of hers, and why one is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from tequio.survivors import words
from tequio.survivors.rules.sheets.base import Body, known, need


@dataclass(frozen=True, slots=True)
class Assessment(Body):
    """One questionnaire of hers, under way or done. It is scored when it is looked at."""

    KIND: ClassVar[str] = "assessment"

    # Exactly what was asked; the digest is empty only of a form that did not come with the system.
    slug: str
    version: str
    sha256: str
    began_at: datetime
    # Made where it was answered: the same one twice is the same answer.
    number: str
    by: str = ""
    # Her moment (rules.moments); empty where it was asked between two of them.
    wave: str = ""
    how: str = ""
    finished_at: datetime | None = None
    # When it came in by itself, from a link or a telephone.
    received_at: datetime | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    # Of every question without an answer, why.
    missing: Mapping[str, str] = field(default_factory=dict)
    # Whose place it takes: a correction has the number of what it corrects.
    replaces: str = ""
    # While under way: what the page keeps, and whether it shows all questions at once.
    draft: Mapping[str, Any] = field(default_factory=dict)
    whole_page: bool = False

    def __post_init__(self) -> None:
        known((self.wave,) if self.wave else (), words.WAVES)
        known((self.how,) if self.how else (), words.HOW_ANSWERED)
        known(self.missing.values(), words.MISSING)
        need(
            bool(self.how) == (self.finished_at is not None),
            _("Un cuestionario terminado dice cómo y cuándo se contestó."),
        )
        need(
            self.finished_at is None or not self.draft,
            _("Un cuestionario terminado ya no guarda su borrador."),
        )

    @property
    def done(self) -> bool:
        """Whether it was finished."""
        return self.finished_at is not None

    @property
    def on(self) -> date:
        """The day on which she answered, or on which it began."""
        return (self.finished_at or self.began_at).date()
