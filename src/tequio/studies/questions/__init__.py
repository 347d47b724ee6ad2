"""Questions that an organisation asks of its work, as data files: published ones never change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from tequio.core import datafiles
from tequio.core.datafiles import BadDataFile
from tequio.studies.questions.shape import (
    ATTENDANCE,
    COUNTED,
    MOST_PRIMARIES,
    Candidate,
    Estimand,
    Event,
    Question,
)

__all__ = [
    "ATTENDANCE",
    "COUNTED",
    "FOLDER",
    "LOCK",
    "MOST_PRIMARIES",
    "Candidate",
    "Estimand",
    "Event",
    "Question",
    "every",
    "find",
    "offered",
    "read",
]

FOLDER: Final = Path(__file__).parent / "library"
LOCK: Final = FOLDER.parent / datafiles.LOCK
# The order in which they are offered; a question of a later version keeps its place.
_ORDER: Final = (
    "violencia-hombres",
    "responsabilidad-hombres",
    "vienen-mas",
    "alcohol-animo",
    "mujeres-acompanadas",
    "barrio-tolerancia",
)


def read(path: Path) -> Question:
    """Read and check one file: ``library/<slug>/<version>.toml``."""
    found = datafiles.read_as(path, Question).content
    if (found.slug, found.version) != (path.parent.name, path.stem):
        raise BadDataFile(_("%(file)s: el nombre no es el que dice dentro.") % {"file": path.name})
    return found


@lru_cache(maxsize=1)
def every() -> Mapping[tuple[str, str], Question]:
    """Return every version of every question."""
    found = [read(path) for path in sorted(FOLDER.glob("*/*.toml"))]
    return {(one.slug, one.version): one for one in found}


def offered() -> tuple[Question, ...]:
    """Return the newest version of each question, in the order in which they are asked."""
    newest: dict[str, Question] = {}
    for _key, one in sorted(every().items(), key=lambda item: int(item[0][1])):
        newest[one.slug] = one
    known = [newest[slug] for slug in _ORDER if slug in newest]
    return (*known, *(one for slug, one in sorted(newest.items()) if slug not in _ORDER))


def find(slug: str, version: str = "") -> Question | None:
    """Return one version of a question, the newest where none is named."""
    if version:
        return every().get((slug, version))
    return next((one for one in offered() if one.slug == slug), None)
