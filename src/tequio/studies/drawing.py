"""One ruler for all designs: what programmes like this have changed, and from where each sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tequio.studies.rules.reach import KNOWN_EFFECTS, Reach

# Standard deviations at the right end, and the width of the drawing in its own units.
_END: Final = 1.2
WIDTH: Final = 240


@dataclass(frozen=True, slots=True)
class Ruler:
    """Where things stand on the ruler, from its left end.

    `sees` is None where a design sees nothing, or only what lies beyond the end.
    """

    known: float
    sees: float | None
    width: int = WIDTH

    @property
    def beyond(self) -> float:
        """How wide what it sees is."""
        return 0.0 if self.sees is None else round(self.width - self.sees, 1)


def ruler(found: Reach) -> Ruler:
    """Place a design on the ruler."""
    seen = found.standardised
    sees = None if seen is None or seen >= _END else round(WIDTH * seen / _END, 1)
    return Ruler(known=round(WIDTH * KNOWN_EFFECTS / _END, 1), sees=sees)
