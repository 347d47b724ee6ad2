"""Instruments are data files: read with their schema, refused without a licence, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from tequio.core import datafiles
from tequio.core.datafiles import BadDataFile
from tequio.instruments.definitions.shape import (
    PREFERS_NOT,
    Choice,
    Flag,
    Instrument,
    Item,
    Scale,
    Words,
)

__all__ = [
    "FOLDER",
    "LOCK",
    "PREFERS_NOT",
    "BadDataFile",
    "Choice",
    "Flag",
    "Instrument",
    "Item",
    "Scale",
    "Shipped",
    "Words",
    "every",
    "find",
    "for_men",
    "locked",
    "newest",
    "read",
    "shipped",
]

FOLDER: Final = Path(__file__).parent.parent / "library"
LOCK: Final = FOLDER.parent / datafiles.LOCK


@dataclass(frozen=True, slots=True)
class Shipped:
    """An instrument with the fingerprint of the file it was read from."""

    instrument: Instrument
    sha256: str


def read(path: Path, *, permission: bool = False) -> Shipped:
    """Read and check one file: ``library/<slug>/<version>.toml``.

    Parameters
    ----------
    path
        Where it is.
    permission
        Whether the organisation has uploaded the permission of whoever holds the rights. Without
        it the text of an instrument that is not free is refused; its shell is not.
    """
    found = datafiles.read_as(path, Instrument)
    one = found.content
    if (one.slug, one.version) != (path.parent.name, path.stem):
        raise BadDataFile(
            _(
                "%(file)s: el archivo dice slug «%(slug)s» y version «%(version)s», y su carpeta y "
                "su nombre dicen otra cosa. Deben ser iguales."
            )
            % {
                "file": f"{path.parent.name}/{path.name}",
                "slug": one.slug,
                "version": one.version,
            }
        )
    _refuse_without_licence(one, permission=permission)
    return Shipped(one, found.sha256)


def _refuse_without_licence(one: Instrument, *, permission: bool) -> None:
    if one.is_shell and one.items and not permission:
        raise BadDataFile(
            _(
                "%(name)s: sus preguntas son de quien las publicó y no se pueden cargar sin su "
                "permiso. Sube primero el permiso por escrito; mientras, queda solo la ficha."
            )
            % {"name": one.name.now()}
        )
    if not one.is_shell and not one.questions:
        raise BadDataFile(_("%(name)s: no tiene preguntas.") % {"name": one.name.now()})


@lru_cache(maxsize=1)
def every() -> Mapping[tuple[str, str], Shipped]:
    """Return every version of every instrument that comes with the system."""
    found = [read(path) for path in sorted(FOLDER.glob("*/*.toml"))]
    return {(one.instrument.slug, one.instrument.version): one for one in found}


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Shipped]:
    """Return the newest version of each instrument, by slug."""
    found: dict[str, Shipped] = {}
    for (slug, _version), one in sorted(every().items(), key=lambda item: _order(item[0][1])):
        found[slug] = one
    return dict(sorted(found.items()))


def newest(slug: str) -> Shipped:
    """Return the newest version of one instrument."""
    return shipped()[slug]


def find(slug: str, version: str) -> Shipped | None:
    """Return one version, or None where it did not come with the system."""
    return every().get((slug, version))


def for_men() -> tuple[Shipped, ...]:
    """Return what a man may be asked: never what she, or a professional, says of him."""
    return tuple(
        one
        for one in shipped().values()
        if one.instrument.asks_a_man and not one.instrument.is_shell
    )


def locked() -> dict[str, str]:
    """Read the fingerprints of what was published."""
    return datafiles.locked(LOCK)


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
