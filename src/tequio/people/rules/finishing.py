"""Whether an intake has what it needs, and what a minor needs besides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from tequio.people.rules.answers import Guardian

ADULT: Final = 18
Gap = Literal[
    "route",
    "motive",
    "age",
    "limits",
    "programme",
    "guardian",
    "violence",
    "psychologist",
    "assent",
]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when somebody wants to finish."""

    route: str
    motive: str
    minor: bool | None
    guardian: Guardian
    given: Collection[str]


def is_minor(birth_year: int | None, adult: str, this_year: int) -> bool | None:
    """Tell whether he is under eighteen; None where the year alone cannot say it.

    Who was born eighteen years ago may have had his birthday already or not: he is asked.
    """
    age = None if birth_year is None else this_year - birth_year
    if age is not None and age != ADULT:
        return age < ADULT
    return {"yes": False, "no": True}.get(adult)


def must_ask_age(birth_year: int | None, this_year: int) -> bool:
    """Tell whether the year of birth leaves open whether he is of age."""
    return birth_year is None or this_year - birth_year == ADULT


def gaps(known: Known) -> list[Gap]:
    """Return what is missing before the intake can be finished, in the order of the steps."""
    found: list[Gap] = []
    if not known.route:
        found.append("route")
    if not known.motive:
        found.append("motive")
    if known.minor is None:
        found.append("age")
    found += [purpose for purpose in _NEEDED if purpose not in known.given]
    return found + (safeguards(known.guardian) if known.minor else [])


def safeguards(guardian: Guardian) -> list[Gap]:
    """Return what is missing before a minor takes part.

    Nobody signs for him who uses violence at home, and «no se sabe» is no answer to that.
    """
    found: list[Gap] = []
    if not guardian.relation or not guardian.signed_on:
        found.append("guardian")
    if guardian.uses_violence != "no":
        found.append("violence")
    if not guardian.psychologist:
        found.append("psychologist")
    if guardian.assent != "yes" or not guardian.assent_on:
        found.append("assent")
    return found


_NEEDED: Final[tuple[Gap, ...]] = ("limits", "programme")
