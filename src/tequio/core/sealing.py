"""Authenticated encryption of fields, and indexes that answer only "the same or not".

The identity vault of the men's side is weaker than the wall on purpose: reminders run while
nobody is signed in, so its key lies in a file outside the database and its backups. It protects
dumps and backups, not a stolen running server (docs/adr/0005).
"""

from __future__ import annotations

import base64
import hmac
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tequio.core import entropy

_VERSION: Final = b"\x01"
_NONCE: Final = 12
# Sizes tell: a two-letter name must weigh as much as a long one.
_STEPS: Final = (256, 1024, 4096, 16384)


# As a column of bytes is read: PostgreSQL's driver gives a view, SQLite's gives bytes.
Stored = bytes | memoryview


class SealBroken(Exception):
    """The sealed value was changed, moved to another row, or sealed with another key."""


@dataclass(frozen=True, slots=True)
class Key:
    """One organisation's vault key: one half seals, the other indexes."""

    seal_key: bytes = field(repr=False)
    index_key: bytes = field(repr=False)
    # What is sealed behind the wall must not move the luck of what is written outside it.
    stream: entropy.Stream = "public"

    @classmethod
    def from_master(cls, master: bytes, *, stream: entropy.Stream = "public") -> Key:
        """Derive both halves from 32 bytes (HKDF-SHA256), so that neither tells the other."""
        return cls(_derive(master, b"tequio seal v1"), _derive(master, b"tequio index v1"), stream)

    def seal(self, plain: bytes, *, bound_to: str) -> bytes:
        """Encrypt and bind to a place (``tenant|table|row|field``): it cannot be moved."""
        nonce = entropy.token_bytes(_NONCE, stream=self.stream)
        box = AESGCM(self.seal_key).encrypt(nonce, _pad(plain), _VERSION + bound_to.encode())
        return _VERSION + nonce + box

    def open(self, sealed: Stored, *, bound_to: str) -> bytes:
        """Decrypt what :meth:`seal` made for the same place, or raise :class:`SealBroken`."""
        kept = bytes(sealed)
        version, nonce, box = kept[:1], kept[1 : 1 + _NONCE], kept[1 + _NONCE :]
        try:
            padded = AESGCM(self.seal_key).decrypt(nonce, box, version + bound_to.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken("A sealed value does not belong where it was found.") from error
        return _unpad(padded)

    def blind_index(self, text: str, *, purpose: str) -> str:
        """Return an HMAC-SHA256 that is equal only for equal texts of the same purpose."""
        message = f"{purpose}\0{text}".encode()
        return hmac.digest(self.index_key, message, "sha256").hex()


def _derive(master: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(master)


def _pad(plain: bytes) -> bytes:
    need = len(plain) + 4
    size = next((s for s in _STEPS if s >= need), -(-need // _STEPS[-1]) * _STEPS[-1])
    return len(plain).to_bytes(4, "big") + plain + b"\0" * (size - need)


def _unpad(padded: bytes) -> bytes:
    size = int.from_bytes(padded[:4], "big")
    return padded[4 : 4 + size]


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The folder that holds one key file per organisation, readable by the server only."""

    folder: Path

    def key_for(self, organisation: UUID) -> Key:
        """Return the organisation's key.

        Raises
        ------
        SealBroken
            When the key file is missing or is not one. A missing key is never replaced: a new
            key would hide that everything sealed with the old one is lost.
        """
        path = self._path(organisation)
        try:
            master = base64.b64decode(json.loads(path.read_text())["key"], validate=True)
        except (OSError, ValueError, KeyError) as error:
            raise SealBroken(f"The key file {path.name} is missing or cannot be read.") from error
        return Key.from_master(master)

    def make_for(self, organisation: UUID) -> None:
        """Write a new key file (mode 0600); refuse to touch one that exists."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        body = {"schema": 1, "key": base64.b64encode(entropy.token_bytes(32)).decode()}
        handle = os.open(self._path(organisation), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(body, file)
            file.flush()
            os.fsync(file.fileno())

    def _path(self, organisation: UUID) -> Path:
        return self.folder / f"{organisation}.key"
