"""How far the items of a scale go together here: Cronbach's alpha, exact, and McDonald's omega.

Omega is that of evidencia (one factor), with its interval, or with the reason why there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evidencia.measures.reliability import mcdonald_omega
from evidencia.words import Language, Refusal
from tequio.instruments.definitions import Instrument, Scale
from tequio.instruments.rules.scoring import values_of

# Below this it is a rough guess and is said so: a round number, not a theorem.
FEW: Final = 30


@dataclass(frozen=True, slots=True)
class Omega:
    """Omega of one scale with its interval; None, with the reason, where there is no such number.

    With fewer than `FEW` whole answers none is given: one factor would be drawn from noise.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Consistency:
    """Alpha and omega of one scale over whole answers only; None where it cannot be known."""

    scale: str
    alpha: Fraction | None
    whole: int
    left_out: int
    omega: Omega = Omega()

    @property
    def few(self) -> bool:
        """Whether it rests on too few to be leant on."""
        return self.whole < FEW


def consistency(whole: Instrument, answers: Sequence[Mapping[str, str]]) -> tuple[Consistency, ...]:
    """Return alpha of every scale that adds up or averages two items or more."""
    scales = [one for one in whole.scales if one.method in ("sum", "mean") and len(one.items) > 1]
    return tuple(_of(whole, scale, answers) for scale in scales)


def _of(whole: Instrument, scale: Scale, answers: Sequence[Mapping[str, str]]) -> Consistency:
    rows = [values_of(whole, scale, one) for one in answers]
    full = [row for row in rows if len(row) == len(scale.items)]
    return Consistency(scale.id, _alpha(full), len(full), len(rows) - len(full), _omega(full))


def _omega(rows: Sequence[Sequence[int]]) -> Omega:
    if len(rows) < FEW:
        return Omega(said=_("Con menos de %(few)s respuestas completas no se da omega.")
                     % {"few": FEW})  # fmt: skip
    language: Language = "en" if (get_language() or "es").startswith("en") else "es"
    try:
        found = mcdonald_omega(rows)
    except Refusal as refusal:
        return Omega(said=refusal.note.text(language))
    effect = found.effect
    said = " ".join(note.text(language) for note in found.notes)
    return Omega(effect.estimate, effect.ci_low, effect.ci_high, said)


def _alpha(rows: Sequence[Sequence[int]]) -> Fraction | None:
    if len(rows) < 3:
        return None
    k, total = len(rows[0]), _variance([sum(row) for row in rows])
    if total == 0:
        return None
    items = sum((_variance(column) for column in zip(*rows, strict=True)), Fraction(0))
    return Fraction(k, k - 1) * (1 - items / total)


def _variance(values: Iterable[int]) -> Fraction:
    found = list(values)
    mean = Fraction(sum(found), len(found))
    return sum(((value - mean) ** 2 for value in found), Fraction(0)) / (len(found) - 1)
