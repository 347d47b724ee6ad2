"""Reading the wall's log is itself a line in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from tequio.survivors import log as walled_log
from tequio.survivors.log import Line
from tequio.survivors.opened import OpenWall


@dataclass(frozen=True, slots=True)
class Log:
    """The newest lines, how many there are, and where the chain breaks, if it does."""

    lines: list[Line]
    total: int
    broken_at: int | None


@transaction.atomic
def log(*, by: OpenWall) -> Log:
    """Return the log, checked from its first line to its last."""
    found = Log(walled_log.lines(by=by), by.wall.log.count(), walled_log.first_break(by))
    walled_log.write("log.read", by=by)
    return found
