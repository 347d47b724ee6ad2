"""Looking for words in everything that lies on a disk, however they were written there."""

from __future__ import annotations

import base64
import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import brotli

STEM: Final = "quetzalcanario"
_CHUNK: Final = 1 << 22


def canary(number: int) -> str:
    """Return the n-th word to plant."""
    return f"{STEM}{number:04d}"


def forms_of(word: str) -> dict[str, bytes]:
    """Return a word as it may lie somewhere: encodings, hex, base64 at each of three places."""
    found = {
        "utf-8": word.encode(),
        "utf-16-le": word.encode("utf-16-le"),
        "utf-16-be": word.encode("utf-16-be"),
        "hex": word.encode().hex().encode(),
        "hex of utf-16": word.encode("utf-16-le").hex().encode(),
    }
    for shift in range(3):
        # What stands before and after moves the first and last letters; the middle stays.
        plain = base64.b64encode(b"\0" * shift + word.encode())
        found[f"base64, {shift}"] = plain[4 if shift else 0 : len(plain) - 4]
    return found


_FORMS: Final = {name: form.lower() for name, form in forms_of(STEM).items()}
_EXACT: Final = {name: form for name, form in forms_of(STEM).items() if "base64" in name}


def hits_in(data: bytes) -> list[str]:
    """Say in which forms a planted word lies in these bytes, compressed ones too."""
    found = _plain_hits(data)
    for how, inner in _inflated(data):
        found += [f"{how}: {hit}" for hit in _plain_hits(inner)]
    return found


def _plain_hits(data: bytes) -> list[str]:
    small = data.lower()
    found = [name for name, form in _FORMS.items() if "base64" not in name and form in small]
    return found + [name for name, form in _EXACT.items() if form in data]


def _inflated(data: bytes) -> Iterator[tuple[str, bytes]]:
    for match in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]", data):
        how = "gzip" if match[0][:1] == b"\x1f" else "zlib"
        with suppress(zlib.error):
            yield how, zlib.decompressobj(47).decompress(data[match.start() :], _CHUNK)
    with suppress(brotli.error):
        yield "brotli", brotli.decompress(data)


def hits_below(folders: Iterable[Path]) -> list[str]:
    """Look through every file below these folders; its name counts too."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            found += [f"{path}: its name" for _hit in _plain_hits(str(path.name).encode())]
            if path.is_file():
                found += [f"{path}: {hit}" for hit in hits_in(path.read_bytes())]
    return found


def controls(word: str) -> dict[str, bytes]:
    """Return every way of writing a word that has to be found."""
    line = f"antes {word} después".encode()
    return {
        "clear": line,
        "capitals": line.upper(),
        "utf-16": line.decode().encode("utf-16"),
        "hex": line.hex().encode(),
        "HEX": line.hex().upper().encode(),
        **{f"base64, {n}": base64.b64encode(b"x" * n + word.encode() + b"y" * 5) for n in range(3)},
        "zlib": b"\0\1\2" + zlib.compress(line),
        "gzip": gzip.compress(line) + b"rest",
        "brotli": brotli.compress(line),
    }
