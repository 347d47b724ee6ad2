"""What happens by the clock, and the loop that makes it happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

import structlog
from django.db import close_old_connections

from tequio.core import clock

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Recurring:
    """Something that is done again and again."""

    name: str
    every: timedelta
    what: Callable[[], object]
    last: datetime | None = field(default=None)

    def due(self, now: datetime) -> bool:
        """Whether its time has come. A clock set back never stops it."""
        return self.last is None or not timedelta(0) <= now - self.last < self.every


_recurring: list[Recurring] = []


def every(period: timedelta, name: str, what: Callable[[], object]) -> None:
    """Register something recurring; each room does so when it starts."""
    if all(known.name != name for known in _recurring):
        _recurring.append(Recurring(name, period, what))


def run_due() -> list[str]:
    """Do what is due; one failure is logged and does not keep the rest from happening."""
    ran = []
    for item in _recurring:
        if item.due(clock.now()):
            item.last = clock.now()
            try:
                item.what()
                ran.append(item.name)
            except Exception:
                log.exception("recurring_failed", name=item.name)
    return ran


def run_forever(stop: Event) -> None:
    """Look once, and then every second until asked to stop."""
    while True:
        close_old_connections()
        run_due()
        if stop.wait(1 if _recurring else 5):
            return


@dataclass(frozen=True, slots=True)
class Round:
    """What was due when another process began to do it, and when it had been done before."""

    before: tuple[tuple[Recurring, datetime | None], ...]

    def undo(self) -> None:
        """Make it due again: it was not done."""
        for item, last in self.before:
            item.last = last


class Elsewhere:
    """The clock of a process that only looks, and lets another one do what is due."""

    def due(self) -> bool:
        """Whether anything is."""
        return any(item.due(clock.now()) for item in _recurring)

    def begin(self) -> Round:
        """Note that what is due is being done."""
        now = clock.now()
        found = tuple((item, item.last) for item in _recurring if item.due(now))
        for item, _last in found:
            item.last = now
        return Round(found)
