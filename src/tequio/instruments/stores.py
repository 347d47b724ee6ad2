"""Where answers live: each owner registers a store, and whoever asks knows no owner.

This room holds no table of anybody's answers. The room of men, the wall and the community register
what they keep when the house starts; the renderer and the server of forms write through it and
read nothing back. Completing gives the owner's red flags: what follows is the owner's to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID


class How(StrEnum):
    """In which way it was answered."""

    WORKER = "worker"  # with whoever accompanies
    ALONE = "alone"  # by himself or herself, on a link
    PAPER = "paper"  # written on paper and typed in
    DEVICE = "device"  # in an application of the field


@dataclass(frozen=True, slots=True)
class FormKey:
    """Which form exactly: an answered version never changes."""

    slug: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A whole answer as it arrives at its owner.

    `answers` holds what was asked and answered, by the name of the question; who would rather not
    say has given `definitions.PREFERS_NOT`. What was not asked or left open is not there.
    """

    form: FormKey
    # Made where it was filled in: the same one twice is the same answer.
    instance_id: UUID
    answers: Mapping[str, str]
    how: How
    started_at: datetime
    finished_at: datetime
    # The whole submission, where one came in the formats of the field.
    xml: bytes = field(default=b"", repr=False)
    attachments: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Raised:
    """A red flag as the screen shows it after the last answer, before anybody has read it."""

    kind: str  # a Flag of the instrument: self_harm, weapons, strangulation, children, danger
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """What the owner says when it has the answer: where to go, and what cannot wait."""

    url: str
    raised: tuple[Raised, ...] = ()


class Sitting(Protocol):
    """One answer under way: who asks gets it from the owner, who has checked that he may."""

    @property
    def form(self) -> FormKey:
        """Which form is asked."""

    @property
    def language(self) -> str:
        """In which language it is read."""

    @property
    def title(self) -> str:
        """What stands above the questions; neutral where somebody may look on."""

    @property
    def back_url(self) -> str:
        """Where to go without finishing."""

    def kept(self) -> dict[str, Any] | None:
        """Return what was kept so far (`xform.filling.Kept.as_body`), opened; None at the start."""

    def keep(self, body: Mapping[str, Any]) -> None:
        """Keep it, sealed."""

    def finish(self, filled: Filled) -> Done:
        """Take the whole answer, sealed, and throw away what was kept on the way."""


class Store(Protocol):
    """What an owner registers."""

    @property
    def reporters(self) -> frozenset[str]:
        """Who answers what is kept here: `his`, `hers`, `professional`, `anyone`, …"""

    def sitting(self, by: Any, sitting_id: UUID) -> Sitting:
        """Open one answer under way. `by` is whatever the owner knows people by: a user, a wall.

        Raises `NotVisible` where there is none that this person may go on with.
        """

    def take(self, organisation_id: UUID, filled: Filled) -> bool:
        """Take an answer that came from outside; True where it is new, False where it was there.

        Raises `Conflict` where the same instance came with other content. It is durable when this
        returns: the caller has a transaction around it. An owner that can be written to only by a
        person who is signed in raises `Forbidden`.
        """


_stores: dict[str, Store] = {}


def register(name: str, store: Store) -> None:
    """Hear from an owner; a later one of the same name takes the place of an earlier one."""
    _stores[name] = store


def of(name: str) -> Store:
    """Return an owner's store. Nobody there is a bug, and an answer is never lost in silence."""
    try:
        return _stores[name]
    except KeyError:
        raise LookupError(f"No store of the name {name!r}: is its room installed?") from None


def names() -> tuple[str, ...]:
    """Name every owner."""
    return tuple(sorted(_stores))


@contextmanager
def only(**stores: Store) -> Iterator[None]:
    """Within this block nobody else is there: for tests."""
    before = dict(_stores)
    _stores.clear()
    _stores.update(stores)
    try:
        yield
    finally:
        _stores.clear()
        _stores.update(before)
