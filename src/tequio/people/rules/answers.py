"""What an intake knows of a man: coded answers apart from the words that go after ninety days.

«Prefiere no decir» is an answer; an empty one was not asked yet. Only what helps him take part, or
what reports of programmes like this count, is asked at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

NOT_SAID: Final = "not_said"
MEXICO: Final = "MX"


@dataclass(frozen=True, slots=True)
class Answers:
    """Coded answers; sealed as one."""

    # Only where the year of birth does not decide it.
    adult: str = ""
    mandated: str = ""
    authority: str = ""
    letter: str = ""
    curp: str = ""
    marital: str = ""
    own_children: str = ""
    lives_with_partner: str = ""
    schooling: str = ""
    working: str = ""
    work_hours: tuple[str, ...] = ()
    language: str = ""
    interpreter: str = ""
    reads: str = ""
    disability: tuple[str, ...] = ()
    # A state's key, or "elsewhere"; then a municipality's key, or free words.
    state: str = ""
    municipality: str = ""
    place: str = ""

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Answers:
        """Read what was sealed; names of another version are left out."""
        return cls(**_known_to(cls, stored))

    def stored(self) -> dict[str, Any]:
        """Return plain values to seal."""
        return asdict(self)

    def with_values(self, values: Mapping[str, Any]) -> Answers:
        """Return the answers with some of them given anew."""
        return without_idle(replace(self, **_known_to(Answers, values)))


@dataclass(frozen=True, slots=True)
class Texts:
    """Free words: sealed, and gone when their time is over."""

    route_words: str = ""
    motive_words: str = ""
    language_words: str = ""
    needs: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return not any(asdict(self).values())

    def with_values(self, values: Mapping[str, Any]) -> Texts:
        """Return the texts with some of them written anew."""
        return replace(self, **_known_to(Texts, values))


@dataclass(frozen=True, slots=True)
class Guardian:
    """What was checked before a minor takes part. A relation, and no name."""

    relation: str = ""
    # Whether whoever signs uses violence at home: anything but "no" is a refusal.
    uses_violence: str = ""
    signed_on: str = ""
    assent: str = ""
    assent_on: str = ""
    psychologist: str = ""
    licence: str = ""


def without_idle(answers: Answers) -> Answers:
    """Drop answers to questions that no longer apply: a CURP is kept only for a court's letter."""
    if answers.mandated != "yes":
        answers = replace(answers, authority="", letter="")
    if answers.letter != "yes":
        answers = replace(answers, curp="")
    return answers


def _known_to(shape: type[Answers] | type[Texts], values: Mapping[str, Any]) -> dict[str, Any]:
    names = {each.name for each in fields(shape)}
    return {n: tuple(v) if isinstance(v, list) else v for n, v in values.items() if n in names}
