"""Tonight's room: a sign-in that lasts for one session's pages, and a screen that locks itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
_EVENING = "evening"
_IN_THE_ROOM = "shown_in_the_room"
_WHEN_LOCKED = "shown_when_locked"
_KEY = "opens_the_locked_room"


@dataclass(frozen=True, slots=True)
class Evening:
    """Whose session it is, until when the sign-in lasts, and where its page is."""

    session_id: str
    until: int
    path: str


def begin(request: HttpRequest, session_id: UUID, *, until: int, path: str) -> None:
    """From now on this sign-in lasts for the pages of that session until then."""
    evening = {"session": str(session_id), "until": until, "path": path}
    if request.session.get(_EVENING) != evening:
        request.session[_EVENING] = evening


def evening_of(request: HttpRequest) -> Evening | None:
    """Return the evening that this sign-in was opened for."""
    kept = request.session.get(_EVENING)
    return Evening(kept["session"], kept["until"], kept["path"]) if kept else None


def in_the_room(*, when_locked: View) -> Callable[[View], View]:
    """Mark a view of one session, and name what is shown in its place while it is locked."""

    def mark(view: View) -> View:
        setattr(view, _IN_THE_ROOM, True)
        setattr(view, _WHEN_LOCKED, when_locked)
        return view

    return mark


def opens(view: View) -> View:
    """Mark the view that takes the PIN: it is reached while everything else is locked."""
    setattr(view, _KEY, True)
    return view


def is_key(view: View) -> bool:
    """Tell whether a view takes the PIN."""
    return getattr(view, _KEY, False)


def belongs(view: View, holds: Mapping[str, Any], evening: Evening | None) -> bool:
    """Tell whether a view shows that evening's session and nothing else."""
    if evening is None:
        return False
    mine = str(holds.get("session_id", "")) == evening.session_id
    return is_key(view) or (getattr(view, _IN_THE_ROOM, False) and mine)


def locked_view(view: View, holds: Mapping[str, Any], evening: Evening | None) -> View | None:
    """Return what is shown in the place of a locked view of that evening."""
    if is_key(view) or not belongs(view, holds, evening):
        return None
    found: View | None = getattr(view, _WHEN_LOCKED, None)
    return found
