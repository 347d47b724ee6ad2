"""Scores: exact, with what is missing beside them; nothing is made up in silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tequio.instruments.definitions import PREFERS_NOT, Instrument, Item, Scale
from tequio.instruments.definitions.shape import CutOff
from tequio.instruments.rules.asking import is_asked


@dataclass(frozen=True, slots=True)
class Met:
    """A cut-off, and whether the score reaches it."""

    cut_off: CutOff
    met: bool


@dataclass(frozen=True, slots=True)
class Score:
    """One scale of one answer.

    `value` is None where too little was answered: then no cut-off is met or not met either.
    `answered` counts also what was rightly not asked and counts a fixed number.
    """

    scale: str
    value: Fraction | None
    answered: int
    total: int
    preferred_not: int
    prorated: bool
    cut_offs: tuple[Met, ...]

    @property
    def missing(self) -> int:
        """How many items count nothing."""
        return self.total - self.answered

    @property
    def highest(self) -> CutOff | None:
        """The highest cut-off that is met."""
        met = [one.cut_off for one in self.cut_offs if one.met]
        return max(met, key=lambda one: one.at, default=None)


@dataclass(frozen=True, slots=True)
class _Counted:
    values: tuple[int, ...]
    preferred_not: int


def scores(whole: Instrument, answers: Mapping[str, str]) -> tuple[Score, ...]:
    """Return every scale of an answer, in the order of the instrument."""
    return tuple(score(whole, scale, answers) for scale in whole.scales)


def score(whole: Instrument, scale: Scale, answers: Mapping[str, str]) -> Score:
    """Return one scale of an answer."""
    counted = _counted(whole, scale, answers)
    answered, total = len(counted.values), len(scale.items)
    enough = answered >= scale.least_answered or _known_already(scale, counted.values)
    whole_value = _value(scale, counted.values) if enough else None
    prorated = scale.prorate and enough and answered < total
    if prorated and whole_value is not None:
        whole_value = whole_value * Fraction(total, answered)
    return Score(
        scale=scale.id,
        value=whole_value,
        answered=answered,
        total=total,
        preferred_not=counted.preferred_not,
        prorated=prorated,
        cut_offs=()
        if whole_value is None
        else tuple(Met(one, whole_value >= one.at) for one in scale.cut_offs),
    )


def _known_already(scale: Scale, values: tuple[int, ...]) -> bool:
    """One yes is enough to know that there was any; a no is known only when all answered."""
    return scale.method == "any" and any(value > 0 for value in values)


def values_of(whole: Instrument, scale: Scale, answers: Mapping[str, str]) -> tuple[int, ...]:
    """Return what each item of a scale counts in an answer; what is missing is left out."""
    return _counted(whole, scale, answers).values


def bounds(whole: Instrument, scale: Scale) -> tuple[Fraction, Fraction]:
    """Return the least and the most that a whole answer can give."""
    lows, highs = [], []
    for name in scale.items:
        low, high = _range(whole, whole.the_item(name))
        lows.append(low)
        highs.append(high)
    return _value(scale, tuple(lows)), _value(scale, tuple(highs))


def _counted(whole: Instrument, scale: Scale, answers: Mapping[str, str]) -> _Counted:
    values: list[int] = []
    refused = 0
    for name in scale.items:
        item = whole.the_item(name)
        if answers.get(name) == PREFERS_NOT:
            refused += 1
            continue
        value = _item(whole, item, answers)
        if value is None:
            continue
        if name in scale.reverse:
            low, high = _range(whole, item)
            value = low + high - value
        values.append(value)
    return _Counted(tuple(values), refused)


def _item(whole: Instrument, item: Item, answers: Mapping[str, str]) -> int | None:
    if not is_asked(whole, item, answers):
        return item.not_asked
    return whole.value_of(item, answers.get(item.id, ""))


def _range(whole: Instrument, item: Item) -> tuple[int, int]:
    if item.kind == "whole":
        return item.least or 0, item.most or 0
    values = [one.value for one in whole.choices[item.choices] if one.value is not None]
    return min(values), max(values)


def _value(scale: Scale, values: tuple[int, ...]) -> Fraction:
    match scale.method:
        case "sum":
            return Fraction(sum(values))
        case "mean":
            return Fraction(sum(values), len(values))
        case "count":
            return Fraction(sum(value > 0 for value in values))
        case "any":
            return Fraction(int(any(value > 0 for value in values)))
