"""What an interval says: better, worse, no difference that matters, or that we do not know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from evidencia.estimate import Effect

Direction = Literal["lower_is_better", "higher_is_better"]


class Verdict(StrEnum):
    """The only conclusions there are.

    ``SMALL_BENEFIT`` is better, but by less than the smallest difference that matters. There is no
    such mercy for harm: any harm is called harm. ``CHANGE`` is a difference between two moments of
    the same people, which says nothing about its cause. ``REFUSED`` is an outcome without an
    honest number.
    """

    BENEFIT = "benefit"
    SMALL_BENEFIT = "small_benefit"
    NO_DIFFERENCE = "no_difference_that_matters"
    HARM = "harm"
    UNKNOWN = "unknown"
    CHANGE = "change"
    DESCRIPTIVE = "descriptive"
    REFUSED = "refused"


BETTER = frozenset({Verdict.BENEFIT, Verdict.SMALL_BENEFIT})


@dataclass(frozen=True, slots=True)
class Reading:
    """An effect turned so that more is better, and what its interval leaves open.

    Attributes
    ----------
    low, high
        Confidence limits in the outcome's units (or logarithms), more is better.
    smallest
        Smallest difference that matters, in the same units, positive; None where the plan is
        silent.
    verdict
        What the interval says by itself.
    """

    low: float
    high: float
    smallest: float | None
    verdict: Verdict

    @classmethod
    def of(cls, low: float, high: float, smallest: float | None) -> Reading:
        """Read an interval in which more is better."""
        return cls(low, high, smallest, _verdict(low, high, smallest))

    @property
    def spans(self) -> bool:
        """Whether the interval holds both benefit and harm."""
        return self.verdict is Verdict.UNKNOWN

    @property
    def may_be_trivial(self) -> bool:
        """Whether a benefit may be smaller than the smallest difference that matters."""
        return (
            self.verdict is Verdict.BENEFIT
            and self.smallest is not None
            and (self.low < self.smallest)
        )

    @property
    def rules_out_harm(self) -> bool:
        """Whether a harm that matters is outside the interval."""
        return self.smallest is not None and self.low > -self.smallest

    @property
    def rules_out_benefit(self) -> bool:
        """Whether a benefit that matters is outside the interval."""
        return self.smallest is not None and self.high < self.smallest


def read(effect: Effect, direction: Direction, smallest: float | None = None) -> Reading:
    """Read the interval of `effect`.

    Parameters
    ----------
    effect
        Arm minus control (or the logarithm of their ratio): 0 is no difference.
    direction
        Which way is better.
    smallest
        Smallest difference that matters, positive, on the effect's own scale.

    Notes
    -----
    An interval that touches 0 from either side and stays within ±`smallest` shows that there is no
    difference that matters (two one-sided tests at half the error of the interval: stricter than
    usual). An interval that does not stay within is *not* "no difference": we do not know.

    References
    ----------
    Altman, D. G. & Bland, J. M. (1995). Absence of evidence is not evidence of absence. *BMJ* 311,
    485. Schuirmann, D. J. (1987). *J. Pharmacokinet. Biopharm.* 15, 657–680.

    Raises
    ------
    ValueError
        If `smallest` is not positive.
    """
    if smallest is not None and not smallest > 0:
        raise ValueError(f"The smallest difference that matters is positive, not {smallest}.")
    low, high = effect.ci_low, effect.ci_high
    if direction == "lower_is_better":
        low, high = -high, -low
    return Reading.of(low, high, smallest)


def _verdict(low: float, high: float, smallest: float | None) -> Verdict:
    if high < 0:
        return Verdict.HARM
    if low > 0:
        small = smallest is not None and high < smallest
        return Verdict.SMALL_BENEFIT if small else Verdict.BENEFIT
    if smallest is not None and -smallest < low and high < smallest:
        return Verdict.NO_DIFFERENCE
    return Verdict.UNKNOWN
