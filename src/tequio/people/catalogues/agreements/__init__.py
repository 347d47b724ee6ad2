"""What a man is told and asked, as versioned texts with their fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, model_validator

from tequio.people.catalogues.files import BadCatalogue, Strict, Text, read

FOLDER: Final = Path(__file__).parent


class Purpose(Strict):
    """One thing that he is told or asked, and what follows from each answer."""

    code: str = Field(pattern=r"^[a-z_]{2,24}$")
    kind: Literal["limits", "needed", "free"]
    ask: Literal["always", "mandated", "waiting"]
    title: Text
    text: Text
    refusal: Text
    withdrawal: Text

    @property
    def withdrawable(self) -> bool:
        """Whether he can take it back: the limits always hold."""
        return self.kind != "limits"


class Agreements(Strict):
    """One version of all the texts."""

    schema_version: Literal[1] = Field(alias="schema")
    version: str
    since: date
    origin: Literal["ours", "published", "seed"]
    purposes: tuple[Purpose, ...] = Field(alias="purpose")

    @model_validator(mode="after")
    def _whole(self) -> Agreements:
        codes = [purpose.code for purpose in self.purposes]
        if len(codes) != len(set(codes)):
            raise ValueError("A purpose stands twice.")
        if not any(p.kind == "limits" for p in self.purposes):
            raise ValueError("The limits of confidentiality are missing.")
        return self

    def purpose(self, code: str) -> Purpose | None:
        """Return one purpose, or None for a code that this version does not know."""
        return next((p for p in self.purposes if p.code == code), None)

    def asked(self, *, mandated: bool, waiting: bool = False) -> tuple[Purpose, ...]:
        """Return what is asked of this man, in the order in which it is told."""
        of_him = {"always": True, "mandated": mandated, "waiting": waiting}
        return tuple(p for p in self.purposes if of_him[p.ask])


@dataclass(frozen=True, slots=True)
class Shipped:
    """One version with the fingerprint of its file."""

    agreements: Agreements
    sha256: str


@lru_cache(maxsize=1)
def versions() -> Mapping[str, Shipped]:
    """Return every version that ever shipped, by its number."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        whole = read(path, Agreements)
        if whole.content.version != path.stem:
            raise BadCatalogue(f"{path.name}: the version is {whole.content.version!r}.")
        found[path.stem] = Shipped(whole.content, whole.sha256)
    return found


def current(on: date) -> Shipped:
    """Return the version that is told on a day; before the first, the first."""
    by_date = sorted(versions().values(), key=lambda shipped: shipped.agreements.since)
    told = [shipped for shipped in by_date if shipped.agreements.since <= on]
    return told[-1] if told else by_date[0]


def same_words(code: str, version: str, sha256: str, told: Shipped) -> bool:
    """Tell whether what he heard of a purpose then is, letter for letter, what is told now.

    A new version that adds a purpose asks nobody again about those that stayed as they were.
    """
    if sha256 == told.sha256:
        return True
    heard = versions().get(version)
    if heard is None or heard.sha256 != sha256:
        return False
    then, now = heard.agreements.purpose(code), told.agreements.purpose(code)
    return now is not None and then == now
