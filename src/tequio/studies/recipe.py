"""Where the data of a plan come from: the part of a plan that a computer reads.

`read` takes what was kept beside the text of the plan and says everything that is wrong with it at
once. The columns of every data set have the names below, so that a plan can name them before
there is a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, cast, get_args
from uuid import UUID

from django.utils.translation import gettext as _

from tequio.core.errors import DomainError
from tequio.studies.recipe_parts import Problems

SCHEMA: Final = 1
# Days between the first and the last of a year.
_YEAR: Final = 364

Source = Literal["men", "women", "community"]
Every = Literal["year", "half"]
ArmKind = Literal["lottery", "comparison", "sites"]

# The columns of a data set. `exposed` is there in a stepped wedge alone (the plan's `dose`), and
# `informant` holds one word throughout: a plan that names it says whose account every number is.
UNIT: Final = "unit"
WAVE: Final = "wave"
ARM: Final = "arm"
SITE: Final = "site"
GROUP: Final = "group"
DOSE: Final = "dose"
EXPOSED: Final = "exposed"
INFORMANT: Final = "informant"
COLUMNS: Final = (UNIT, WAVE, INFORMANT, ARM, SITE, GROUP, DOSE, EXPOSED)
# As a sentence says it, "según ellos"; `evidencia` knows by the word whether it is his account.
INFORMANTS: Final[Mapping[Source, str]] = {
    "men": "ellos",
    "women": "ellas",
    "community": "la comunidad",
}

# What was known before the start and may stand as a covariate, by source.
COVARIATES: Final[Mapping[Source, tuple[str, ...]]] = {
    "men": ("route", "motive", "site"),
    "women": (),
    "community": ("place",),
}
WAVES: Final[Mapping[Source, tuple[str, ...]]] = {
    "men": ("T0", "T1", "T2", "T3", "T4"),
    "women": ("T0", "T1", "T2", "T3", "T4"),
    # A year, or a round of a survey: any short word.
    "community": (),
}


# The days until something are no answer: in place of an instrument stands where they are counted.
SERVED: Final = "servicio"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measure of one instrument, and the column in which it stands."""

    instrument: str
    measure: str
    name: str

    @property
    def event(self) -> str:
        """The column that says whether it happened, for days until something; else empty."""
        return event_of(self.name) if self.instrument == SERVED else ""


def event_of(name: str) -> str:
    """Return the column beside days until something."""
    return f"{name}_happened"


