"""Who was erased, written down outside the database, so that an older copy does not bring him back.

A line is a keyed hash of his row's key, the day and the reason: whoever finds the file learns how
many were erased and nothing of them, and only the organisation's key tells whether a row is one.
The file lies beside the key files; a copy goes with each back-up and into the kit.

Nothing of the wall stands here: that a woman's case was erased may show nowhere outside it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

FILE: Final = "erased.jsonl"
PURPOSE: Final = "erased"


@dataclass(frozen=True, slots=True)
class Line:
    """One erasure."""

    organisation: str
    who: str  # a blind index of the row's key, under the organisation's key
    on: str  # ISO date
    reason: str


def read(folder: Path) -> list[Line]:
    """Return what stands in the file of a folder."""
    try:
        return parsed((folder / FILE).read_text(encoding="utf-8"))
    except OSError:
        return []


def parsed(text: str) -> list[Line]:
    """Return the lines of a file; one that was cut off while it was written is passed over."""
    found = []
    for line in text.splitlines():
        try:
            body = json.loads(line)
            found.append(Line(**{name: str(body[name]) for name in Line.__slots__}))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def write_down(folder: Path, lines: Iterable[Line]) -> int:
    """Add lines that the file does not hold yet, on the disk before this returns."""
    known = set(read(folder))
    fresh = [line for line in dict.fromkeys(lines) if line not in known]
    if not fresh:
        return 0
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        # A line that was cut off before must not swallow the next one.
        file.write("".join(f"\n{json.dumps(asdict(line))}" for line in fresh))
        file.flush()
        os.fsync(file.fileno())
    return len(fresh)
