"""Who knocks too often waits. Nothing of it lies anywhere: no table, no file, no address.

In memory stands a fingerprint of the address under a key that this process made for itself and
that goes with it; so nobody can say afterwards who wrote.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from tequio.core import clock, entropy
from tequio.letters.rules import knocks

_AT_MOST: Final = 2000
_ALL: Final = b""


@dataclass(slots=True)
class _Memory:
    # Made when this process began, from no stream that worlds replay.
    key: bytes = field(default_factory=lambda: entropy.token_bytes(32))
    # Fingerprint of who knocks, how often, and when last; the oldest goes first.
    known: dict[bytes, tuple[int, datetime]] = field(default_factory=dict)


_here = _Memory()


def knock(address: str) -> int:
    """Count one more from this address, or return how many seconds it has to wait first."""
    now = clock.now()
    own = _fingerprint(address)
    wait = waits(address)
    if wait:
        return wait
    for who in (own, _ALL):
        times, _last = _fresh(who, now)
        _here.known.pop(who, None)
        _here.known[who] = (times + 1, now)
    while len(_here.known) > _AT_MOST:
        _here.known.pop(next(iter(_here.known)))
    return 0


def waits(address: str) -> int:
    """Return how many seconds this address has to wait, without counting anything."""
    now = clock.now()
    return max(_left(_fingerprint(address), now, of_all=False), _left(_ALL, now, of_all=True))


def forget() -> None:
    """Forget who knocked; for tests."""
    _here.known.clear()


def _left(who: bytes, now: datetime, *, of_all: bool) -> int:
    times, last = _fresh(who, now)
    return knocks.seconds_left(times, last, now, of_all=of_all) if times else 0


def _fresh(who: bytes, now: datetime) -> tuple[int, datetime]:
    times, last = _here.known.get(who, (0, now))
    return (0, now) if now - last > knocks.FORGOTTEN_AFTER else (times, last)


def _fingerprint(address: str) -> bytes:
    return hmac.new(_here.key, address.encode(), hashlib.sha256).digest()
