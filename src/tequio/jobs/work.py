"""What a room registers as work, and how the work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from tequio.jobs.models import Job


class Cancelled(Exception):
    """Somebody asked to stop: the work takes back what it did and ends."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Lets the work say how far it is, between its transactions."""

    job_id: UUID

    def say(self, done: int, total: int) -> None:
        """Record how much is done, or raise :class:`Cancelled` if somebody asked to stop."""
        mine = Job.objects.filter(pk=self.job_id)
        mine.update(done=done, total=total)
        if mine.filter(cancel_asked=True).exists():
            raise Cancelled


Work = Callable[[Job, Progress], None]
_works: dict[str, Work] = {}


def register(kind: str, work: Work) -> None:
    """Name a kind of work; each room does so when it starts."""
    _works[kind] = work


def find(kind: str) -> Work:
    """Return the work of a kind."""
    return _works[kind]
