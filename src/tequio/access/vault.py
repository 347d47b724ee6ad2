"""The organisation's vault key, read once per process from its file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from tequio.core.sealing import Key, KeyRing


def key_of(organisation_id: UUID) -> Key:
    """Return the key that seals this organisation's identities and authenticator secrets."""
    return _cached(str(settings.KEY_FOLDER), organisation_id)


def make_key(organisation_id: UUID) -> None:
    """Make the key file of a new organisation."""
    KeyRing(Path(settings.KEY_FOLDER)).make_for(organisation_id)


@lru_cache(maxsize=256)
def _cached(folder: str, organisation_id: UUID) -> Key:
    return KeyRing(Path(folder)).key_for(organisation_id)
