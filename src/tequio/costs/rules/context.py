"""What violence costs the whole country: quoted with its source, never scaled down.

Nobody may divide it by women, men or cases: it says how large the harm is, and prices none of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class National:
    """A published sum, in whole pesos, and the share of the product that it was."""

    pesos: int
    percent_of_product: float
    year: int
    source: str


MEXICO: Final = National(
    pesos=245_118_266_538,
    percent_of_product=1.4,
    year=2015,
    source="UNAM-PUEG y CONAVIM (2016), El costo de la violencia contra las mujeres en México",
)
