"""The shape of a curriculum: session guides with their minutes, words and cautions."""

from __future__ import annotations

from typing import Final, Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from tequio.core.datafiles import Strict
from tequio.programmes.definitions.shape import SLUG

LONGEST: Final = 90


class Activity(Strict):
    """One piece of a session: what it is called, how long it takes, how it is done."""

    kind: Literal["round", "activity", "skill", "pause", "closing"]
    title: str
    minutes: int = Field(ge=1, le=60)
    how: tuple[str, ...] = Field(min_length=1)
    # What the facilitator may say aloud, word for word.
    say: str = ""


class Rule(Strict):
    """One rule of the retiro, with why it is one."""

    rule: str
    why: str


class Guide(Strict):
    """One session of the curriculum."""

    schema_version: Literal[1] = Field(alias="schema")
    number: int = Field(ge=1, le=99)
    title: str
    purpose: str
    skill: str
    # What of it comes from the founding documents; everything else is ours.
    from_seed: str = ""
    materials: tuple[str, ...]
    opening: str
    answer: str
    activities: tuple[Activity, ...] = Field(min_length=3)
    retiro: tuple[Rule, ...] = ()
    practice: str
    safety: tuple[str, ...] = Field(min_length=1)
    avoid: tuple[str, ...] = Field(min_length=1)

    @property
    def minutes(self) -> int:
        """How long the whole session takes."""
        return sum(activity.minutes for activity in self.activities)

    @model_validator(mode="after")
    def _fits(self) -> Guide:
        if self.minutes > LONGEST:
            raise ValueError(
                _("Las actividades suman %(sum)s minutos; una sesión dura a lo más %(most)s.")
                % {"sum": self.minutes, "most": LONGEST}
            )
        if self.activities[0].kind != "round" or self.activities[-1].kind != "closing":
            raise ValueError(
                _(
                    "La primera actividad debe ser la ronda («round») y la última el cierre "
                    "(«closing»)."
                )
            )
        return self


class About(Strict):
    """Whose a curriculum is, and what may be done with it."""

    schema_version: Literal[1] = Field(alias="schema")
    slug: str = Field(pattern=SLUG)
    version: str
    name: str
    origin: Literal["seed", "published", "ours"] = Field(alias="from")
    licence: str
    evaluated: bool
    before: str
