"""The shape of a guide for a literacy circle: words, a code to look at, dialogue, and what follows.

The way is popular education's: a word from the people's own life, a picture that holds it up, talk
about what is seen, what is lived and why, an objective that is everybody's, and something done.
"""

from __future__ import annotations

from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, model_validator

from tequio.core.datafiles import Strict

Origin = Literal["seed", "published", "ours"]
Theme = Literal["money", "services", "law", "own"]
Audience = Literal["women", "men", "teachers", "health", "parents"]
Domain = Literal["knowledge", "attitudes", "skills", "behaviour"]
SLUG: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LONGEST: Final = 150
DOMAINS: Final[tuple[Domain, ...]] = ("knowledge", "attitudes", "skills", "behaviour")
_ORIGINS: Final[dict[str, Promise | str]] = {
    "seed": gettext_lazy("del documento de origen"),
    "published": gettext_lazy("de otra publicación"),
    "ours": gettext_lazy("propuesta nuestra"),
}
_TURNS: Final[dict[str, Promise | str]] = {
    "see": gettext_lazy("¿Qué vemos?"),
    "live": gettext_lazy("¿Cómo lo vivimos?"),
    "why": gettext_lazy("¿Por qué pasa?"),
    "could": gettext_lazy("¿Qué podemos hacer?"),
}


class Marked(Strict):
    """Something that says whose words it is."""

    origin: Origin = Field(alias="from")

    @property
    def whose(self) -> str:
        """Whose words these are."""
        return str(_ORIGINS[self.origin])


class Word(Strict):
    """A generative word: everybody says it, and a world hangs on it."""

    word: str
    opens: str


class Code(Marked):
    """What is looked at together: a drawing, a scene, a thing. It asks and does not preach."""

    kind: Literal["drawing", "scene", "object", "photo", "song"]
    shows: str
    prepare: str


class Talk(Marked):
    """One turn of the dialogue, with its open questions."""

    turn: Literal["see", "live", "why", "could"]
    minutes: int = Field(ge=5, le=60)
    ask: tuple[str, ...] = Field(min_length=2)
    # What whoever facilitates brings to the table, after the group has spoken.
    bring: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What is asked in this turn."""
        return str(_TURNS[self.turn])


class Aim(Marked):
    """What is asked, and what others have answered."""

    ask: str
    examples: tuple[str, ...] = Field(min_length=2)


class Card(Strict):
    """A question for the show of cards, of one kind."""

    domain: Domain
    question: str


class Guide(Strict):
    """One meeting."""

    schema_version: Literal[1] = Field(alias="schema")
    slug: str = Field(pattern=SLUG)
    version: str
    title: str
    theme: Theme
    audiences: tuple[Audience, ...] = Field(min_length=1)
    origin: Origin = Field(alias="from")
    source: str
    evaluated: bool
    purpose: str
    materials: tuple[str, ...] = Field(min_length=1)
    welcome: str
    words: tuple[Word, ...] = Field(min_length=3)
    code: Code
    talk: tuple[Talk, ...]
    objective: Aim
    action: Aim
    closing: str
    safety: tuple[str, ...] = Field(min_length=2)
    avoid: tuple[str, ...] = Field(min_length=2)
    cards: tuple[Card, ...]

    @property
    def minutes(self) -> int:
        """How long the dialogue takes, with twenty minutes to arrive and to close."""
        return 20 + sum(one.minutes for one in self.talk)

    @model_validator(mode="after")
    def _whole(self) -> Guide:
        turns = [one.turn for one in self.talk]
        if turns != ["see", "live", "why", "could"]:
            raise ValueError(
                _("El diálogo va en este orden: «see», «live», «why» y «could», una vez cada uno.")
            )
        if self.minutes > LONGEST:
            raise ValueError(
                _("Suma %(sum)s minutos; un encuentro dura a lo más %(most)s.")
                % {"sum": self.minutes, "most": LONGEST}
            )
        if sorted(one.domain for one in self.cards) != sorted(DOMAINS):
            raise ValueError(_("Las tarjetas son cuatro: una por cada clase de cambio."))
        return self
