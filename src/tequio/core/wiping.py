"""After an erasure: what was overwritten in the database must not lie on in its log.

`secure_delete` zeroes what a row held; but a database with a write-ahead log keeps the pages as
they were before in that log until it is emptied (measured: security reference, §5.1).
"""

from __future__ import annotations

import time
from typing import Final

from django.db import OperationalError, connection, transaction

_TRIES: Final = 20
_PAUSE: Final = 0.05


def after_commit() -> None:
    """Empty the log as soon as the present transaction is committed."""
    transaction.on_commit(wipe)


def wipe() -> bool:
    """Empty the write-ahead log; False where readers kept it, and the hourly clock tries again.

    On PostgreSQL the server's own cleaning does it in its time (`autovacuum`).
    """
    if connection.vendor != "sqlite":
        return True
    if connection.in_atomic_block:
        # A transaction has the log open; what called here comes back after it, by the clock.
        return False
    for _try in range(_TRIES):
        if _emptied():
            return True
        time.sleep(_PAUSE)
    return False


def _emptied() -> bool:
    with connection.cursor() as cursor:
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except OperationalError:
            return False  # Somebody reads it at this very moment.
        busy, _pages, _moved = cursor.fetchone()
    return not busy
