"""Who says so: signatures as two small protocols, so that any key store can serve.

The library brings HMAC-SHA-256 (a secret that the organisations share). An installation that
keeps Ed25519 keys gives its own signer and verifier; three lines each.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

HMAC = "hmac-sha256"
SHORTEST_KEY = 32


class Signer(Protocol):
    """Signs the bytes of a packet."""

    @property
    def algorithm(self) -> str:
        """Name of the algorithm, for example ``"ed25519"``."""

    @property
    def key_id(self) -> str:
        """Name of the key, by which the reader finds it."""

    def sign(self, data: bytes) -> bytes:
        """Return the signature of `data`."""


class Verifier(Protocol):
    """Says whether a signature is that of a key it trusts."""

    def verify(self, algorithm: str, key_id: str, data: bytes, signature: bytes) -> bool:
        """Return True only for a good signature by a known key of that algorithm."""


@dataclass(frozen=True, slots=True, repr=False)
class HmacSigner:
    """Signs with a shared secret of at least 32 bytes."""

    key_id: str
    key: bytes
    algorithm: str = HMAC

    def __post_init__(self) -> None:
        if len(self.key) < SHORTEST_KEY:
            raise ValueError(f"A shared secret has at least {SHORTEST_KEY} bytes.")

    def sign(self, data: bytes) -> bytes:
        """Return the HMAC of `data`."""
        return hmac.new(self.key, data, hashlib.sha256).digest()


@dataclass(frozen=True, slots=True, repr=False)
class HmacVerifier:
    """Knows the shared secrets by their names."""

    keys: Mapping[str, bytes]

    def verify(self, algorithm: str, key_id: str, data: bytes, signature: bytes) -> bool:
        """Return whether the HMAC is right, in constant time."""
        key = self.keys.get(key_id)
        if algorithm != HMAC or key is None:
            return False
        return hmac.compare_digest(HmacSigner(key_id, key).sign(data), signature)
