"""The state of one import while it is being written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from tequio.access.models import User
from tequio.circles.importing.reading import Reading
from tequio.circles.models import Group, Membership, RegisterImport, Session
from tequio.circles.registers import Problem
from tequio.people.models import Participant


class Superseded(Exception):
    """The import was undone or begun anew meanwhile: this run has nothing more to do."""


@dataclass(slots=True)
class Run:
    """Who imports what, what has been written so far, and how far it is."""

    by: User
    register: RegisterImport
    reading: Reading
    say: Callable[[int, int], None]
    done: int = 0
    total: int = 0
    men: dict[str, Participant] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    # Groups that this import opens, and by meeting of the plan the session it became.
    opened: set[UUID] = field(default_factory=set)
    sessions: dict[tuple[UUID, int], Session] = field(default_factory=dict)
    places: dict[tuple[UUID, UUID], Membership] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def step(self, size: int) -> Iterator[None]:
        """Write one chunk whole, only while the import is still ours, and say so afterwards."""
        with transaction.atomic():
            mine = RegisterImport.objects.select_for_update().filter(
                pk=self.register.pk,
                state=RegisterImport.State.RUNNING,
                job=self.register.job_id,
            )
            if mine.first() is None:
                raise Superseded
            yield
        self.done += size
        # What comes up on the way (a contradiction with the group) may lengthen the work.
        self.total = max(self.total, self.done)
        self.say(self.done, self.total)
