"""Jumps in what is written down from one year to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# Twice as many, or half, from one year to the next is rarely what happened to people.
TIMES: Final = 2.0
LEAST: Final = 50


@dataclass(frozen=True, slots=True)
class Jump:
    """Two years that follow each other, with the second one's number."""

    year: int
    before: int
    after: int


def largest(counts: Mapping[int, int | None]) -> Jump | None:
    """Return the largest jump between years that were both reported; None where there is none."""
    found: list[tuple[float, Jump]] = []
    for year, after in counts.items():
        before = counts.get(year - 1)
        if before is None or after is None or max(before, after) < LEAST:
            continue
        times = max(before, after) / max(1, min(before, after))
        if times >= TIMES:
            found.append((times, Jump(year, before, after)))
    return max(found, key=lambda one: one[0])[1] if found else None
