"""One holder of a data folder at a time: a site that runs, or a command that replaces its data."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tequio.config.words import gettext as _
from tequio.core.errors import DomainError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FILE: Final = "run.lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a data folder; the system lets go by itself when the process that holds it dies."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _take(handle):
            raise DomainError(
                _("Tequio está abierto con la carpeta %(folder)s.") % {"folder": folder},
                hint=_("Ciérralo (Ctrl+C, o systemctl stop tequio) y vuelve a intentarlo."),
            )
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
