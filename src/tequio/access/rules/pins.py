"""Which digits may open a locked screen."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

SHORTEST: Final = 4
LONGEST: Final = 8


def is_pin(text: str) -> bool:
    """Tell whether these are digits of the right length."""
    return text.isascii() and text.isdecimal() and SHORTEST <= len(text) <= LONGEST


def too_easy(text: str) -> bool:
    """Tell whether somebody would try these first: one digit, a row of them, a year."""
    steps = {int(b) - int(a) for a, b in pairwise(text)}
    return steps in ({0}, {1}, {-1}) or text[:2] in {"19", "20"}
