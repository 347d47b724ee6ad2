"""Where everybody stands in the picture: a target, with who joins most in the middle.

The same network is always drawn the same: nothing is drawn by lot, and two dates share one layout,
so that what moved is what changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final
from uuid import UUID

from tequio.network.rules.graph import JOINS, Edge

# Who stands in the middle; a middle with many in it is none.
_MIDDLE: Final = 6
# As many more carry their name among hundreds.
_INNER_RANKS: Final = 20
_SWEEPS: Final = 8
# Room that a node takes on its ring, with its name and as a bare sign.
_NAMED: Final = 112.0
_BARE: Final = 17.0
# A name among hundreds is written twice as large, or nobody could read it.
_LARGE: Final = 260.0
_GAP: Final = 92.0
# Where the middle holds more than one, they stand so far from its point.
_INNER: Final = 112.0
# Room around the drawing for the names at its edge.
_MARGIN: Final = 66.0


@dataclass(frozen=True, slots=True)
class Layout:
    """A place for each key, and the rings around the middle."""

    places: Mapping[UUID, tuple[float, float]]
    rings: tuple[float, ...]
    size: float
    named: bool


def ring_of(degree: int, rank: int, *, crowded: bool = False) -> int:
    """Say on which ring a node stands, by its ties and its rank among all: 0 is the middle.

    Among hundreds, those who join most of the others have a ring of their own: there they and
    their names are found.
    """
    if degree == 0:
        return 4
    if degree == 1:
        return 3
    if rank < _MIDDLE and degree >= 3:
        return 0
    return 1 if crowded and rank < _INNER_RANKS and degree >= 3 else 2


def target(
    keys: Sequence[UUID], degree: Mapping[UUID, int], edges: Iterable[Edge], *, named: bool
) -> Layout:
    """Place the keys, which come in the order of their names."""
    ranked = sorted(keys, key=lambda key: -degree[key])
    rings: list[list[UUID]] = [[], [], [], [], []]
    for rank, key in enumerate(ranked):
        rings[ring_of(degree[key], rank, crowded=not named)].append(key)
    near = _near(edges)
    rooms = [_NAMED] * len(rings) if named else [_LARGE, _LARGE, _BARE, _BARE, _BARE]
    radii = _radii([len(ring) for ring in rings], rooms)
    angles: dict[UUID, float] = {}
    for at, ring in enumerate(rings):
        _spread(ring, angles, math.tau * at / 7 - math.pi / 2)
    for _sweep in range(_SWEEPS):
        for ring in rings[:-1]:
            wanted = {key: _towards(key, near, angles) for key in ring}
            ring.sort(key=lambda key: wanted[key])
            _spread(ring, angles, _turned(ring, wanted))
    half = radii[-1] + (_MARGIN if named else _BARE)
    places = {
        key: (
            round(half + radius * math.cos(angles[key]), 1),
            round(half + radius * math.sin(angles[key]), 1),
        )
        for ring, radius in zip(rings, radii, strict=True)
        for key in ring
    }
    drawn = tuple(r for r, ring in zip(radii, rings, strict=True) if ring and r)
    return Layout(places, drawn, round(2 * half, 1), named)


def _radii(counts: Sequence[int], rooms: Sequence[float]) -> list[float]:
    """Rings wide enough for those who stand on them, each outside of the one before."""
    wanted = [
        0.0 if n == 1 and not at else n * room / math.tau
        for at, (n, room) in enumerate(zip(counts, rooms, strict=True))
    ]
    first = wanted[0] if counts[0] < 2 else max(wanted[0], _INNER)

    def next_ring(last: float, at: int) -> float:
        return max(last + _GAP, wanted[at]) if counts[at] else last

    return list(accumulate(range(1, len(counts)), next_ring, initial=first))


def _near(edges: Iterable[Edge]) -> dict[UUID, list[UUID]]:
    near: dict[UUID, list[UUID]] = {}
    for edge in edges:
        if edge.kind in JOINS:
            near.setdefault(edge.source, []).append(edge.target)
            near.setdefault(edge.target, []).append(edge.source)
    return near


def _spread(ring: Sequence[UUID], angles: dict[UUID, float], first: float) -> None:
    for n, key in enumerate(ring):
        angles[key] = first + math.tau * n / len(ring)


def _turned(ring: Sequence[UUID], wanted: Mapping[UUID, float]) -> float:
    """How far a ring is turned so that its nodes stand nearest to where they want to be."""
    away = [wanted[key] - math.tau * n / len(ring) for n, key in enumerate(ring)]
    return round(math.atan2(sum(map(math.sin, away)), sum(map(math.cos, away))), 9)


def _towards(key: UUID, near: Mapping[UUID, Sequence[UUID]], angles: Mapping[UUID, float]) -> float:
    """The direction in which a node's neighbours lie; its own where it has none."""
    around = [angles[one] for one in near.get(key, ()) if one in angles] or [angles[key]]
    x, y = sum(map(math.cos, around)), sum(map(math.sin, around))
    if math.hypot(x, y) < 1e-6:
        return angles[key] % math.tau
    # Rounded, so that machines which differ in the last digit draw the same.
    return round(math.atan2(y, x) % math.tau, 9)
