"""What an organisation's lawyer wrote for a state: the newest text, kept and read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tequio.territory import places
from tequio.territory.models import LawText


@dataclass(frozen=True, slots=True)
class OfState:
    """A state with its newest texts; empty where the organisation has none."""

    state: places.State
    texts: tuple[LawText, ...]


def newest(organisation_id: UUID, state: str, about: str) -> LawText | None:
    """Return the text that stands, or None where nobody wrote one."""
    rows = LawText.objects.filter(organisation=organisation_id, state=state, about=about)
    return rows.order_by("-written_at", "-pk").first()


def all_newest(organisation_id: UUID) -> list[OfState]:
    """Return every state that has a text, by name, in one query."""
    found: dict[tuple[str, str], LawText] = {}
    for text in LawText.objects.filter(organisation=organisation_id).order_by("written_at", "pk"):
        found[text.state, text.about] = text
    return [
        OfState(state, tuple(text for (key, _a), text in sorted(found.items()) if key == state.key))
        for state in places.states()
        if any(key == state.key for key, _about in found)
    ]


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it was typed: whose it is and from when."""

    state: str
    about: str
    text: str
    author: str
    dated_on: date
    licence: str = ""
