"""Numbers as a person reads them: as many digits as the interval deserves, and a real minus."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, floor, isfinite, log10

from evidencia.designs import Kind
from evidencia.estimate import Effect


@dataclass(frozen=True, slots=True)
class Amounts:
    """How the numbers of one effect are written.

    Attributes
    ----------
    code
        Of the sentence: ``findings.number.difference``, ``…points`` or ``…ratio``.
    zero
        The number that means "no difference".
    factor
        100 for percentage points, else 1.
    places
        Decimals.
    """

    code: str
    zero: int
    factor: int
    places: int

    def write(self, value: float, *, signed: bool = True) -> str:
        """Return `value`, which is on the effect's own scale, as text."""
        if not isfinite(value):
            return "∞" if value > 0 else ("0" if self.zero else "−∞")
        if self.zero:
            return f"{_exp(value):,.2f}" if _exp(value) < 1000 else ">1,000"
        text = f"{abs(value) * self.factor:,.{self.places}f}"
        if not signed or not text.strip("0.,"):
            return text
        return ("−" if value < 0 else "+") + text

    def distance(self, value: float) -> str:
        """Return the size of a difference without its sign ("3.0", "×1.20")."""
        return f"×{exp(abs(value)):,.2f}" if self.zero else self.write(abs(value), signed=False)


def amounts(effect: Effect, kind: Kind) -> Amounts:
    """Decide how the numbers of `effect` are written: two digits of its standard error."""
    if effect.scale == "log":
        return Amounts("findings.number.ratio", 1, 1, 2)
    width = effect.ci_high - effect.ci_low
    if kind == "binary":
        return Amounts("findings.number.points", 0, 100, 1)
    unit = width / 4 if isfinite(width) and width > 0 else abs(effect.estimate) or 1.0
    places = min(6, max(0, 1 - floor(log10(unit))))
    return Amounts("findings.number.difference", 0, 1, places)


def _exp(value: float) -> float:
    return exp(min(value, 700.0))
