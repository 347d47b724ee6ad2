"""Codes that can be typed, the rows that they open, and rows that nothing opens.

A code has a hundred random bits. What lies under it is sealed by it alone; the PIN, which is
short, opens the answers only together with a secret of this machine that lies in no database.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta, timezone
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

from tequio.core import clock, entropy, ids
from tequio.core.sealing import Key
from tequio.instruments.rules.pins import LENGTH

_LETTERS: Final = 20
_GROUP: Final = 4
_HEARD_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_HALF: Final = 32
# The zone of the country where the day ends last.
_LATEST: Final = timezone(timedelta(hours=-8))


def new_code(stream: entropy.Stream) -> str:
    """Return a code such as ``7K2M-9QXC-…``, five groups of four."""
    drawn = "".join(ids.ALPHABET[entropy.below(32, stream=stream)] for _n in range(_LETTERS))
    return _grouped(drawn)


def new_pin(stream: entropy.Stream) -> str:
    """Return six digits."""
    return f"{entropy.below(10**LENGTH, stream=stream):0{LENGTH}d}"


def parse_code(typed: str) -> str:
    """Return the code that somebody typed or pasted; empty where it is none."""
    # Of a whole address that was pasted, only what stands behind the mark.
    plain = typed.rpartition("#")[2].upper().translate(_HEARD_AS)
    plain = "".join(c for c in plain if c.isalnum())
    if len(plain) != _LETTERS or any(c not in ids.ALPHABET for c in plain):
        return ""
    return _grouped(plain)


def row_of(code: str) -> str:
    """Return the key of the row that a code opens."""
    return hashlib.sha256(b"tequio link row v1\0" + code.encode()).hexdigest()


def key_of(code: str) -> Key:
    """Return the key that a code is."""
    master = hashlib.sha256(b"tequio link key v1\0" + code.encode()).digest()
    # All links draw from this stream: whether somebody behind the wall made one moves no luck
    # outside it.
    return Key.from_master(master, stream="walled")


def peppered(pin: str) -> str:
    """Return what is stretched for a PIN: without this machine's own secret it is not a million."""
    return salted_hmac("tequio.one-time.pin", pin, algorithm="sha256").hexdigest()


# --- Rows that nobody was given -------------------------------------------------------------------


def decoy_row() -> str:
    """Return the key of a row that is none. Only this machine can tell it from the others."""
    half = entropy.token_bytes(_HALF // 2, stream="walled").hex()
    return half + _tag(half)


def is_decoy(row: str) -> bool:
    """Tell whether a row may be taken for a real one."""
    return constant_time_compare(row[_HALF:], _tag(row[:_HALF]))


def decoy_box(size: int) -> bytes:
    """Return what looks like something sealed."""
    return b"\x01" + entropy.token_bytes(size - 1, stream="walled")


def month_after(day: date) -> date:
    """Return the first of the month that follows: all that is said in the clear of a link."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def some_month(day: date) -> date:
    """Return a month as a link that was given in these weeks might have it."""
    return month_after(day + timedelta(days=entropy.below(31, stream="walled")))


def today() -> date:
    """Return the day by which links go; the same for all organisations.

    It is the day where the country is latest: what is open "until the 14th" is open on the whole
    of that day everywhere, and at six in the evening UTC already has the next.
    """
    return clock.now().astimezone(_LATEST).date()


def _tag(half: str) -> str:
    return salted_hmac("tequio.one-time.decoy", half, algorithm="sha256").hexdigest()[:_HALF]


def _grouped(plain: str) -> str:
    return "-".join(plain[n : n + _GROUP] for n in range(0, len(plain), _GROUP))
