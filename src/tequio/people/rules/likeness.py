"""How likely two files are of one man. It orders a list that a person reads; it decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_PHONE: Final = 60
_NAME: Final = 40
_PAIR: Final = 12
_SAME_YEAR: Final = 15
_NEAR_YEAR: Final = 6
_FAR_YEAR: Final = -20
_NEAR: Final = 2
_FAR: Final = 8


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for one man and against him."""

    same_phone: bool
    same_name: bool
    pairs: int
    asked_year: int | None
    known_year: int | None


def strength(signs: Signs) -> int:
    """Return how much speaks for the same man; nothing or less is not worth showing.

    A year of birth that differs never hides somebody with the same telephone or whole name: years
    are mistyped, and so are telephones shared in a house.
    """
    of_name = _NAME if signs.same_name else min(signs.pairs, 3) * _PAIR
    found = of_name + (_PHONE if signs.same_phone else 0)
    return found + _of_years(signs) if found else 0


def _of_years(signs: Signs) -> int:
    if signs.asked_year is None or signs.known_year is None:
        return 0
    apart = abs(signs.asked_year - signs.known_year)
    if apart == 0:
        return _SAME_YEAR
    if apart <= _NEAR:
        return _NEAR_YEAR
    return _FAR_YEAR if apart > _FAR else 0
