"""Men who are called whatever they missed: a room above says whom, and writes down that it was.

A study may draw who gets a call besides the usual ones. That room stands above and registers when
the house starts; nothing of it is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tequio.access.models import User


@dataclass(frozen=True, slots=True)
class Besides:
    """One man to call this week, and where it is written down: `url` takes a POST."""

    membership_id: UUID
    alias: str
    group_name: str
    url: str


Provider = Callable[[User, date], Sequence[Besides]]

_here: list[Provider] = []


def register(provider: Provider) -> None:
    """Hear from whoever knows; a later one takes the place of an earlier one."""
    _here[:] = [provider]


def men(user: User, day: date) -> Sequence[Besides]:
    """Return whom this person calls besides, in the week of that day."""
    return _here[0](user, day) if _here else ()


@contextmanager
def only(provider: Provider | None = None) -> Iterator[None]:
    """Within this block nobody else is heard: for tests."""
    before = list(_here)
    _here[:] = [provider] if provider else []
    try:
        yield
    finally:
        _here[:] = before
