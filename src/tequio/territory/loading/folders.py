"""Finds out what a folder holds, and reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tequio.core.errors import DomainError
from tequio.territory.loading import context, crimes, survey
from tequio.territory.loading.tables import Table

Recognises = Callable[[Path], bool]
Reads = Callable[[Path], Table]
_READERS: Final[tuple[tuple[Recognises, Reads], ...]] = (
    (context.recognises, context.read),
    (crimes.recognises_files, crimes.read_files),
    (crimes.recognises_calls, crimes.read_calls),
    (survey.recognises, survey.read),
)


def read_all(folder: Path) -> Iterator[tuple[Path, Table]]:
    """Read what is known in a folder and in the folders right inside it."""
    if not folder.is_dir():
        raise DomainError(
            f"No hay una carpeta {folder}.", hint="Escribe la carpeta que tiene los archivos."
        )
    inside = sorted(one for one in folder.iterdir() if one.is_dir())
    found = False
    for one in (folder, *inside):
        for recognises, reads in _READERS:
            if recognises(one):
                found = True
                yield one, _read(reads, one)
    if not found:
        raise DomainError(
            f"En {folder} no hay ningún archivo conocido.",
            hint="Se conocen los de docs/territory.md; ahí dice de dónde vienen.",
        )


def _read(reads: Reads, folder: Path) -> Table:
    """A file that is not what its name says is told in one sentence, and nothing of it is kept."""
    try:
        return reads(folder)
    except (KeyError, ValueError, UnicodeDecodeError, EOFError, OSError) as error:
        raise DomainError(
            f"El archivo de {folder} no se entiende: {error}.",
            hint="Vuelve a bajarlo de donde lo publican. No se guardó nada de él.",
        ) from error
