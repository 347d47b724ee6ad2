"""What was found in a form, put together: the same sentence once, with every cell it is said of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tequio.instruments.xlsform.book import Problem


@dataclass(frozen=True, slots=True)
class Alike:
    """One sentence, how heavy it is, and where."""

    weight: str
    text: str
    places: tuple[str, ...]


def together(problems: Iterable[Problem]) -> list[Alike]:
    """Return each sentence once, in the order of its first cell."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in problems:
        places = found.setdefault((one.weight, one.text), [])
        if one.cell:
            places.append(f"{one.sheet} {one.cell}")
    return [Alike(weight, text, tuple(places)) for (weight, text), places in found.items()]
