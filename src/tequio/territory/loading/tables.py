"""A compact table: text that a person can open; the same rows always give the same bytes."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """What was read of one folder: its kind, its bytes, how many rows, and what they add up to.

    The checksum is that of the text: pressed bytes may differ from one machine to the next.
    """

    kind: str
    pressed: bytes
    sha256: str
    rows: int
    totals: tuple[tuple[str, str], ...] = ()


def made(
    kind: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    totals: Sequence[tuple[str, str]] = (),
) -> Table:
    """Press rows into a table; nothing of the hour or of the machine gets into the bytes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    kept = list(rows)
    writer.writerows(kept)
    raw = out.getvalue().encode()
    return Table(kind, pressed(raw), sha256(raw), len(kept), tuple(totals))


def sha256(raw: bytes) -> str:
    """Return the checksum of a text."""
    return hashlib.sha256(raw).hexdigest()


def pressed(raw: bytes) -> bytes:
    """Press bytes without a name and without an hour."""
    return gzip.compress(raw, compresslevel=9, mtime=0)
