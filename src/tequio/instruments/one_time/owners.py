"""Whose answers come by a link: each owner registers, and this room knows none of them.

The room of men hears of his; hers go into the slot, where nobody outside reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from tequio.instruments.one_time.sealed import Outside
from tequio.instruments.stores import Filled


class Owner(Protocol):
    """Who gave the link, and takes what is answered on it."""

    @property
    def hers(self) -> bool:
        """Whether it asks first if she is alone, and leaves nothing on the telephone."""

    def wanted(self, link: Outside, row: str) -> bool:
        """Tell whether it is still to be answered: not done in another way, not taken back."""

    def take(self, link: Outside, row: str, filled: Sequence[Filled]) -> tuple[str, ...]:
        """Take whole answers, sealed, in the caller's transaction; return kinds of red flags."""

    def locked(self, link: Outside, row: str) -> None:
        """Hear that too many PINs were tried, so that a person goes on instead."""

    def stopped(self, link: Outside, why: str) -> None:
        """Hear that somebody was not alone (`not_alone`) or left the questions (`changed`)."""


_owners: dict[str, Owner] = {}


def register(name: str, owner: Owner) -> None:
    """Hear from an owner; rooms do so when they start."""
    _owners[name] = owner


def of(name: str) -> Owner:
    """Return an owner. Nobody there is a bug, and an answer is never lost in silence."""
    try:
        return _owners[name]
    except KeyError:
        raise LookupError(f"Nobody takes answers for {name!r}: is its room installed?") from None


@contextmanager
def only(**owners: Owner) -> Iterator[None]:
    """Within this block nobody else is there: for tests."""
    before = dict(_owners)
    _owners.clear()
    _owners.update(owners)
    try:
        yield
    finally:
        _owners.clear()
        _owners.update(before)
