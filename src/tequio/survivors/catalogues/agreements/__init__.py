"""What she is told and asked, as versioned texts with their fingerprint. Ours, not yet reviewed."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

FOLDER: Final = Path(__file__).parent


class BadTexts(ValueError):
    """A file of texts does not follow its schema; the message names file and field."""


class Strict(BaseModel):
    """A part of a data file: what the schema does not name is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Text(Strict):
    """The same sentence in both languages."""

    es: str
    en: str

    def now(self) -> str:
        """Return it in the reader's language."""
        return self.en if (get_language() or "").startswith("en") else self.es


class Purpose(Strict):
    """One thing that she is asked, and what follows from each answer."""

    code: str = Field(pattern=r"^[a-z_]{2,24}$")
    # Without "needed" there is no file; the others she may refuse and be accompanied all the same.
    kind: Literal["needed", "free"]
    # What she may add in her own words; empty where there is nothing to add.
    only: Text | None = None
    expires: bool = False
    title: Text
    text: Text
    refusal: Text
    withdrawal: Text


class Agreements(Strict):
    """One version of all the texts."""

    schema_version: Literal[1] = Field(alias="schema")
    version: str
    since: date
    origin: Literal["ours", "published", "seed"]
    reviewed_by_lawyer: bool
    purposes: tuple[Purpose, ...] = Field(alias="purpose")

    @model_validator(mode="after")
    def _whole(self) -> Agreements:
        codes = [purpose.code for purpose in self.purposes]
        if len(codes) != len(set(codes)):
            raise ValueError("A purpose stands twice.")
        if "keep" not in codes:
            raise ValueError("Whether her file is kept has to be asked.")
        return self

    def purpose(self, code: str) -> Purpose | None:
        """Return one purpose, or None for a code that this version does not know."""
        return next((p for p in self.purposes if p.code == code), None)


@dataclass(frozen=True, slots=True)
class Shipped:
    """One version with the fingerprint of its file."""

    agreements: Agreements
    sha256: str


def read(path: Path) -> Shipped:
    """Read and check one file, naming file and field where it is wrong."""
    body = path.read_bytes()
    try:
        found = Agreements.model_validate(tomllib.loads(body.decode()))
    except (ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadTexts(f"{path.name}: {error}") from error
    if found.version != path.stem:
        raise BadTexts(f"{path.name}: the version is {found.version!r}.")
    return Shipped(found, hashlib.sha256(body).hexdigest())


@lru_cache(maxsize=1)
def versions() -> Mapping[str, Shipped]:
    """Return every version that ever shipped, by its number."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.toml"))}


def current(on: date) -> Shipped:
    """Return the version that is told on a day; before the first, the first."""
    by_date = sorted(versions().values(), key=lambda shipped: shipped.agreements.since)
    told = [shipped for shipped in by_date if shipped.agreements.since <= on]
    return told[-1] if told else by_date[0]


def title(code: str) -> str:
    """Return how a purpose is called now, also one that is asked no more."""
    for shipped in reversed(list(versions().values())):
        purpose = shipped.agreements.purpose(code)
        if purpose is not None:
            return purpose.title.now()
    return code
