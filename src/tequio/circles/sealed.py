"""Sealing and opening what is told in a session; bound to its row, so that it cannot be moved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tequio.circles.models import Telling
from tequio.circles.rules.evening import After, Note, Round, Said, drops, round_from, stored
from tequio.people.vault import open_part, seal_part


def seal(organisation_id: UUID, telling_id: UUID, said: Said) -> bytes:
    """Seal what was told with the organisation's key."""
    return seal_part(organisation_id, _place(telling_id), stored(said))


def open_round(organisation_id: UUID, telling: Telling) -> Round | None:
    """Return what he said in the round; None once its time was over."""
    kept = _opened(organisation_id, telling)
    return None if kept is None else round_from(kept)


def open_after(organisation_id: UUID, telling: Telling) -> After:
    """Return what he took with him; empty once its time was over."""
    return After(**(_opened(organisation_id, telling) or {}))


def open_note(organisation_id: UUID, telling: Telling) -> Note:
    """Return the private note. The caller has checked whose it is."""
    return Note(**(_opened(organisation_id, telling) or {}))


def same(organisation_id: UUID, telling: Telling, said: Said) -> bool:
    """Tell whether a row holds exactly this: the same tap, sent twice."""
    kept = _opened(organisation_id, telling)
    # Through what is stored: a list read back is not a tuple.
    return kept is not None and _plain(kept) == _plain(stored(said))


def loses(organisation_id: UUID, telling: Telling, said: After | Note) -> bool:
    """Tell whether writing this in the place of a row would make something of it disappear."""
    return drops(_opened(organisation_id, telling) or {}, stored(said))


def _opened(organisation_id: UUID, telling: Telling) -> dict[str, Any] | None:
    if telling.sealed is None:
        return None
    found: dict[str, Any] = open_part(organisation_id, _place(telling.pk), bytes(telling.sealed))
    return found


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def _place(telling_id: UUID) -> str:
    return f"circles.telling|{telling_id}|said"
