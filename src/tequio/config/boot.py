"""Puts a sound SQLite in place before Django loads its own.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL database when two connections write and checkpoint at
the same instant (https://www.sqlite.org/wal.html#walresetbug). Most systems still ship one of
those, so on Linux the wheel of pysqlite3 takes the place of the standard module.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import Final

SAFE_SQLITE: Final = (3, 51, 3)


def install() -> None:
    """Alias `sqlite3` to the newer library where the wheel exists; call before Django loads."""
    try:
        import pysqlite3
    except ImportError:  # No wheel for this system: then one process serves (sqlite_is_safe).
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def sqlite_is_safe() -> bool:
    """Tell whether more than one process may write to a WAL database."""
    module = sys.modules.get("sqlite3", sqlite3)
    return tuple(module.sqlite_version_info) >= SAFE_SQLITE


install()
