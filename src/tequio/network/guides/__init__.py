"""Guides of literacy circles: data files that are read with their schema and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from tequio.core import datafiles
from tequio.core.datafiles import BadDataFile
from tequio.network.guides.shape import Guide

__all__ = ["FOLDER", "LOCK", "Guide", "Shipped", "every", "find", "read"]

FOLDER: Final = Path(__file__).parent / "library"
LOCK: Final = FOLDER.parent / datafiles.LOCK


@dataclass(frozen=True, slots=True)
class Shipped:
    """A guide with the fingerprint of the file it was read from."""

    guide: Guide
    sha256: str


def read(path: Path) -> Shipped:
    """Read and check one file: ``library/<slug>/<version>.toml``."""
    found = datafiles.read_as(path, Guide)
    one = found.content
    if (one.slug, one.version) != (path.parent.name, path.stem):
        raise BadDataFile(
            _("%(file)s: su slug y su versión deben ser los de su carpeta y su nombre.")
            % {"file": f"{path.parent.name}/{path.name}"}
        )
    return Shipped(one, found.sha256)


@lru_cache(maxsize=1)
def every() -> tuple[Shipped, ...]:
    """Return the newest version of each guide, by theme and title."""
    newest = [max(folder.glob("*.toml"), key=_number) for folder in sorted(FOLDER.iterdir())]
    themes = ("money", "services", "law", "own")
    return tuple(
        sorted(map(read, newest), key=lambda one: (themes.index(one.guide.theme), one.guide.title))
    )


def find(slug: str, version: str = "") -> Shipped | None:
    """Return a guide by its slug: the newest, or the version that a meeting followed."""
    there = next((one for one in every() if one.guide.slug == slug), None)
    if there is None or version in ("", there.guide.version):
        return there
    path = FOLDER / there.guide.slug / f"{version}.toml"
    known = {one.name: one for one in path.parent.glob("*.toml")}
    return read(known[path.name]) if path.name in known else None


def _number(path: Path) -> int:
    return int(path.stem)
