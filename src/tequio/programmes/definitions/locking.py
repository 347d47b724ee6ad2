"""What was published stays as it was: the fingerprints of all data files, one per line."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tequio.core import datafiles
from tequio.core.datafiles import faults, fingerprints, written

__all__ = ["LOCK", "faults", "fingerprints", "locked", "written"]

LOCK: Final = Path(__file__).parent.parent / datafiles.LOCK


def locked(path: Path = LOCK) -> dict[str, str]:
    """Read this room's lock."""
    return datafiles.locked(path)
