"""States and municipalities, read once from the file that comes with the system.

A place is stored by its key of five digits; what is typed is matched kindly and never guessed.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from tequio.core.text import fold

FOLDER: Final = Path(__file__).parent / "data"
SOURCE: Final = "INEGI, Catálogo Único de Claves Geoestadísticas"
# Several may begin alike; more than this is no help to who chooses.
_OFFERED: Final = 6


@dataclass(frozen=True, slots=True)
class State:
    """A state of Mexico."""

    key: str
    name: str

    @property
    def full(self) -> str:
        """Its name where the country stands beside it: both are called México."""
        return f"Estado de {self.name}" if self.key == "15" else self.name


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality, or a borough of Mexico City."""

    key: str
    name: str

    @property
    def state(self) -> State:
        """The state that it lies in."""
        return _states()[self.key[:2]]

    @property
    def label(self) -> str:
        """Its name with its state, as an envelope has it."""
        return f"{self.name}, {self.state.name}"


@dataclass(frozen=True, slots=True)
class Match:
    """What a typed name may mean: exactly one, or the ones to choose from."""

    exact: Municipality | None
    offered: tuple[Municipality, ...] = ()


def states() -> tuple[State, ...]:
    """Return the states in the order in which people look for them."""
    return tuple(sorted(_states().values(), key=lambda state: fold(state.name)))


def municipalities(state_key: str) -> tuple[Municipality, ...]:
    """Return the municipalities of a state by name; none for what is no state."""
    found = [place for key, place in _municipalities().items() if key[:2] == state_key]
    return tuple(sorted(found, key=lambda place: fold(place.name)))


def find(key: str) -> Municipality | None:
    """Return the municipality with a key of INEGI, or None."""
    return _municipalities().get(key)


def search(typed: str, most: int = 30) -> tuple[Municipality, ...]:
    """Find a municipality in any state by its key or by words of its name with its state.

    The whole name comes first: «Iztapalapa» leads to one place, «San Juan» to those to choose from.
    """
    by_key = find(typed.strip())
    if by_key is not None:
        return (by_key,)
    words = fold(typed).split()
    if not words:
        return ()
    folded = _folded()
    same = [key for key, (name, _label) in folded.items() if name == " ".join(words)]
    alike = same or [
        key for key, (_name, label) in folded.items() if all(word in label for word in words)
    ]
    places = _municipalities()
    return tuple(places[key] for key in alike[:most])


@lru_cache(maxsize=1)
def _folded() -> Mapping[str, tuple[str, str]]:
    return {key: (fold(place.name), fold(place.label)) for key, place in _municipalities().items()}


def say(key: str) -> str:
    """Return «Ecatepec de Morelos, México» for a key, and nothing for what is none."""
    found = find(key)
    return found.label if found else ""


def match(state_key: str, typed: str) -> Match:
    """Find a typed name in a state: the whole name, or the only one that holds those words."""
    words = fold(typed)
    if not words:
        return Match(None)
    # Two may share a name: then only the key says which.
    by_key = find(words)
    if by_key is not None and by_key.key[:2] == state_key:
        return Match(by_key)
    inside = municipalities(state_key)
    same = [place for place in inside if fold(place.name) == words]
    if len(same) == 1:
        return Match(same[0])
    alike = same or [place for place in inside if words in fold(place.name)]
    if len(alike) == 1:
        return Match(alike[0])
    return Match(None, tuple(alike[:_OFFERED]))


@lru_cache(maxsize=1)
def _states() -> Mapping[str, State]:
    return {key: State(key, name) for key, name in _rows("states.csv")}


@lru_cache(maxsize=1)
def _municipalities() -> Mapping[str, Municipality]:
    return {key: Municipality(key, name) for key, name in _rows("mexico.csv")}


def _rows(name: str) -> list[tuple[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        return [(row[0], row[1]) for row in reader]
