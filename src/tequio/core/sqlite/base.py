"""SQLite where whoever waits to write is not overtaken.

SQLite lets one connection write at a time. The others sleep, and for longer each time they find
the door shut (1, 2, 5 … 100 ms: ``sqliteDefaultBusyCallback`` in its source), so on a busy evening
a tap that slept long is overtaken by twenty that came later. Here everybody who opens a writing
transaction first takes a turn, a lock on a file beside the database, and asks for it again every
half millisecond. The turn only orders; what keeps the data whole is still SQLite's own lock, also
against programs that know nothing of turns.
"""

from __future__ import annotations

import os
import time
from types import ModuleType
from typing import Any, Final

from django.db.backends.sqlite3 import base

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows, where one process serves (see config.boot) and nobody queues.
    fcntl = None

_EVERY: Final = 0.0005


class Turn:
    """A place in the queue of one database file; held by one connection at a time."""

    __slots__ = ("_file", "_path")

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: int | None = None

    def take(self, patience: float) -> None:
        """Wait for the turn, at most `patience` seconds; then go on, and SQLite will decide."""
        if fcntl is None:
            return
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    return
                time.sleep(_EVERY)
            else:
                return

    def give(self) -> None:
        """Let the next one in; harmless where no turn was taken."""
        if fcntl is not None and self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Give the turn back for good."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, which takes a turn before each transaction and gives it back after."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: Turn | None = None

    def get_new_connection(self, conn_params: Any) -> Any:
        """Open the file, and the queue beside it; a database in memory has no other writers."""
        opened = super().get_new_connection(conn_params)
        if not self.is_in_memory_db():
            self._turn = Turn(f"{conn_params['database']}-turn")
        return opened

    def set_autocommit(
        self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False
    ) -> None:
        """Leave autocommit, which is how `atomic` begins, only when it is one's turn."""
        opens = force_begin_transaction_with_broken_autocommit and not autocommit
        if opens and self._turn is not None:
            self._turn.take(float(self.settings_dict["OPTIONS"].get("timeout", 5)))
        try:
            super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        except BaseException:
            self._give()
            raise

    def commit(self) -> None:
        """Commit; one that fails leaves the transaction open, and its rollback gives the turn."""
        super().commit()
        self._give()

    def rollback(self) -> None:
        """Roll back and let the next one in, whatever happened."""
        try:
            super().rollback()
        finally:
            self._give()

    def close(self) -> None:
        """Close the connection and give the turn back for good."""
        try:
            super().close()
        finally:
            if self._turn is not None:
                self._turn.close()

    def _give(self) -> None:
        if self._turn is not None:
            self._turn.give()
