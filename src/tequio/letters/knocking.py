"""Who knocks too often waits. Nothing of it lies anywhere: no table, no file, no address.

In memory stands a fingerprint of the address under a key that this process made for itself and
that goes with it; so nobody can say afterwards who wrote.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from tequio.core import clock, entropy
from tequio.letters.rules import knocks

_AT_MOST: Final = 2000
_ALL: Final = b""
Between = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Known:
    """How often somebody knocked, when last, and how many times were free."""

    times: int
    last: datetime
    free: int


@dataclass(slots=True)
class _Memory:
    # Made when this process began, from no stream that worlds replay.
    key: bytes = field(default_factory=lambda: entropy.token_bytes(32))
    # By the fingerprint of who knocks; the oldest goes first.
    known: dict[bytes, _Known] = field(default_factory=dict)


_here = _Memory()


def knock(address: str, *, free: Between = (knocks.FREE, knocks.FREE)) -> int:
    """Count one more from this address, or return how many seconds it has to wait first.

    How many are free lies within these bounds, and nobody knows where.
    """
    now = clock.now()
    wait = waits(address)
    if wait:
        return wait
    for who, bounds in ((_fingerprint(address), free), (_ALL, knocks.FREE_OF_ALL)):
        before = _fresh(who, now) or _Known(0, now, _drawn(who, now, bounds))
        _here.known.pop(who, None)
        _here.known[who] = replace(before, times=before.times + 1, last=now)
    while len(_here.known) > _AT_MOST:
        _here.known.pop(next(iter(_here.known)))
    return 0


def waits(address: str) -> int:
    """Return how many seconds this address has to wait, without counting anything."""
    now = clock.now()
    own, everybody = _fresh(_fingerprint(address), now), _fresh(_ALL, now)
    left = 0
    if own:
        left = knocks.seconds_left(knocks.wait_after(own.times, own.free), own.last, now)
    if everybody:
        wait = knocks.wait_of_all_after(everybody.times, everybody.free)
        left = max(left, knocks.seconds_left(wait, everybody.last, now))
    return left


def forget() -> None:
    """Forget who knocked; for tests."""
    _here.known.clear()


def _fresh(who: bytes, now: datetime) -> _Known | None:
    found = _here.known.get(who)
    return None if found is None or now - found.last > knocks.FORGOTTEN_AFTER else found


def _drawn(who: bytes, now: datetime, between: Between) -> int:
    """Draw how many are free, from the key of this process and the moment of the first."""
    least, most = between
    mixed = hmac.new(_here.key, who + now.isoformat().encode(), hashlib.sha256).digest()
    return least + int.from_bytes(mixed[:8], "big") % (most - least + 1)


def _fingerprint(address: str) -> bytes:
    return hmac.new(_here.key, address.encode(), hashlib.sha256).digest()
