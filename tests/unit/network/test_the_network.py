"""Who joins, who stands alone, where everybody is drawn, and whether an agreement holds."""

from __future__ import annotations

import math
from datetime import date
from itertools import combinations
from uuid import UUID

import pytest

from tequio.network.rules import agreements, graph, layout
from tequio.network.rules.graph import Edge

A, B, C, D, E, F = KEYS = [UUID(int=n) for n in range(6)]


def works(*pairs: tuple[UUID, UUID]) -> list[Edge]:
    return [Edge(one, other, "works") for one, other in pairs]


def by_hand(keys: list[UUID], edges: list[Edge]) -> dict[UUID, float]:
    """Betweenness by walking every shortest way, slowly."""
    near: dict[UUID, set[UUID]] = {key: set() for key in keys}
    for edge in edges:
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)

    def ways(start: UUID, end: UUID) -> list[list[UUID]]:
        front = [[start]]
        while front:
            done = [way for way in front if way[-1] == end]
            if done:
                return done
            front = [[*w, n] for w in front for n in near[w[-1]] if n not in w]
        return []

    share = dict.fromkeys(keys, 0.0)
    for one, other in combinations(keys, 2):
        found = ways(one, other)
        for way in found:
            for key in way[1:-1]:
                share[key] += 1 / len(found)
    pairs = (len(keys) - 1) * (len(keys) - 2) / 2
    return {key: value / pairs for key, value in share.items()}


@pytest.mark.parametrize(
    "edges",
    [
        works((A, B), (B, C)),
        works((A, B), (B, C), (C, D), (D, A), (A, E)),
        works((A, B), (A, C), (B, D), (C, D), (D, E), (E, F)),
        works((A, B), (C, D)),
        [],
    ],
)
def test_the_counting_agrees_with_counting_by_hand(edges: list[Edge]) -> None:
    found = graph.measure(KEYS, edges).betweenness
    assert found == pytest.approx(by_hand(KEYS, edges), abs=1e-6)


def test_who_blocks_or_only_wishes_joins_nobody() -> None:
    found = graph.measure(KEYS, [Edge(A, B, "blocks"), Edge(C, D, "wants"), Edge(E, F, "refers")])
    assert found.isolated == [A, B, C, D]
    assert found.pieces[0] == {E, F}


def test_the_same_network_is_drawn_the_same_and_nobody_on_top_of_another() -> None:
    keys = [UUID(int=n) for n in range(40)]
    edges = works(*[(keys[n], keys[(n * 7 + 3) % 40]) for n in range(30) if n != (n * 7 + 3) % 40])
    degree = graph.measure(keys, edges).degree
    drawn = layout.target(keys, degree, edges, named=True)
    again = layout.target(keys, degree, list(reversed(edges)), named=True)
    assert drawn.places == again.places
    nearest = min(math.dist(p, q) for p, q in combinations(drawn.places.values(), 2))
    assert nearest > 40
    half = drawn.size / 2
    alone = [key for key in keys if degree[key] == 0]
    edge = max(math.dist((half, half), place) for place in drawn.places.values())
    assert all(
        math.dist((half, half), drawn.places[key]) == pytest.approx(edge, abs=0.2) for key in alone
    )


def test_among_hundreds_those_who_join_most_stand_apart_with_room_for_their_names() -> None:
    keys = [UUID(int=n) for n in range(500)]
    pairs = [(keys[n], keys[m]) for n in range(20, 500) for m in ((n * 7) % 20, (n * 11 + 1) % 500)]
    edges = works(*[(one, other) for one, other in pairs if one != other])
    degree = graph.measure(keys, edges).degree
    drawn = layout.target(keys, degree, edges, named=False)
    named = sorted(keys, key=lambda key: -degree[key])[:20]
    half = drawn.size / 2
    far = {key: math.dist((half, half), place) for key, place in drawn.places.items()}
    assert max(far[key] for key in named) < min(far[key] for key in keys if key not in named)
    nearest = min(math.dist(drawn.places[a], drawn.places[b]) for a, b in combinations(named, 2))
    assert nearest > 150


@pytest.mark.parametrize(
    ("ends", "early", "signed", "standing"),
    [
        (date(2027, 6, 1), None, date(2026, 1, 1), "holds"),
        (date(2026, 12, 1), None, date(2026, 1, 1), "ends_soon"),
        (date(2026, 11, 20), None, date(2026, 1, 1), "ends_soon"),
        (date(2026, 11, 19), None, date(2026, 1, 1), "ended"),
        (None, date(2026, 11, 20), date(2026, 1, 1), "ended"),
        (None, None, None, "unsigned"),
        (None, None, date(2026, 1, 1), "holds"),
    ],
)
def test_an_agreement_holds_to_its_last_day(
    ends: date | None, early: date | None, signed: date | None, standing: str
) -> None:
    found = agreements.standing(
        starts_on=date(2026, 1, 1),
        ends_on=ends,
        ended_early_on=early,
        signed_on=signed,
        today=date(2026, 11, 20),
    )
    assert found == standing