@dataclass(frozen=True, slots=True)
class Population:
    """Who is in: those who came between two dates, of these editions (none: of all)."""

    editions: tuple[UUID, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Arm:
    """What is compared; `of` names the lottery or the comparison."""

    kind: ArmKind
    of: UUID | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """When it is released: first on a date, then every year or every half year."""

    every: Every
    first: date


@dataclass(frozen=True, slots=True)
class Recipe:
    """Where the data of a plan come from."""

    source: Source
    population: Population
    outcomes: tuple[Outcome, ...]
    waves: tuple[str, ...]
    arm: Arm | None
    covariates: tuple[str, ...]
    calendar: Calendar

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept; `read` gives it back."""
        editions = self.population.editions
        return {
            "schema": SCHEMA,
            "source": self.source,
            "population": {
                "editions": [str(one) for one in editions] if editions else "all",
                "from": self.population.first.isoformat(),
                "to": self.population.last.isoformat(),
            },
            "outcomes": [
                {"instrument": one.instrument, "measure": one.measure, "name": one.name}
                for one in self.outcomes
            ],
            "waves": list(self.waves),
            "arm": _arm_as_json(self.arm),
            "covariates": list(self.covariates),
            "calendar": {
                "every": self.calendar.every,
                "first": self.calendar.first.isoformat(),
            },
        }


class RecipeError(DomainError):
    """A recipe that cannot be; `problems` says everything that is wrong, one sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


def read(kept: object) -> Recipe:
    """Read a recipe.

    Raises
    ------
    RecipeError
        If anything is missing, misspelt or not allowed; it holds all reasons at once.
    """
    found = Problems()
    whole = found.table(kept, "recipe", _KEYS)
    if whole.get("schema") != SCHEMA:
        found.add(_("La receta es de otra versión: se espera schema = 1."))
    source = cast(Source, found.one_of(whole.get("source"), "source", get_args(Source)))
    population = _population(found, whole.get("population"))
    outcomes = _outcomes(found, whole.get("outcomes"))
    waves = found.words(whole.get("waves"), "waves")
    arm = _arm(found, whole.get("arm"))
    covariates = found.words(whole.get("covariates", []), "covariates", least=0)
    calendar = _calendar(found, whole.get("calendar"))
    if found.said or population is None or calendar is None:
        raise RecipeError(found.said)
    recipe = Recipe(source, population, outcomes, waves, arm, covariates, calendar)
    if problems := impossible(recipe):
        raise RecipeError(problems)
    return recipe


def impossible(recipe: Recipe) -> list[str]:
    """Return why a well-spelt recipe still cannot be, in sentences."""
    said: list[str] = []
    if recipe.population.last < recipe.population.first:
        said.append(_("La población termina antes de empezar: revisa sus dos fechas."))
    if recipe.calendar.first <= recipe.population.first:
        said.append(_("La primera publicación tiene que ser después de que empiece la población."))
    if recipe.source == "women" and recipe.arm is not None:
        said.append(
            _("Lo que cuentan las mujeres no se compara por grupos: su apoyo no es un experimento.")
        )
    if recipe.source == "women" and recipe.calendar.every != "year":
        said.append(_("Lo que cuentan las mujeres se publica, cuando mucho, una vez al año."))
    span = (recipe.population.last - recipe.population.first).days
    if recipe.source == "women" and 0 <= span < _YEAR:
        said.append(_("Un estudio de mujeres abarca al menos un año entero de quienes llegaron."))
    if recipe.source == "women" and recipe.population.editions:
        said.append(_("Un estudio de mujeres es de todas: no se recorta por edición."))
    if allowed := WAVES[recipe.source]:
        said += _strange(recipe.waves, allowed, "waves")
    said += _strange(recipe.covariates, COVARIATES[recipe.source], "covariates")
    return said


def _strange(given: Sequence[str], allowed: Sequence[str], key: str) -> list[str]:
    strange = [one for one in given if one not in allowed]
    if not strange:
        return []
    words = {"key": key, "given": ", ".join(strange), "allowed": ", ".join(allowed) or "—"}
    return [_("«%(key)s» no conoce: %(given)s. Puede ser: %(allowed)s.") % words]


_KEYS: Final = (
    "schema",
    "source",
    "population",
    "outcomes",
    "waves",
    "arm",
    "covariates",
    "calendar",
)


def _population(found: Problems, kept: object) -> Population | None:
    table = found.table(kept, "population", ("editions", "from", "to"))
    listed = table.get("editions", "all")
    editions = () if listed == "all" else found.uuids(listed, "population.editions")
    first = found.day(table.get("from"), "population.from")
    last = found.day(table.get("to"), "population.to")
    return None if first is None or last is None else Population(editions, first, last)


def _outcomes(found: Problems, kept: object) -> tuple[Outcome, ...]:
    if not isinstance(kept, list) or not kept:
        found.add(_("«outcomes» tiene que nombrar al menos una medida."))
        return ()
    outcomes = []
    for one in kept:
        table = found.table(one, "outcomes", ("instrument", "measure", "name"))
        parts = [found.word(table.get(key), f"outcomes.{key}") for key in _OUTCOME]
        outcomes.append(Outcome(*parts))
    names = [one.name for one in outcomes]
    if len(set(names)) != len(names):
        found.add(_("Dos medidas tienen el mismo nombre de columna."))
    if taken := sorted(set(names) & set(COLUMNS)):
        words = {"names": ", ".join(taken)}
        found.add(_("Estos nombres de columna ya están ocupados: %(names)s.") % words)
    return tuple(outcomes)


_OUTCOME: Final = ("instrument", "measure", "name")


def _arm(found: Problems, kept: object) -> Arm | None:
    if kept is None:
        return None
    table = found.table(kept, "arm", get_args(ArmKind))
    if len(table) != 1:
        found.add(_("«arm» es un sorteo, una comparación o las sedes: uno solo de los tres."))
        return None
    kind, of = next(iter(table.items()))
    if kind != "sites":
        read_ids = found.uuids([of], f"arm.{kind}")
        return Arm(cast(ArmKind, kind), read_ids[0]) if read_ids else None
    if of is not True:
        found.add(_("«arm.sites» solo puede ser true."))
    return Arm("sites")


def _arm_as_json(arm: Arm | None) -> dict[str, Any] | None:
    if arm is None:
        return None
    return {arm.kind: True if arm.of is None else str(arm.of)}


def _calendar(found: Problems, kept: object) -> Calendar | None:
    table = found.table(kept, "calendar", ("every", "first"))
    every = cast(Every, found.one_of(table.get("every"), "calendar.every", get_args(Every)))
    first = found.day(table.get("first"), "calendar.first")
    return None if first is None else Calendar(every, first)
