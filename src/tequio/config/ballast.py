"""A file that only takes space, to be given back when the disk is full.

On a full disk SQLite cannot even open its database to read, and deleting a row needs space too.
Without this, a full disk could not be left without somebody who knows what may be erased.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

FILE: Final = "ballast"
SIZE: Final = 64 * 1024 * 1024
_NEEDED: Final = 32 * 1024 * 1024
_PLENTY: Final = 10 * SIZE


def settle(folder: Path) -> bool:
    """Give the space back where it lacks, take it where there is plenty; tell if it was given."""
    path = folder / FILE
    free = shutil.disk_usage(folder).free
    if free < _NEEDED and path.exists():
        path.unlink()
        return True
    if free > _PLENTY and not path.exists():
        _take(path)
    return False


def _take(path: Path) -> None:
    # Written and not only reserved: not every file system keeps what was only promised.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for _i in range(64):
            file.write(os.urandom(SIZE // 64))
