"""A page that a browser sends again shows nothing of hers a second time.

Without JavaScript each part of the public page is a place in the history. Whoever presses Back and
says yes to sending again would be shown what she had typed. So each form carries the moment at
which it was drawn; it counts once, and for an hour. What was used lies in memory alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

from tequio.core import clock

FIELD: Final = "hoja"
LASTS: Final = timedelta(hours=1)
# Whoever taps twice sees the same answer twice.
A_MOMENT: Final = timedelta(minutes=2)
_AT_MOST: Final = 2000


class Standing(StrEnum):
    """What a form that arrives is."""

    FRESH = "fresh"
    TAKEN = "taken"  # a moment ago, and this is the second tap
    LATE = "late"  # never looked at, and the page stood open for too long
    OVER = "over"


@dataclass(frozen=True, slots=True)
class _Used:
    at: datetime
    taken: bool


_used: dict[str, _Used] = {}


def stamp() -> str:
    """Return what a form drawn now carries."""
    moment = str(int(clock.now().timestamp() * 1_000_000))
    return f"{moment}.{_tag(moment)}"


def standing(given: str) -> Standing:
    """Tell whether a form may still be looked at. One that carries nothing no browser kept."""
    if not given:
        return Standing.FRESH
    now, drawn = clock.now(), _drawn(given)
    if drawn is None or now < drawn:
        return Standing.OVER
    used = _used.get(given)
    if used is None:
        return Standing.FRESH if now - drawn <= LASTS else Standing.LATE
    return Standing.TAKEN if used.taken and now - used.at <= A_MOMENT else Standing.OVER


def use(given: str, *, taken: bool) -> None:
    """Remember that a form was looked at, and whether what it said was taken."""
    if given:
        _used[given] = _Used(clock.now(), taken)
    while len(_used) > _AT_MOST:
        _used.pop(next(iter(_used)))


def forget() -> None:
    """Forget what was used; for tests."""
    _used.clear()


def _drawn(given: str) -> datetime | None:
    moment, _dot, tag = given.partition(".")
    if not moment.isdecimal() or not constant_time_compare(tag, _tag(moment)):
        return None
    return datetime.fromtimestamp(int(moment) / 1_000_000, UTC)


def _tag(moment: str) -> str:
    return salted_hmac("tequio.letters.once", moment, algorithm="sha256").hexdigest()[:32]
