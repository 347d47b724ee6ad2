"""Where randomness comes from: one stream for public writes and one for walled ones.

A walled write must not move the public stream, or two worlds that differ only behind the wall
would give different folios outside it. In production both streams are the operating system's.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

Stream = Literal["public", "walled"]


class _Seeded:
    """A deterministic byte stream (SHA-256 in counter mode), never used outside simulations."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._counter = 0

    def take(self, size: int) -> bytes:
        out = b""
        while len(out) < size:
            block = self._seed + self._counter.to_bytes(8, "big")
            out += hashlib.sha256(block).digest()
            self._counter += 1
        return out[:size]


_seeded: dict[Stream, _Seeded] = {}


def token_bytes(size: int, *, stream: Stream = "public") -> bytes:
    """Return `size` random bytes from a stream."""
    source = _seeded.get(stream)
    return source.take(size) if source else secrets.token_bytes(size)


def below(limit: int, *, stream: Stream = "public") -> int:
    """Return a uniform integer in [0, limit) by rejection, without modulo bias."""
    size = max(1, ((limit - 1).bit_length() + 7) // 8)
    ceiling = 256**size - (256**size % limit)
    while True:
        value = int.from_bytes(token_bytes(size, stream=stream), "big")
        if value < ceiling:
            return value % limit


@contextmanager
def replay(seed: str) -> Iterator[None]:
    """Make both streams deterministic, for worlds that must be replayed."""
    if _seeded:
        raise RuntimeError("A replay is already running.")
    for stream in ("public", "walled"):
        _seeded[stream] = _Seeded(hashlib.sha256(f"{stream}:{seed}".encode()).digest())
    try:
        yield
    finally:
        _seeded.clear()
