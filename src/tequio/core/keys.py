"""Key pairs, and secrets wrapped by what a person knows. Libraries' primitives only.

A sealed box (libsodium: X25519, XSalsa20-Poly1305) can be made by whoever has the public half and
opened only with the private one: whoever deposits cannot read back. A secret is wrapped with
Argon2id and AES-256-GCM; the parameters travel with it, so that they can grow.
"""

from __future__ import annotations

import struct
import time
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from tequio.core import entropy
from tequio.core.sealing import SealBroken, Stored

_VERSION: Final = b"\x01"
_HEAD: Final = struct.Struct("!IIB")  # memory in KiB, passes, lanes
_SALT, _NONCE = 16, 12
# Ten people who unlock at nine o'clock must not take all of a laptop's memory and both cores.
_AT_ONCE: Final = BoundedSemaphore(2)


class WrongSecret(Exception):
    """The passphrase, code or key does not open this."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: memory in KiB and passes over it."""

    memory: int
    passes: int


# The floor of our guidance (security.md: 64 MiB, three passes). Set-up may find that more is
# bearable on this machine; nothing goes below.
FLOOR: Final = Cost(memory=64 * 1024, passes=3)
_BEARABLE: Final = 0.5  # seconds
_MOST_PASSES: Final = 12


@dataclass(frozen=True, slots=True)
class KeyPair:
    """An X25519 key pair; both halves are 32 bytes."""

    public: bytes
    private: bytes = field(repr=False)

    @classmethod
    def make(cls) -> KeyPair:
        """Return a new pair from the walled stream."""
        return cls.from_private(entropy.token_bytes(32, stream="walled"))

    @classmethod
    def from_private(cls, private: bytes) -> KeyPair:
        """Return the pair whose private half this is."""
        return cls(bytes(PrivateKey(private).public_key), private)

    def open(self, sealed: Stored) -> bytes:
        """Open a sealed box made for this pair, or raise :class:`SealBroken`."""
        try:
            return SealedBox(PrivateKey(self.private)).decrypt(bytes(sealed))
        except (CryptoError, ValueError) as error:
            raise SealBroken("A sealed box was made for another key, or changed.") from error


def seal_to(public: Stored, plain: bytes) -> bytes:
    """Seal for whoever holds the private half (48 bytes longer than `plain`)."""
    return SealedBox(PublicKey(bytes(public))).encrypt(plain)


def wrap(secret: bytes, knows: str, *, bound_to: str, cost: Cost | None = None) -> bytes:
    """Encrypt a short secret so that only who knows the words opens it, in its own place."""
    cost = cost or bearable()
    salt = entropy.token_bytes(_SALT, stream="walled")
    nonce = entropy.token_bytes(_NONCE, stream="walled")
    head = _VERSION + _HEAD.pack(cost.memory, cost.passes, 1) + salt
    box = AESGCM(_stretch(knows, salt, cost)).encrypt(nonce, secret, head + bound_to.encode())
    return head + nonce + box


def unwrap(wrapped: Stored, knows: str, *, bound_to: str) -> bytes:
    """Return what :func:`wrap` hid.

    Raises
    ------
    WrongSecret
        When the words are others, or the wrapped bytes were changed or moved. Which of these it
        was cannot be told, and need not be.
    """
    kept = bytes(wrapped)
    size = 1 + _HEAD.size + _SALT
    head, nonce, box = kept[:size], kept[size : size + _NONCE], kept[size + _NONCE :]
    try:
        memory, passes, _lanes = _HEAD.unpack(head[1 : 1 + _HEAD.size])
        key = _stretch(knows, head[-_SALT:], Cost(memory, passes))
        return AESGCM(key).decrypt(nonce, box, head + bound_to.encode())
    except (InvalidTag, ValueError, struct.error) as error:
        raise WrongSecret("These words do not open this.") from error


def bearable() -> Cost:
    """Return the cost that this machine bears in half a second, measured once, never too little."""
    if not _found:
        began = time.perf_counter()
        _stretch("measure", b"\0" * _SALT, FLOOR)
        took = max(time.perf_counter() - began, 0.001)
        passes = int(FLOOR.passes * _BEARABLE / took)
        _found.append(Cost(FLOOR.memory, min(max(passes, FLOOR.passes), _MOST_PASSES)))
    return _found[0]


_found: list[Cost] = []


def bear(cost: Cost) -> None:
    """Hold to this cost instead of measuring: for tests, whose own proof asks for the floor."""
    _found[:] = [cost]


def _stretch(knows: str, salt: bytes, cost: Cost) -> bytes:
    with _AT_ONCE:
        return hash_secret_raw(
            knows.encode(),
            salt,
            time_cost=cost.passes,
            memory_cost=cost.memory,
            parallelism=1,
            hash_len=32,
            type=Type.ID,
        )
