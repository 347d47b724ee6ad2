"""Who she is to the team, the offer of contact, and how a case closes and opens again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _

from tequio.core.text import fold
from tequio.survivors import words
from tequio.survivors.rules.sheets.base import Body, known, need


@dataclass(frozen=True, slots=True)
class Who(Body):
    """What she wants the team to know of her, and nothing that it does not need."""

    KIND: ClassVar[str] = "who"

    name: str = ""
    reads: str = "not_said"
    language: str = ""
    access: str = ""
    arrived_by: str = ""

    def __post_init__(self) -> None:
        known((self.reads,), words.READS)

    @property
    def found_by(self) -> tuple[str, ...]:
        """The words by which a search finds her."""
        return tuple(fold(self.name).split())


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt to reach her."""

    on: date
    by: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Offer(Body):
    """That somebody may tell her that there is support: one person, one safe way, until a day."""

    KIND: ClassVar[str] = "offer"

    on: date
    who: str
    way: str
    until: date
    where: str = ""
    tries: tuple[Try, ...] = ()
    outcome: str = ""
    ended_on: date | None = None
    words: str = ""

    def __post_init__(self) -> None:
        known((self.way,), words.OFFER_WAYS)
        known((self.outcome,) if self.outcome else (), words.OFFER_OUTCOMES)
        need(bool(self.who), _("Un ofrecimiento lo hace siempre una persona, con su nombre."))
        need(self.until >= self.on, _("El ofrecimiento termina antes de empezar."))
        need(
            bool(self.outcome) == (self.ended_on is not None),
            _("Falta el resultado del ofrecimiento, o su día."),
        )
        need(
            self.outcome != "not_reached" or bool(self.tries),
            _("Dice que no se pudo hablar con ella, y no hay ningún intento anotado."),
            _("Anota primero los intentos; si no era seguro intentarlo, elige eso."),
        )


@dataclass(frozen=True, slots=True)
class Closure(Body):
    """How it closed, who closed it, and what stays open."""

    KIND: ClassVar[str] = "closure"

    on: date
    reason: str
    by: str
    words: str = ""
    stays_open: str = ""
    erase_after: date | None = None

    def __post_init__(self) -> None:
        known((self.reason,), words.CLOSURES)


@dataclass(frozen=True, slots=True)
class Reopening(Body):
    """Why it opened again."""

    KIND: ClassVar[str] = "reopening"

    on: date
    by: str
    words: str = ""
