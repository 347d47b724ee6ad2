"""Tokens of telephones: long, random, and kept as a digest only."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from tequio.core import entropy

_BYTES: Final = 32
_LENGTH: Final = 43


def new() -> str:
    """Return a new token: 256 random bits that fit into an address."""
    return base64.urlsafe_b64encode(entropy.token_bytes(_BYTES)).decode().rstrip("=")


def digest(token: str) -> str:
    """Return what is stored. Of 256 random bits a plain digest tells nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def may_be_one(text: str) -> bool:
    """Tell whether it is worth asking the database."""
    return len(text) == _LENGTH
