"""How long free texts stay: ninety days, unless a review of the man is open.

Rooms above may say whom to wait for (:func:`hold`), and bring texts of their own
(:func:`also_forget`). If any of them cannot answer, nothing is erased until it can.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

# docs/adr/0040. What is coded stays; what somebody wrote goes.
TEXTS_STAY: Final = timedelta(days=90)

Hold = Callable[[Collection[UUID]], Collection[UUID]]
Eraser = Callable[[datetime, Hold], int]

_holds: dict[str, Hold] = {}
_erasers: dict[str, Eraser] = {}


def hold(name: str, which: Hold) -> None:
    """Register who has an open review: `which` takes keys of men and returns those to wait for."""
    _holds[name] = which


def also_forget(name: str, eraser: Eraser) -> None:
    """Register texts of another room.

    `eraser` takes the moment before which a text is old and a function that says which men are
    held; it erases in its own transaction and returns how many rows it emptied.
    """
    _erasers[name] = eraser


def release(name: str) -> None:
    """Take a registration back; for tests."""
    _holds.pop(name, None)
    _erasers.pop(name, None)


def held(participant_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return the men among these whose texts wait."""
    return frozenset(key for which in _holds.values() for key in which(participant_ids))


def erasers() -> tuple[Eraser, ...]:
    """Return what rooms above have to forget."""
    return tuple(_erasers.values())
