"""The shape of a model of intervention: every value carries whose words it is."""

from __future__ import annotations

from typing import Final, Generic, Literal, TypeVar

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from tequio.core.datafiles import Strict

Origin = Literal["seed", "published", "ours"]
Track = Literal["workshop", "reflection_group", "psychotherapy"]
Prerequisite = Literal["consent", "diagnosis", "sober", "no_untreated_psychosis", "adult"]
Wave = Literal["T0", "T1", "T2", "T3", "T4"]
SLUG: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
T = TypeVar("T")


class Sourced(Strict, Generic[T]):
    """A value, whose words it is, and what a reader must know of it."""

    value: T
    origin: Origin = Field(alias="from")
    note: str = ""


class Sessions(Strict):
    """How many meetings, how long, how far apart."""

    count: Sourced[int]
    minutes: Sourced[int]
    every_days: Sourced[int]
    # On how many days of the week the organisation runs a group.
    days_a_week: Sourced[int] | None = None


class GroupSize(Strict):
    """How many men make a circle."""

    smallest: Sourced[int]
    largest: Sourced[int]

    @model_validator(mode="after")
    def _in_order(self) -> GroupSize:
        if self.smallest.value > self.largest.value:
            raise ValueError(
                _("smallest (%(least)s) es mayor que largest (%(most)s).")
                % {"least": self.smallest.value, "most": self.largest.value}
            )
        return self


class Entry(Strict):
    """Whether men come in at any session or only at the start."""

    kind: Sourced[Literal["open", "closed"]]
    # In a closed group, the last session at which a new man may still come in.
    late_until: Sourced[int] | None = None


class Facilitators(Strict):
    """How many, and what they must have learnt."""

    needed: Sourced[int]
    training: Sourced[str]
    # Whether a group opens only with people whose training in this model is on record.
    training_on_record: Sourced[bool] | None = None


class Opening(Strict):
    """The round with which every session begins."""

    asks: Sourced[str]
    naming: Sourced[str]
    answer: Sourced[str]


class Pause(Strict):
    """Retiro: leaving before anger becomes violence."""

    least_minutes: Sourced[int]
    rules: Sourced[tuple[str, ...]]


class Absence(Strict):
    """What the team does after missed meetings in a row."""

    quiet_after: Sourced[int]
    call_after: Sourced[int] | None = None
    talk_after: Sourced[int] | None = None
    review_after: Sourced[int] | None = None


class Band(Strict):
    """A name for a dose, from so many sessions to so many."""

    name: str
    least: int
    most: int | None = None


class Dose(Strict):
    """How the end is counted: sessions attended of those held, never a yes or no."""

    bands: Sourced[tuple[Band, ...]] | None = None
    high_above_percent: Sourced[int] | None = None
    make_up: Sourced[bool]


class Maintenance(Strict):
    """How often men meet after the programme."""

    every_months: Sourced[int]
    for_life: Sourced[bool] | None = None


class Support(Strict):
    """What holds a man between two sessions."""

    peers: Sourced[str] | None = None
    helpline: Sourced[str] | None = None
    therapy: Sourced[str] | None = None


class Evaluation(Strict):
    """When it is measured, and that it is measured whether he stayed or left."""

    waves: Sourced[tuple[Wave, ...]]
    reach: Sourced[str] | None = None


class Curriculum(Strict):
    """Which set of session guides the model uses."""

    guides: Sourced[str]


class Intervention(Strict):
    """One version of one model of intervention."""

    schema_version: Literal[1] = Field(alias="schema")
    slug: str = Field(pattern=SLUG)
    version: str = Field(pattern=r"^[0-9]+(\.[0-9]+)*$")
    name: str
    endorsement: Literal["inspired", "own", "none"]
    source: str
    sessions: Sessions
    group: GroupSize
    facilitators: Facilitators
    absence: Absence
    maintenance: Maintenance
    population: Sourced[str] | None = None
    tracks: Sourced[tuple[Track, ...]] | None = None
    prerequisites: Sourced[tuple[Prerequisite, ...]] | None = None
    entry: Entry | None = None
    opening: Opening | None = None
    pause: Pause | None = None
    dose: Dose | None = None
    support: Support | None = None
    evaluation: Evaluation | None = None
    curriculum: Curriculum | None = None
