"""Models of intervention: data files with a schema, read once and never changed."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

FOLDER: Final = Path(__file__).parent / "library"
Origin = Literal["seed", "published", "ours"]
T = TypeVar("T")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Sourced(_Strict, Generic[T]):
    """A value and whose words it is."""

    value: T
    origin: Origin = Field(alias="from")


class Sessions(_Strict):
    """How many meetings, how long, how far apart."""

    count: Sourced[int]
    minutes: Sourced[int]
    every_days: Sourced[int]


class GroupSize(_Strict):
    """How many men make a circle."""

    smallest: Sourced[int]
    largest: Sourced[int]


class Facilitators(_Strict):
    """How many, and what they must have learnt."""

    needed: Sourced[int]
    training: Sourced[str]


class Absence(_Strict):
    """After how many missed meetings in a row somebody should call."""

    quiet_after: Sourced[int]


class Maintenance(_Strict):
    """How often men meet after the programme."""

    every_months: Sourced[int]


class Intervention(_Strict):
    """One version of one model of intervention."""

    schema_version: Literal[1] = Field(alias="schema")
    slug: str = Field(pattern=r"^[a-z0-9-]+$")
    version: str
    name: str
    endorsement: Literal["inspired", "own", "none"]
    source: str
    sessions: Sessions
    group: GroupSize
    facilitators: Facilitators
    absence: Absence
    maintenance: Maintenance


@dataclass(frozen=True, slots=True)
class Shipped:
    """A model with the fingerprint of the file it was read from."""

    model: Intervention
    sha256: str


class BadModelFile(ValueError):
    """A model file does not follow the schema; the message names file and field."""


def read(path: Path) -> Shipped:
    """Read and check one model file."""
    body = path.read_bytes()
    try:
        model = Intervention.model_validate(tomllib.loads(body.decode()))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise BadModelFile(f"{path.name}: {error}") from error
    if model.slug != path.stem:
        raise BadModelFile(f"{path.name}: the slug is {model.slug!r}; both must be the same.")
    return Shipped(model, hashlib.sha256(body).hexdigest())


@lru_cache(maxsize=1)
def shipped() -> dict[str, Shipped]:
    """Return the models that come with the system, by slug."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.toml"))}
