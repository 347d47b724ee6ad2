"""The shape of a question: in ordinary words, and what it means exactly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from tequio.core.datafiles import Strict
from tequio.instruments.definitions import Instrument, Scale, newest, shipped
from tequio.instruments.definitions.shape import NAME, SLUG, Words
from tequio.studies.recipe import SERVED

Informant = Literal["men", "women", "community"]
Kind = Literal["binary", "count", "continuous", "time_to_event"]
Wave = Literal["T1", "T2", "T3", "T4", "year"]
Strategy = Literal[
    "treatment_policy", "hypothetical", "composite", "while_on_treatment", "principal_stratum"
]

# What is known without asking anybody: no instrument, and its measures.
ATTENDANCE: Final = "asistencia"
COUNTED: Final[dict[str, tuple[str, ...]]] = {ATTENDANCE: ("sessions",), SERVED: ("days",)}
_COUNTED_OF: Final = {ATTENDANCE: "men", SERVED: "women"}
MOST_PRIMARIES: Final = 3
_KINDS: Final[dict[str, Kind]] = {"any": "binary", "count": "count"}
_REPORTERS: Final[dict[str, tuple[str, ...]]] = {
    "men": ("his", "anyone"),
    "women": ("hers", "anyone"),
    "community": ("anyone",),
}


class Candidate(Strict):
    """One measure that could answer the question."""

    instrument: str = Field(pattern=SLUG)
    measure: str = Field(pattern=NAME)
    # Whether the assistant proposes it as what the study stands or falls by.
    primary: bool = False
    # Smallest change that matters, in its own units; and the share at the start, for planning.
    smallest: float | None = Field(default=None, gt=0)
    share: float | None = Field(default=None, gt=0, lt=1)
    source: str = ""

    @property
    def key(self) -> str:
        """Return how a form and a draft name it."""
        return f"{self.instrument}/{self.measure}"

    @property
    def column(self) -> str:
        """Return its column in the data set."""
        return f"{self.instrument}_{self.measure}".replace("-", "_")

    @property
    def whole(self) -> Instrument | None:
        """Return the instrument that it is of; None where nobody is asked."""
        return None if self.instrument in COUNTED else newest(self.instrument).instrument

    @property
    def scale(self) -> Scale | None:
        """Return the scale; None where nobody is asked."""
        return self.whole.the_scale(self.measure) if self.whole else None

    @property
    def label(self) -> str:
        """Return how a reader calls it."""
        if self.is_time:
            return _("Días hasta el primer apoyo recibido")
        if self.whole is None or self.scale is None:
            return _("Sesiones a las que vino")
        return f"{self.scale.name.now()} ({self.whole.name.now()})"

    @property
    def kind(self) -> Kind:
        """Return what kind of number it is."""
        if self.is_time:
            return "time_to_event"
        return _KINDS.get(self.scale.method, "continuous") if self.scale else "continuous"

    @property
    def direction(self) -> str:
        """Return which way is good, as a plan says it."""
        worse = self.is_time or (
            self.scale is not None and self.scale.direction == "higher_is_worse"
        )
        return "lower_is_better" if worse else "higher_is_better"

    @property
    def is_time(self) -> bool:
        """Whether it counts the days until something, which who waits still has not."""
        return self.instrument == SERVED

    @property
    def violence(self) -> str:
        """Return the type of violence that it measures; empty where it is none."""
        return self.scale.about if self.scale else ""


class Event(Strict):
    """Something that happens on the way and changes what the answer means."""

    event: Words
    strategy: Strategy
    so: Words


class Estimand(Strict):
    """The question in its five parts."""

    population: Words
    treatment: Words
    variable: Words
    summary: Words
    # Whether it asks about what is told, or about what is true and is only told.
    violence: Literal["reported", "true"] = "reported"
    events: tuple[Event, ...] = Field(alias="event", min_length=1)


class Question(Strict):
    """One version of one question."""

    schema_version: Literal[1] = Field(alias="schema")
    slug: str = Field(pattern=SLUG)
    version: str = Field(pattern=r"^[0-9]+$")
    origin: Literal["seed", "published", "ours"] = Field(alias="from")
    words: Words
    means: Words
    informant: Informant
    estimand: Estimand
    # When the last answer is asked; the first one is proposed.
    waves: tuple[Wave, ...] = Field(alias="horizon", min_length=1)
    designs: tuple[str, ...] = Field(min_length=1)
    candidates: tuple[Candidate, ...] = Field(alias="outcome", min_length=1)
    # What it can never say, whatever comes out.
    never: tuple[Words, ...] = Field(min_length=1)

    @property
    def about_violence(self) -> bool:
        """Whether it asks about violence itself, of which only what he tells is there."""
        return self.informant == "men" and self.estimand.violence == "true"

    def candidate(self, key: str) -> Candidate | None:
        """Return one measure by its name in a form."""
        return next((one for one in self.candidates if one.key == key), None)

    @model_validator(mode="after")
    def _holds_together(self) -> Question:
        if faults := list(_faults(self)):
            raise ValueError(" ".join(faults))
        return self


def _faults(whole: Question) -> Iterator[str]:
    keys = [one.key for one in whole.candidates]
    if len(set(keys)) != len(keys):
        yield _("Una medida está dos veces.")
    primaries = sum(one.primary for one in whole.candidates)
    if not 1 <= primaries <= MOST_PRIMARIES:
        yield _("Las medidas principales son de una a tres.")
    if whole.informant == "women" and set(whole.designs) != {"hers"}:
        yield _("Lo que cuentan las mujeres no se compara: su único diseño es «hers».")
    if whole.informant == "community" and set(whole.waves) != {"year"}:
        yield _("A una comunidad se le pregunta cada año: «horizon» es «year».")
    for one in whole.candidates:
        yield from _of_measure(whole, one)


def _of_measure(whole: Question, one: Candidate) -> Iterator[str]:
    named = {"measure": one.key}
    if one.instrument in COUNTED:
        if one.measure not in COUNTED[one.instrument] or (
            whole.informant != _COUNTED_OF[one.instrument]
        ):
            yield _("«%(measure)s» no se puede contar así.") % named
        if one.is_time and one.primary:
            yield _("Los días de espera no contestan la pregunta: se miran además.")
        return
    found = shipped().get(one.instrument)
    if found is None or found.instrument.scale(one.measure) is None:
        yield _("No hay una medida «%(measure)s».") % named
        return
    if found.instrument.reporter not in _REPORTERS[whole.informant]:
        yield _("«%(measure)s» no lo contesta quien esta pregunta dice.") % named
    if one.kind == "binary" and (one.share is None or not one.source):
        yield _("«%(measure)s» es sí o no: falta «share», con su «source».") % named
