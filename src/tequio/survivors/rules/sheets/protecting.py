"""Orders of protection, her safety plan, and what people judged of the danger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _

from tequio.survivors import words
from tequio.survivors.rules.sheets.base import Body, known, need


@dataclass(frozen=True, slots=True)
class Breach:
    """A day on which he did not keep the order."""

    on: date
    words: str = ""
    reported: str = "later"


@dataclass(frozen=True, slots=True)
class Order(Body):
    """A protection order."""

    KIND: ClassVar[str] = "order"

    authority: str
    issued_on: date
    kind: str = "other"
    number: str = ""
    terms: tuple[str, ...] = ()
    words: str = ""
    expires_on: date | None = None
    breaches: tuple[Breach, ...] = ()
    ended_on: date | None = None

    def __post_init__(self) -> None:
        known((self.kind,), words.ORDERS)
        known(self.terms, words.TERMS)
        known((breach.reported for breach in self.breaches), words.REPORTED)
        need(
            self.expires_on is None or self.expires_on >= self.issued_on,
            _("La orden vence antes de darse. Revisa las dos fechas."),
        )

    def in_force(self, day: date) -> bool:
        """Tell whether it protects her on a day."""
        ended = self.ended_on is not None and day >= self.ended_on
        expired = self.expires_on is not None and day > self.expires_on
        return self.issued_on <= day and not ended and not expired


@dataclass(frozen=True, slots=True)
class Part:
    """One part of her plan, in her words."""

    part: str
    words: str


@dataclass(frozen=True, slots=True)
class Looked:
    """That the plan was looked at together."""

    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Plan(Body):
    """Her safety plan. Hers: what is written here is what she says."""

    KIND: ClassVar[str] = "plan"

    on: date
    parts: tuple[Part, ...] = ()
    review_on: date | None = None
    reviewed: tuple[Looked, ...] = ()
    # Where she keeps a copy, if she wants one at all.
    copy: str = ""

    def __post_init__(self) -> None:
        known((part.part for part in self.parts), words.PLAN_PARTS)

    def of(self, part: str) -> str:
        """Return what she says to one part."""
        return next((one.words for one in self.parts if one.part == part), "")


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that was asked about, and whether it is there."""

    factor: str
    is_there: str


@dataclass(frozen=True, slots=True)
class Risk(Body):
    """A judgement with its reasons and names. Factors are asked for and never added up."""

    KIND: ClassVar[str] = "risk"

    on: date
    factors: tuple[Factor, ...]
    level: str
    reasons: str
    judged_by: str
    again_on: date | None = None
    done_now: str = ""
    # The second person, who read it and agreed or wrote why not.
    reviewed_by: str = ""
    reviewed_on: date | None = None
    review: str = ""

    def __post_init__(self) -> None:
        known((factor.factor for factor in self.factors), words.FACTORS)
        known((factor.is_there for factor in self.factors), words.PRESENCE)
        known((self.level,), words.LEVELS)
        need(bool(self.reasons.strip()), _("Una valoración va siempre con sus razones."))
        need(
            bool(self.reviewed_by) == (self.reviewed_on is not None),
            _("Falta quién la leyó o qué día."),
        )
        need(
            self.reviewed_by != self.judged_by,
            _("La segunda persona no puede ser la misma que la valoró."),
            _("Pide a otra persona del equipo que la lea."),
        )
        need(
            self.again_on is None or self.again_on >= self.on,
            _("El día para volver a mirar ya pasó. Elige uno que venga."),
        )

    def are(self, presence: str) -> list[str]:
        """Return the factors of one kind."""
        return [one.factor for one in self.factors if one.is_there == presence]
