"""Models of intervention and their session guides: data files with a schema, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from tequio.programmes.definitions.guides import About, Guide
from tequio.programmes.definitions.reading import BadModelFile, read_as
from tequio.programmes.definitions.shape import Intervention

__all__ = [
    "CURRICULA",
    "FOLDER",
    "BadModelFile",
    "Curriculum",
    "Guide",
    "Intervention",
    "Shipped",
    "curriculum",
    "every",
    "find",
    "read",
    "shipped",
]

FOLDER: Final = Path(__file__).parent.parent / "library"
CURRICULA: Final = Path(__file__).parent.parent / "curricula"


@dataclass(frozen=True, slots=True)
class Shipped:
    """A model with the fingerprint of the file it was read from."""

    model: Intervention
    sha256: str


@dataclass(frozen=True, slots=True)
class Curriculum:
    """A set of session guides, in order."""

    about: About
    guides: tuple[Guide, ...]

    def guide(self, number: int) -> Guide | None:
        """Return the guide of one session of the programme."""
        return next((guide for guide in self.guides if guide.number == number), None)


def read(path: Path) -> Shipped:
    """Read and check one model file: ``library/<slug>/<version>.toml``."""
    found = read_as(path, Intervention)
    model = found.content
    if (model.slug, model.version) != (path.parent.name, path.stem):
        raise BadModelFile(
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
    """Return every version of every model that comes with the system."""
    found = [read(path) for path in sorted(FOLDER.glob("*/*.toml"))]
    return {(shipped.model.slug, shipped.model.version): shipped for shipped in found}


@lru_cache(maxsize=1)
def shipped() -> dict[str, Shipped]:
    """Return the newest version of each model, by slug."""
    newest: dict[str, Shipped] = {}
    for (slug, _version), found in sorted(every().items(), key=lambda item: _order(item[0][1])):
        newest[slug] = found
    return dict(sorted(newest.items()))


def find(slug: str, version: str) -> Shipped | None:
    """Return one version of a model, or None where it did not come with the system."""
    return every().get((slug, version))


@lru_cache(maxsize=8)
def curriculum(name: str) -> Curriculum:
    """Return a curriculum by ``slug/version``."""
    folder = CURRICULA / name
    about = read_as(folder / "about.toml", About).content
    guides = [read_as(path, Guide).content for path in sorted(folder.glob("[0-9]*.toml"))]
    numbers = [guide.number for guide in guides]
    if numbers != list(range(1, len(guides) + 1)):
        raise BadModelFile(
            _("%(folder)s: las sesiones deben ir numeradas 1, 2, 3…; están %(found)s.")
            % {"folder": name, "found": numbers}
        )
    return Curriculum(about, tuple(guides))


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
