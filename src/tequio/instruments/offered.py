"""Which forms telephones may fetch: whoever has forms registers a source when the house starts.

A published version never changes, so what was read once is kept by its digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final
from uuid import UUID

from tequio.instruments.openrosa.answers import md5
from tequio.instruments.xform.model import Form
from tequio.instruments.xform.reading import read


@dataclass(frozen=True, slots=True)
class File:
    """A file beside a form: a picture, a sound, a list."""

    name: str
    type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Offered:
    """One version of a form, as telephones get it."""

    form_id: str
    version: str
    title: str
    xml: bytes = field(repr=False)
    # Answers go to the wall and nowhere else.
    walled: bool = False
    # Older versions, and forms that were taken off, are in no list any more; what telephones have
    # filled in of them is still taken.
    listed: bool = True
    # Whose answers they are (instruments.stores); empty for a form of the organisation's own.
    store: str = ""
    files: tuple[File, ...] = ()

    @property
    def digest(self) -> str:
        """The digest by which a telephone knows whether the form changed."""
        return md5(self.xml)

    @property
    def sha256(self) -> str:
        """The digest by which an owner knows exactly which form was answered."""
        return hashlib.sha256(self.xml).hexdigest()

    @property
    def form(self) -> Form:
        """The form, read."""
        return read_form(self.xml)


# `form_id` narrows it down to the versions of one form; empty means all.
Source = Callable[[UUID, str], Iterable[Offered]]
_sources: dict[str, Source] = {}
_found: dict[tuple[UUID, str, str], Offered] = {}
_MOST: Final = 64


def register(name: str, source: Source) -> None:
    """Offer forms of one kind to telephones."""
    _sources[name] = source


@contextmanager
def offering(name: str, source: Source) -> Iterator[None]:
    """Offer forms for a while: for tests."""
    before = _sources.get(name)
    _sources[name] = source
    _found.clear()
    try:
        yield
    finally:
        _found.clear()
        _sources.pop(name)
        if before is not None:
            _sources[name] = before


def listed(organisation_id: UUID) -> list[Offered]:
    """Return what a telephone of the organisation may fetch now, by title."""
    found = [one for one in _all(organisation_id, "") if one.listed]
    return sorted(found, key=lambda one: (one.title.casefold(), one.form_id))


def versions(organisation_id: UUID, form_id: str) -> list[Offered]:
    """Return every version of a form that was ever published, listed or not."""
    return [one for one in _all(organisation_id, form_id) if one.form_id == form_id]


def exactly(organisation_id: UUID, form_id: str, version: str) -> Offered | None:
    """Return one version, or None. It never changes, so what was found once is kept in memory."""
    key = (organisation_id, form_id, version)
    if key not in _found:
        for one in versions(organisation_id, form_id):
            if one.version == version:
                if len(_found) >= _MOST:
                    _found.clear()
                _found[key] = replace(one, files=())
                break
    return _found.get(key)


def _all(organisation_id: UUID, form_id: str) -> Iterator[Offered]:
    for source in _sources.values():
        yield from source(organisation_id, form_id)


@lru_cache(maxsize=64)
def read_form(xml: bytes) -> Form:
    """Return a form, read once per process."""
    return read(xml)
