"""The data folder is for one account alone: finding what is not, and closing it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
# Pages' files hold nothing of anybody and may be read by a web server.
_PUBLIC: Final = frozenset({"static"})


def open_to_others(folder: Path) -> Iterator[str]:
    """Name what another account could read, relative to the folder."""
    if os.name == "nt":
        return
    for path in _inside(folder):
        try:
            if path.lstat().st_mode & _OTHERS and not path.is_symlink():
                yield str(path.relative_to(folder)) if path != folder else str(folder)
        except FileNotFoundError:  # SQLite's own files come and go
            continue


def close(folder: Path) -> int:
    """Take every right from the others; return how many things were open."""
    opened = list(open_to_others(folder))
    for name in opened:
        path = folder if name == str(folder) else folder / name
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)
    return len(opened)


def _inside(folder: Path) -> Iterator[Path]:
    # A closed folder closes what is in it; looking deeper would take long and tell nothing more,
    # except for keys, whose own mode counts when they are copied elsewhere.
    yield folder
    for path in folder.iterdir():
        if path.name not in _PUBLIC and not path.name.endswith(("-wal", "-shm")):
            yield path
    for name in ("keys", "https"):
        if (folder / name).is_dir():
            yield from (folder / name).iterdir()
