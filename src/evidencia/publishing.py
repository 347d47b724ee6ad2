"""The rules of publication as numbers, and the single figures that obey them.

R1 no count of 7 people or fewer (nor zero, which says something about everybody in the group);
R2 the rest rounded to 5; R3 no margin of its own; R4 no percentage under 20 people; R5 no
minimum, maximum or median under 20; R6 releases never change; R7 at most two variables, from a
fixed menu; R8 no cell to which one organisation or family gives more than half.

The threshold and its pairing with the rounding (7 with 5: a published 10 is 8 to 12, so that no
hidden value is told apart) are those of OpenSAFELY.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidencia.words import Note


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers of the rules.

    Attributes
    ----------
    threshold
        R1: counts up to here are hidden, people.
    base
        R2: what remains is rounded to multiples of this, people; an odd number, so that every
        published value stands for the same number of true ones.
    percent_from, order_from
        R4, R5: people needed for a percentage or a mean, and for a median.
    dominance
        R8: largest share of one organisation or family in a cell.
    most_variables, menu
        R7: how many variables a table crosses, and which ones (None: any, for inside use).

    Raises
    ------
    ValueError
        If rounding could tell a hidden count apart: the first published value must not stand
        for a count at or under the threshold only in part.
    """

    threshold: int = 7
    base: int = 5
    percent_from: int = 20
    order_from: int = 20
    dominance: float = 0.5
    most_variables: int = 2
    menu: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if self.base % 2 == 0 or self.base < 1 or self.threshold < 1:
            raise ValueError("base is an odd number of people, and threshold at least 1.")
        if (self.threshold + 1 - (self.base + 1) // 2) % self.base:
            raise ValueError(
                f"With a threshold of {self.threshold} rounding to {self.base} narrows the first "
                "published value; use 7 with 5."
            )
        if not 0 < self.dominance <= 1:
            raise ValueError("dominance is a share between 0 and 1.")

    @property
    def half(self) -> int:
        """How far a published count may lie from the true one, people."""
        return self.base // 2

    def rounded(self, counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return counts to the nearest multiple of `base` (never a tie, as `base` is odd)."""
        return (counts + self.half) // self.base * self.base


PUBLIC = Policy()
# Of a release: ten people or more in every cell. With rounding to five the smallest number that
# tells no hidden value apart is thirteen, so that is what "ten or more" comes to.
RELEASED = Policy(threshold=12)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that may leave, or None with the sentence that says why not."""

    value: float | None
    notes: tuple[Note, ...] = ()


def allowed(n: int, policy: Policy = PUBLIC) -> bool:
    """Return whether a group of `n` people is large enough for anything to be said of it."""
    return n > policy.threshold


def count(n: int, policy: Policy = PUBLIC) -> Figure:
    """Return a count under R1 and R2."""
    if n < 0:
        raise ValueError("A count of people cannot be negative.")
    if not allowed(n, policy):
        return Figure(None, (Note.of("disclosure.too_few", threshold=policy.threshold),))
    return Figure(float(policy.rounded(np.array([n], np.int64))[0]))


def percentage(k: int, n: int, policy: Policy = PUBLIC) -> Figure:
    """Return `k` of `n` as a whole percentage under R1, R2 and R4.

    Both counts are rounded first, so that the percentage gives back neither. It is withheld when
    `k` or the rest are at or under the threshold: "all of them" tells of each.
    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is not a share.")
    if n < policy.percent_from:
        return Figure(None, (Note.of("disclosure.denominator", needed=policy.percent_from),))
    if not allowed(k, policy):
        return Figure(None, (Note.of("disclosure.too_few", threshold=policy.threshold),))
    if not allowed(n - k, policy):
        return Figure(None, (Note.of("disclosure.nearly_everybody"),))
    top, bottom = policy.rounded(np.array([k, n], np.int64))
    return Figure(float(round(100 * top / bottom)))


def mean(values: Sequence[float], policy: Policy = PUBLIC) -> Figure:
    """Return a mean to three significant digits, under the denominator of R4."""
    data = _finite(values)
    if data.size < policy.percent_from:
        return Figure(None, (Note.of("disclosure.denominator", needed=policy.percent_from),))
    return Figure(float(f"{data.mean():.3g}"))


def order_statistics(
    values: Sequence[float],
    probabilities: Sequence[float] = (0.25, 0.5, 0.75),
    policy: Policy = PUBLIC,
) -> tuple[Figure, ...]:
    """Return quantiles (type 7) under R5, none of them beyond the threshold from an end.

    A quantile with at most `threshold` people on its outer side moves inwards, with a note: the
    minimum of forty people is still one person's figure.
    """
    data = np.sort(_finite(values))
    if data.size < policy.order_from:
        note = Note.of("disclosure.order", needed=policy.order_from)
        return tuple(Figure(None, (note,)) for _ in probabilities)
    edge = policy.threshold / (data.size - 1)
    figures = []
    for p in probabilities:
        if not 0 <= p <= 1:
            raise ValueError(f"{p} is not a probability between 0 and 1.")
        inner = min(max(p, edge), 1 - edge)
        moved = Note.of("disclosure.extreme", threshold=policy.threshold)
        value = float(f"{np.quantile(data, inner):.3g}")
        figures.append(Figure(value, () if inner == p else (moved,)))
    return tuple(figures)


def _finite(values: Sequence[float]) -> npt.NDArray[np.float64]:
    data = np.asarray(values, np.float64)
    if not np.isfinite(data).all():
        raise ValueError("A value is missing; leave missing people out before publishing.")
    return data
