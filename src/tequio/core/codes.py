"""Short codes on paper, which find a row again by its own number; nothing more is kept."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from tequio.core.ids import ALPHABET

# Forty random bits of the row's own number.
_LETTERS: Final = 8
_REST: Final = 128 - 5 * _LETTERS
_HEARD_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def code_of(row_id: UUID) -> str:
    """Return what is printed, such as ``7K2M-9QXC``."""
    bits = row_id.int >> _REST
    letters = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(_LETTERS)))
    return f"{letters[:4]}-{letters[4:]}"


def between(code: str) -> tuple[UUID, UUID] | None:
    """Return between which numbers the row of a code lies; None where it is no code."""
    plain = code.strip().upper().translate(_HEARD_AS)
    if len(plain) != _LETTERS or any(letter not in ALPHABET for letter in plain):
        return None
    bits = 0
    for letter in plain:
        bits = bits << 5 | ALPHABET.index(letter)
    low = bits << _REST
    return UUID(int=low), UUID(int=low | (1 << _REST) - 1)
