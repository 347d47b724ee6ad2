"""A case's cover: what a list of cases shows and what a search compares, and nothing more."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from tequio.core.text import fold

OPEN: Final = "open"
OFFER: Final = "offer"  # somebody said that she might want support; she has not been asked yet
CLOSED: Final = "closed"
# Nobody's case: the team's own sheets (women's groups). It stands in no list.
SHELF: Final = "shelf"
STATES: Final = (OFFER, OPEN, CLOSED)


@dataclass(frozen=True, slots=True)
class Due:
    """Something of hers that a person has to do by a day."""

    on: str  # ISO date
    what: str  # a code
    # Until when it is of any use, and which one of its kind; empty for most.
    until: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """What lies on top of a case."""

    folio: str
    # How the team calls her: a name that she chose, not necessarily hers.
    alias: str
    state: str = OPEN
    since: str = ""
    accompanied_by: str = ""  # a member's login
    # Folios of men; she may be linked to several, to none, and a man to several women.
    men: tuple[str, ...] = ()
    # Words by which she is found, folded: her name, her telephone's digits.
    found_by: tuple[str, ...] = ()
    due: tuple[Due, ...] = field(default=())
    last_contact: str = ""
    # Women's groups in which she has a place.
    groups: tuple[str, ...] = ()

    def as_body(self) -> dict[str, Any]:
        """Return the cover as it is sealed."""
        return asdict(self)

    @classmethod
    def from_body(cls, body: dict[str, Any]) -> Cover:
        """Read a cover; what a newer version added is ignored."""
        known = {name: body[name] for name in cls.__dataclass_fields__ if name in body}
        cover = cls(**known)
        return replace(
            cover,
            men=tuple(cover.men),
            found_by=tuple(cover.found_by),
            groups=tuple(cover.groups),
            due=tuple(Due(**one) for one in body.get("due", ())),
        )

    def answers_to(self, typed: str) -> bool:
        """Tell whether a search finds this case: every word begins some word of hers."""
        words = fold(typed).split()
        own = [*fold(self.alias).split(), *fold(self.folio).split(), *self.found_by]
        return bool(words) and all(any(o.startswith(w) for o in own) for w in words)
