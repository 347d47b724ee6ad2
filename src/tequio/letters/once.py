"""A page that a browser sends again shows nothing of hers a second time.

Without JavaScript each part of the public page is a place in the history. Whoever presses Back and
says yes to sending again would be shown what she had typed. So each form carries the moment at
which it was drawn; it counts once, and for an hour.

What was used lies in memory alone, as a fingerprint: in a piece of it that the server's processes
share, because they part ways after this has been loaded. Browsers do not choose which one answers.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

from tequio.core import clock

FIELD: Final = "hoja"
LASTS: Final = timedelta(hours=1)
# Whoever taps twice sees the same answer twice.
A_MOMENT: Final = timedelta(minutes=2)
# Each place holds whose it is, when it was used (seconds), and whether what it said was taken.
_PLACE: Final = struct.Struct("!16sQ?")
_PLACES: Final = 4096
_used: Final = mmap.mmap(-1, _PLACES * _PLACE.size)


class Standing(StrEnum):
    """What a form that arrives is."""

    FRESH = "fresh"
    TAKEN = "taken"  # a moment ago, and this is the second tap
    LATE = "late"  # never looked at, and the page stood open for too long
    OVER = "over"


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
    at, whose = _place_of(given)
    owner, when, taken = _PLACE.unpack_from(_used, at)
    if owner != whose:
        return Standing.FRESH if now - drawn <= LASTS else Standing.LATE
    just_now = now.timestamp() - when <= A_MOMENT.total_seconds()
    return Standing.TAKEN if taken and just_now else Standing.OVER


def use(given: str, *, taken: bool) -> None:
    """Remember that a form was looked at, and whether what it said was taken."""
    if given:
        at, whose = _place_of(given)
        _PLACE.pack_into(_used, at, whose, int(clock.now().timestamp()), taken)


def forget() -> None:
    """Forget what was used; for tests."""
    _used[:] = bytes(len(_used))


def _place_of(given: str) -> tuple[int, bytes]:
    """Return where a form stands and its fingerprint; one that comes later takes the place."""
    digest = hashlib.sha256(given.encode()).digest()
    return int.from_bytes(digest[16:]) % _PLACES * _PLACE.size, digest[:16]


def _drawn(given: str) -> datetime | None:
    moment, _dot, tag = given.partition(".")
    if not moment.isdecimal() or not constant_time_compare(tag, _tag(moment)):
        return None
    return datetime.fromtimestamp(int(moment) / 1_000_000, UTC)


def _tag(moment: str) -> str:
    return salted_hmac("tequio.letters.once", moment, algorithm="sha256").hexdigest()[:32]
