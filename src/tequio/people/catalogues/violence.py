"""Violence as the law names it on a given day: what is done, where, and against whom.

Rows keep a code and the day it was said; the catalogue says in words what that code meant then.
Codes stay for ever: one that a reform ends can still be read, and can no longer be chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, model_validator

from tequio.people.catalogues.files import Strict, Text, read

FILE: Final = Path(__file__).with_name("violence.toml")


class Kind(Strict):
    """One type or modality, as named between two dates."""

    code: str = Field(pattern=r"^[a-z_]{2,20}$")
    since: date
    until: date | None = None
    # Whether whoever stands behind the wall is to know when he tells of it.
    letter: bool = False
    name: Text
    plain: Text
    provision: str
    published: date
    confirmed: bool

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return self.name.now()

    @property
    def help(self) -> str:
        """What it is, in words that a man would use."""
        return self.plain.now()

    def holds(self, on: date) -> bool:
        """Tell whether it is the name of the day."""
        return self.since <= on and (self.until is None or on <= self.until)


class Against(Strict):
    """Against whom, as a relation and never as a person."""

    code: str = Field(pattern=r"^[a-z_]{2,20}$")
    name: Text

    @property
    def label(self) -> str:
        """The relation in the reader's language."""
        return self.name.now()


class Catalogue(Strict):
    """The whole file."""

    schema_version: Literal[1] = Field(alias="schema")
    slug: str
    version: str
    source: str
    types: tuple[Kind, ...] = Field(alias="type")
    modalities: tuple[Kind, ...] = Field(alias="modality")
    against: tuple[Against, ...]

    @model_validator(mode="after")
    def _one_name_a_day(self) -> Catalogue:
        for kinds in (self.types, self.modalities):
            for code, earlier, later in _neighbours(kinds):
                if earlier.until is None or earlier.until >= later.since:
                    raise ValueError(f"{code}: two entries hold on {later.since}.")
        return self


@dataclass(frozen=True, slots=True)
class InForce:
    """What may be chosen on one day."""

    on: date
    version: str
    types: tuple[Kind, ...]
    modalities: tuple[Kind, ...]
    against: tuple[Against, ...]

    def knows(self, type_code: str, against_code: str) -> bool:
        """Tell whether a type and a relation may be chosen together on this day."""
        return any(kind.code == type_code for kind in self.types) and any(
            whom.code == against_code for whom in self.against
        )


@dataclass(frozen=True, slots=True)
class Shipped:
    """The catalogue with the fingerprint of its file."""

    catalogue: Catalogue
    sha256: str


@lru_cache(maxsize=1)
def shipped() -> Shipped:
    """Return the catalogue that comes with the system."""
    found = read(FILE, Catalogue)
    return Shipped(found.content, found.sha256)


def in_force(on: date) -> InForce:
    """Return the types, modalities and relations that may be chosen on a day."""
    whole = shipped().catalogue
    return InForce(
        on=on,
        version=whole.version,
        types=tuple(kind for kind in whole.types if kind.holds(on)),
        modalities=tuple(kind for kind in whole.modalities if kind.holds(on)),
        against=whole.against,
    )


def label(code: str, *, on: date | None = None) -> str:
    """Say a code aloud as it was named on a day; an old or unknown code is never an error."""
    whole = shipped().catalogue
    kinds: Sequence[Kind] = [k for k in (*whole.types, *whole.modalities) if k.code == code]
    named = next((k for k in kinds if on is not None and k.holds(on)), kinds[-1] if kinds else None)
    if named is not None:
        return named.label
    return whom(code)


def whom(code: str) -> str:
    """Say a relation aloud; an unknown code comes back as it is."""
    return next((w.label for w in shipped().catalogue.against if w.code == code), code)


def calls_for_a_letter(code: str, *, on: date) -> bool:
    """Tell whether telling of this type is an event that the wall's letters carry."""
    return any(kind.letter for kind in in_force(on).types if kind.code == code)


def with_letter(on: date) -> frozenset[str]:
    """Return the types of which the wall's letters speak."""
    return frozenset(kind.code for kind in in_force(on).types if kind.letter)


def _neighbours(kinds: Sequence[Kind]) -> Iterator[tuple[str, Kind, Kind]]:
    by_code: Mapping[str, list[Kind]] = {kind.code: [] for kind in kinds}
    for kind in kinds:
        by_code[kind.code].append(kind)
    for code, same in by_code.items():
        same.sort(key=lambda kind: kind.since)
        for earlier, later in pairwise(same):
            yield code, earlier, later
