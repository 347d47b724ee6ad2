"""What she asked about her own data. It is hers: on the men's side nobody learns that she asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from django.utils.translation import gettext as _

from tequio.survivors import words
from tequio.survivors.rules.sheets.base import Body, known, need

# Business days: the same terms as for everybody (see reports.rights.rules for their source).
TO_ANSWER: Final = 20


@dataclass(frozen=True, slots=True)
class DataRequest(Body):
    """One request: what she asked, until when it is answered, and what became of it."""

    KIND: ClassVar[str] = "rights"

    right: str
    on: date
    until: date
    asks: str = ""
    answer: str = ""
    answered_on: date | None = None
    words: str = ""

    def __post_init__(self) -> None:
        known((self.right,), words.RIGHTS)
        need(self.until >= self.on, _("El plazo termina antes de empezar. Revisa el día."))
        if self.answer:
            known((self.answer,), words.RIGHTS_ANSWERS)
        need(
            bool(self.answer) == (self.answered_on is not None),
            _("Falta qué se le contestó, o el día."),
        )
        need(
            self.answer in {"", "granted"} or bool(self.words.strip()),
            _("Falta por qué, con las palabras con que se le dijo."),
        )

    @property
    def waits(self) -> bool:
        """Tell whether she still has no answer."""
        return not self.answer
