"""Models of community work: data files with a schema, and what was published never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from tequio.core.datafiles import BadDataFile, read_as
from tequio.network.definitions.shape import (
    DOMAINS,
    CommunityModel,
    Criterion,
    Domain,
    Objective,
    Phase,
    Question,
)

__all__ = [
    "DOMAINS",
    "FOLDER",
    "BadDataFile",
    "CommunityModel",
    "Criterion",
    "Domain",
    "Objective",
    "Phase",
    "Question",
    "Shipped",
    "every",
    "find",
    "newest",
    "read",
]

FOLDER: Final = Path(__file__).parent.parent / "library"


@dataclass(frozen=True, slots=True)
class Shipped:
    """A model with the fingerprint of the file it was read from."""

    model: CommunityModel
    sha256: str


def read(path: Path) -> Shipped:
    """Read and check one model file: ``library/<slug>/<version>.toml``."""
    found = read_as(path, CommunityModel)
    model = found.content
    if (model.slug, model.version) != (path.parent.name, path.stem):
        raise BadDataFile(
            _(
                "%(file)s: el archivo dice slug «%(slug)s» y version «%(version)s», y su carpeta y "
                "su nombre dicen otra cosa. Deben ser iguales."
            )
            % {
                "file": f"{path.parent.name}/{path.name}",
                "slug": model.slug,
                "version": model.version,
            }
        )
    return Shipped(model, found.sha256)


@lru_cache(maxsize=1)
def every() -> Mapping[tuple[str, str], Shipped]:
    """Return every version of every model of community work that comes with the system."""
    found = [read(path) for path in sorted(FOLDER.glob("*/*.toml"))]
    return {(shipped.model.slug, shipped.model.version): shipped for shipped in found}


@lru_cache(maxsize=1)
def newest() -> Mapping[str, Shipped]:
    """Return the newest version of each model, by slug."""
    by_age = sorted(every().items(), key=lambda item: (item[0][0], int(item[0][1])))
    return {slug: shipped for (slug, _version), shipped in by_age}


def find(slug: str, version: str) -> CommunityModel | None:
    """Return one version of a model, or None where it did not come with the system."""
    shipped = every().get((slug, version))
    return shipped.model if shipped else None
