"""The network as numbers: how many ties, through whom the ways go, who stands alone.

Both are counted on working ties that hold (working together, sending people): who blocks somebody
or only wishes joins nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

# Single precision: shares of pairs are said in whole percents, and 500 cost half the time.
Matrix = NDArray[np.float32]
JOINS: Final = frozenset({"works", "refers"})


@dataclass(frozen=True, slots=True)
class Edge:
    """One tie between two."""

    source: UUID
    target: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class Measures:
    """What the picture and its words are made of, by key."""

    degree: dict[UUID, int]
    betweenness: dict[UUID, float]
    # The pieces into which the network falls, the largest first; who stands alone is a piece.
    pieces: tuple[frozenset[UUID], ...]

    @property
    def isolated(self) -> list[UUID]:
        """Who has no working tie at all."""
        return [key for key, ties in self.degree.items() if ties == 0]


def measure(keys: Sequence[UUID], edges: Iterable[Edge]) -> Measures:
    """Count for each key its neighbours, and the share of shortest ways that lead through it."""
    joined = _matrix(keys, edges)
    degrees = joined.sum(axis=1)
    between = _betweenness(joined)
    return Measures(
        degree={key: int(degrees[n]) for n, key in enumerate(keys)},
        betweenness={key: float(between[n]) for n, key in enumerate(keys)},
        pieces=_pieces(keys, joined),
    )


def _matrix(keys: Sequence[UUID], edges: Iterable[Edge]) -> Matrix:
    place = {key: n for n, key in enumerate(keys)}
    joined = np.zeros((len(keys), len(keys)), dtype=np.float32)
    for edge in edges:
        if edge.kind in JOINS and edge.source in place and edge.target in place:
            one, other = place[edge.source], place[edge.target]
            joined[one, other] = joined[other, one] = 1.0
    return joined


def _betweenness(joined: Matrix) -> Matrix:
    """Brandes' counting, for all beginnings at once: a step is a product of two matrices.

    The result is the share of all pairs of others between whom a node stands, from 0 to 1.
    """
    size = len(joined)
    if size < 3:
        return np.zeros(size, dtype=np.float32)
    far, ways = _ways(joined)
    leaning = np.zeros_like(ways)
    for step in range(int(far.max()), 0, -1):
        share = np.where(far == step, (1 + leaning) / np.maximum(ways, 1), np.float32(0))
        leaning += (share @ joined) * np.where(far == step - 1, ways, np.float32(0))
    np.fill_diagonal(leaning, 0)
    through: Matrix = leaning.sum(axis=0) / ((size - 1) * (size - 2))
    return through


def _ways(joined: Matrix) -> tuple[NDArray[np.int64], Matrix]:
    """How far everybody is from everybody (-1: no way), and by how many shortest ways."""
    size = len(joined)
    far = np.full((size, size), -1, dtype=np.int64)
    np.fill_diagonal(far, 0)
    ways = np.eye(size, dtype=np.float32)
    front, step = ways, 0
    while front.any():
        step += 1
        reached = np.where(far < 0, front @ joined, np.float32(0))
        far[reached > 0] = step
        ways += reached
        front = reached
    return far, ways


def _pieces(keys: Sequence[UUID], joined: Matrix) -> tuple[frozenset[UUID], ...]:
    left, found = set(range(len(keys))), []
    while left:
        reached = {min(left)}
        front = set(reached)
        while front:
            near = np.flatnonzero(joined[sorted(front)].any(axis=0))
            front = {int(n) for n in near} - reached
            reached |= front
        left -= reached
        found.append(frozenset(keys[n] for n in reached))
    return tuple(sorted(found, key=lambda piece: (-len(piece), str(min(piece)))))
