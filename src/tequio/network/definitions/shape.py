"""The shape of a model of community work: its phases, what must be seen, and what is asked."""

from __future__ import annotations

from typing import Final, Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from tequio.core.datafiles import Strict

Origin = Literal["seed", "published", "ours"]
Domain = Literal["knowledge", "attitudes", "skills", "behaviour"]
# What the system can count by itself, so that nobody has to be believed.
Counted = Literal[
    "stakeholders",
    "services",
    "circles",
    "demands",
    "assemblies",
    "committees",
    "actions_done",
    "sightings",
    "answers",
    "decisions",
]
DOMAINS: Final[tuple[Domain, ...]] = ("knowledge", "attitudes", "skills", "behaviour")
SLUG: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
KEY: Final = r"^[a-z][a-z0-9_]*$"


class Said(Strict):
    """A sentence, whose words it is, and what a reader must know of it."""

    value: str
    origin: Origin = Field(alias="from")
    note: str = ""


class Years(Strict):
    """For how long the work is planned."""

    value: int = Field(ge=1, le=10)
    origin: Origin = Field(alias="from")
    note: str = ""


class Criterion(Strict):
    """What must be seen before a community goes on to the next phase."""

    key: str = Field(pattern=KEY)
    seen: Said
    # Where the system counts it: nobody can say that it was seen before the count is there.
    counts: Counted | None = None
    least: int = Field(default=1, ge=1)


class Phase(Strict):
    """One phase: what it is for, which domain it moves first, and what must be seen in it."""

    key: str = Field(pattern=KEY)
    name: Said
    purpose: Said
    moves: Domain
    before_leaving: tuple[Criterion, ...] = ()


class Question(Strict):
    """A question of the rapid survey, and which answer counts as known or in favour."""

    key: str = Field(pattern=KEY)
    domain: Domain
    asks: Said
    counts: Literal["yes", "no"]


class Objective(Strict):
    """What the model proposes for a year; each community writes its own plan from it."""

    key: str = Field(pattern=KEY)
    year: int = Field(ge=1, le=10)
    what: Said


class CommunityModel(Strict):
    """One version of one model of community work."""

    schema_version: Literal[1] = Field(alias="schema")
    slug: str = Field(pattern=SLUG)
    version: str = Field(pattern=r"^[0-9]+$")
    name: str
    endorsement: Literal["inspired", "own", "none"]
    source: str
    years: Years
    phases: tuple[Phase, ...] = Field(min_length=2)
    survey: tuple[Question, ...] = Field(min_length=1)
    objectives: tuple[Objective, ...] = ()

    def phase(self, key: str) -> Phase | None:
        """Return a phase by its key."""
        return next((phase for phase in self.phases if phase.key == key), None)

    @model_validator(mode="after")
    def _whole(self) -> CommunityModel:
        _once([phase.key for phase in self.phases], "phases")
        _once([question.key for question in self.survey], "survey")
        for phase in self.phases[:-1]:
            _once([criterion.key for criterion in phase.before_leaving], phase.key)
            if not phase.before_leaving:
                raise ValueError(
                    _("La fase «%(phase)s» no dice qué debe verse antes de salir de ella.")
                    % {"phase": phase.key}
                )
        missing = set(DOMAINS) - {question.domain for question in self.survey}
        if missing:
            raise ValueError(
                _("La encuesta no pregunta nada de: %(domains)s.")
                % {"domains": ", ".join(sorted(missing))}
            )
        return self


def _once(keys: list[str], where: str) -> None:
    if len(keys) != len(set(keys)):
        raise ValueError(_("En «%(where)s» hay dos con la misma clave.") % {"where": where})
