"""Small tables of a survey: means and shares, each with how many answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from tequio.instruments.definitions import PREFERS_NOT

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with how many answered, of how many who were asked; None where nobody did."""

    value: Fraction | None
    answered: int
    asked: int

    def rounded(self, places: int = 0) -> str:
        """Return it as a table prints it: to the even neighbour where it lies half-way."""
        if self.value is None:
            return "—"
        step = Decimal(1).scaleb(-places)
        exact = Decimal(self.value.numerator) / Decimal(self.value.denominator)
        return str(exact.quantize(step, rounding=ROUND_HALF_EVEN))


def mean(rows: Sequence[Row], item: str) -> Figure:
    """Return the mean of a number over those who said it."""
    said = [Fraction(row[item]) for row in rows if _said(row, item)]
    return Figure(sum(said, Fraction(0)) / len(said) if said else None, len(said), len(rows))


def share(rows: Sequence[Row], item: str, code: str) -> Figure:
    """Return what part, in per cent, chose an answer, of those who answered."""
    said = [row[item].split() for row in rows if _said(row, item)]
    chosen = sum(code in codes for codes in said)
    return Figure(Fraction(100 * chosen, len(said)) if said else None, len(said), len(rows))


def count(rows: Sequence[Row], item: str, code: str) -> int:
    """Return how many chose an answer."""
    return sum(code in row.get(item, "").split() for row in rows)


def most_chosen(rows: Sequence[Row], item: str, how_many: int) -> tuple[str, ...]:
    """Return what was chosen most often, in order; equals by name."""
    codes = {code for row in rows for code in row.get(item, "").split()} - {PREFERS_NOT}
    return tuple(sorted(codes, key=lambda code: (-count(rows, item, code), code))[:how_many])


def _said(row: Row, item: str) -> bool:
    return row.get(item, "") not in ("", PREFERS_NOT)
