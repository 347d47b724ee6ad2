"""Boundaries as paths of an SVG: read from the TopoJSON that ships, drawn without a tile server.

Longitude shrinks with the cosine of the middle latitude: near enough for one state, and plain.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "data" / "open"
WIDTH: Final = 640
_TALLEST: Final = 720
_EDGE: Final = 6
Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Shape:
    """One place: its path, and a point inside its largest part."""

    key: str
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """Every place of a map, in one coordinate system."""

    width: int
    height: int
    shapes: tuple[Shape, ...]


@lru_cache(maxsize=8)
def of_state(state: str) -> Drawn:
    """Draw the municipalities of one state."""
    return _drawn("municipios", state)


@lru_cache(maxsize=1)
def of_country() -> Drawn:
    """Draw the thirty-two states."""
    return _drawn("estados", "")


def _drawn(name: str, state: str) -> Drawn:
    topology = _read(name)
    (collection,) = topology["objects"].values()
    rings = {
        one["properties"]["id"]: list(_rings(topology, one))
        for one in collection["geometries"]
        if one["properties"]["id"].startswith(state)
    }
    points = [point for parts in rings.values() for ring in parts for point in ring]
    if not points:
        return Drawn(WIDTH, _EDGE, ())
    project, height = _projection(points)
    shapes = [
        _shape(key, [list(map(project, ring)) for ring in rings[key]]) for key in sorted(rings)
    ]
    return Drawn(WIDTH, height, tuple(shapes))


@lru_cache(maxsize=2)
def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        gzip.decompress((FOLDER / f"{name}.topojson.gz").read_bytes())
    )
    return found


def _rings(topology: dict[str, Any], one: dict[str, Any]) -> Iterator[Ring]:
    polygons = [one["arcs"]] if one["type"] == "Polygon" else one["arcs"]
    for polygon in polygons:
        for arcs in polygon:
            yield list(_line(topology, arcs))


def _line(topology: dict[str, Any], arcs: Sequence[int]) -> Iterator[Point]:
    for number, at in enumerate(arcs):
        points = _arc(topology, at)
        # Two arcs share the point where they meet.
        yield from points[1 if number else 0 :]


def _arc(topology: dict[str, Any], at: int) -> Ring:
    scale, start = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    points: Ring = []
    for dx, dy in topology["arcs"][at if at >= 0 else ~at]:
        x, y = x + dx, y + dy
        points.append((x * scale[0] + start[0], y * scale[1] + start[1]))
    return points if at >= 0 else points[::-1]


def _projection(points: Sequence[Point]) -> tuple[Any, int]:
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    shrink = math.cos(math.radians((south + north) / 2))
    wide, tall = (east - west) * shrink, north - south
    scale = min((WIDTH - 2 * _EDGE) / wide, (_TALLEST - 2 * _EDGE) / tall)
    left = (WIDTH - wide * scale) / 2

    def project(point: Point) -> Point:
        return (
            round(left + (point[0] - west) * shrink * scale, 1),
            round(_EDGE + (north - point[1]) * scale, 1),
        )

    return project, math.ceil(tall * scale + 2 * _EDGE)


def _shape(key: str, rings: Sequence[Ring]) -> Shape:
    largest = max(rings, key=lambda ring: abs(_area(ring)))
    x, y = _middle(largest)
    return Shape(key, "".join(_path(ring) for ring in rings), round(x), round(y))


def _area(ring: Ring) -> float:
    following = [*ring[1:], ring[0]]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, following, strict=True)) / 2


def _middle(ring: Ring) -> Point:
    area = _area(ring)
    if abs(area) < 1e-9:
        return ring[0]
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    cross = [a[0] * b[1] - b[0] * a[1] for a, b in pairs]
    x = sum((a[0] + b[0]) * c for (a, b), c in zip(pairs, cross, strict=True))
    y = sum((a[1] + b[1]) * c for (a, b), c in zip(pairs, cross, strict=True))
    return x / (6 * area), y / (6 * area)


def _path(ring: Iterable[Point]) -> str:
    """Steps of tenths from point to point, without those that do not move."""
    at: tuple[int, int] | None = None
    parts: list[str] = []
    for x, y in ring:
        here = (round(10 * x), round(10 * y))
        if at is None:
            parts.append(f"M{_tenths(here[0])} {_tenths(here[1])}l")
        elif here != at:
            parts.append(f"{_tenths(here[0] - at[0])} {_tenths(here[1] - at[1])} ")
        at = here
    return "".join(parts).rstrip(" l") + "z"


def _tenths(value: int) -> str:
    return f"{value / 10:.1f}".removesuffix(".0")
