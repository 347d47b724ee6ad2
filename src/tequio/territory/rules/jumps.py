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


def to_say(counts: Mapping[int, int | None]) -> list[Jump]:
    """Return the largest jump, and the last where it is another: who reads compares the last years.

    In the order of the years; nothing where there is none.
    """
    found = _all(counts)
    if not found:
        return []
    largest, last = max(found, key=_times), max(found, key=lambda one: one.year)
    return [largest] if largest == last else [largest, last]


def latest(counts: Mapping[int, int | None]) -> int | None:
    """Return the year of the last jump: only from there on do the years bear comparing."""
    return max((one.year for one in _all(counts)), default=None)


def _all(counts: Mapping[int, int | None]) -> list[Jump]:
    found = []
    for year, after in counts.items():
        before = counts.get(year - 1)
        if before is None or after is None or max(before, after) < LEAST:
            continue
        jump = Jump(year, before, after)
        if _times(jump) >= TIMES:
            found.append(jump)
    return found


def _times(jump: Jump) -> float:
    return max(jump.before, jump.after) / max(1, min(jump.before, jump.after))
