"""What the assistant was answered so far, and which of its steps is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, Self

from tequio.studies.questions import MOST_PRIMARIES, Question

Every = Literal["year", "half"]
MEASURES, PEOPLE, DESIGN, REVIEW = "que-se-mide", "con-quienes", "disenos", "revisar"
STEPS: Final = (MEASURES, PEOPLE, DESIGN, REVIEW)


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen. Everything has a place from the first day; empty is «not yet».

    `monthly` is how many people a month are expected, where somebody knows better than the past.
    """

    primary: tuple[str, ...] = ()
    secondary: tuple[str, ...] = ()
    wave: str = ""
    editions: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    monthly: float | None = None
    every: Every = "year"
    released: date | None = None
    covariates: tuple[str, ...] = ()
    design: str = ""
    of: str = ""

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Read what a study keeps; what an older version kept and nobody knows is left out."""
        known = {name: kept[name] for name in cls.__slots__ if name in kept}
        for name in ("primary", "secondary", "editions", "covariates"):
            known[name] = tuple(known.get(name, ()))
        for name in ("first", "last", "released"):
            known[name] = date.fromisoformat(known[name]) if known.get(name) else None
        return cls(**known)

    def kept(self) -> dict[str, Any]:
        """Return it as a study keeps it."""
        days = {
            name: value.isoformat() if (value := getattr(self, name)) else None
            for name in ("first", "last", "released")
        }
        rest = {name: getattr(self, name) for name in self.__slots__ if name not in days}
        return {name: list(v) if isinstance(v, tuple) else v for name, v in rest.items()} | days

    @property
    def measures(self) -> tuple[str, ...]:
        """Return all that is measured, what counts most first."""
        return self.primary + self.secondary

    @property
    def months(self) -> float:
        """Return for how many months people come in; 0 where nobody said."""
        if self.first is None or self.last is None:
            return 0.0
        return max((self.last - self.first).days + 1, 0) / 30.44


def proposed(question: Question) -> Choices:
    """Return what a new study begins with: what the question itself proposes."""
    return Choices(
        primary=tuple(one.key for one in question.candidates if one.primary),
        secondary=tuple(one.key for one in question.candidates if not one.primary),
        wave=question.waves[0],
    )


def next_step(choices: Choices) -> str:
    """Return the first step that lacks something; the review where nothing does."""
    if not 1 <= len(choices.primary) <= MOST_PRIMARIES or not choices.wave:
        return MEASURES
    if choices.first is None or choices.last is None or choices.released is None:
        return PEOPLE
    return REVIEW if choices.design else DESIGN


def with_people(before: Choices, **said: Any) -> Choices:
    """Return the choices with who is in and until when; the design is then looked at again."""
    after = replace(before, **said)
    same = (before.first, before.last, before.monthly) == (after.first, after.last, after.monthly)
    return after if same else replace(after, design="", of="")
