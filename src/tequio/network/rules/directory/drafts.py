"""A service as it comes in a file, before anybody stored it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import Final

from tequio.core.text import fold
from tequio.network.rules.directory.meanings import names_a_street

# Where a service is, and the sentences in which somebody may have written it all the same.
WHERE: Final = ("address", "locality", "municipality")
SENTENCES: Final = (
    "what_for", "eligibility", "how_to_ask", "bring", "accessibility", "safe_to_call", "hours",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opens:
    """One stretch of a weekday; 0 is Monday."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Draft:
    """One service at one place, with what was mended in it."""

    provider: str
    name: str
    needs: tuple[str, ...] = ()
    what_for: str = ""
    status: str = "active"
    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    cost: str = ""
    how_to_ask: str = ""
    bring: str = ""
    languages: tuple[str, ...] = ()
    accessibility: str = ""
    children: str = ""
    safe_to_call: str = ""
    refuge: bool = False
    address: str = ""
    locality: str = ""
    state: str = ""
    municipality: str = ""
    hours: str = ""
    openings: tuple[Opens, ...] = ()
    numbers: tuple[str, ...] = ()
    extension: str = ""
    email: str = ""
    website: str = ""
    foreign_key: str = ""
    provider_key: str = ""
    mended: tuple[str, ...] = ()

    @property
    def reachable(self) -> bool:
        """Whether anybody could call, write or go there."""
        return bool(self.numbers or self.address or self.email or self.website)

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes two lines the same service."""
        where = self.municipality or fold(self.locality)
        reach = self.numbers[0] if self.numbers else fold(self.address)
        return fold(self.provider), fold(self.name), self.state, where, reach


def hide_refuge(draft: Draft) -> Draft:
    """Take where a refuge is away before anything else happens to it, also out of its sentences."""
    if not draft.refuge:
        return draft
    said = {name for name in SENTENCES if names_a_street(getattr(draft, name))}
    told = {name for name in WHERE if getattr(draft, name)}
    if not said | told:
        return draft
    mended = tuple(dict.fromkeys((*draft.mended, "refuge_address")))
    empty: dict[str, str] = dict.fromkeys((*WHERE, *said), "")
    return replace(draft, mended=mended, **empty)  # type: ignore[arg-type]


def merged(one: Draft, other: Draft) -> Draft:
    """Put two of the same together: what the first lacks the second may bring."""
    empty = {"", None, ()}
    lacks = {
        name: getattr(other, name)
        for name in (
            "what_for",
            "address",
            "hours",
            "openings",
            "email",
            "website",
            "cost",
            "eligibility",
        )
        if getattr(one, name) in empty and getattr(other, name) not in empty
    }
    numbers = tuple(dict.fromkeys((*one.numbers, *other.numbers)))
    needs = tuple(dict.fromkeys((*one.needs, *other.needs)))
    whole = replace(one, numbers=numbers, needs=needs, **lacks)
    # A refuge in one of the two lines is one in both.
    return hide_refuge(replace(whole, refuge=one.refuge or other.refuge))
