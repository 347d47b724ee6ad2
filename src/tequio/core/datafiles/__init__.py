"""Data files that come with the system: read with errors that teach, and never changed."""

from __future__ import annotations

from tequio.core.datafiles.locking import LOCK, faults, fingerprints, locked, written
from tequio.core.datafiles.reading import BadDataFile, Read, Strict, line_of, read_as

__all__ = [
    "LOCK",
    "BadDataFile",
    "Read",
    "Strict",
    "faults",
    "fingerprints",
    "line_of",
    "locked",
    "read_as",
    "written",
]
