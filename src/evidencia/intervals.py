"""Shares with their intervals, and identification bounds.

Two kinds of doubt are kept apart everywhere. *Sampling*: these people could have been others
(confidence interval). *Identification*: the record does not say what happened (bounds). The
first shrinks with more people, the second only with better records.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from evidencia.words import Note, Refusal


def normal_quantile(level: float) -> float:
    """Return z such that a standard normal lies within ±z with probability `level`.

    The standard library's inverse (Wichura 1988, AS 241) agrees with scipy's ``ndtri`` to
    2e-15 and spares every page the import of scipy.

    Raises
    ------
    ValueError
        If `level` is not strictly between 0 and 1.
    """
    if not 0.0 < level < 1.0:
        raise ValueError(f"level is a probability between 0 and 1 (for example 0.95), not {level}.")
    return NormalDist().inv_cdf(0.5 + level / 2.0)


def wilson(numerator: int, denominator: int, level: float = 0.95) -> tuple[float, float]:
    """Return the score interval of a binomial share.

    Parameters
    ----------
    numerator, denominator
        Successes and trials, people.
    level
        Confidence level.

    Returns
    -------
    tuple of float
        Lower and upper limit, shares in [0, 1]. Defined at 0 and at `denominator` successes,
        where the interval of Wald collapses to a point.

    Raises
    ------
    ValueError
        If the numerator is not between 0 and the denominator.
    Refusal
        If the denominator is 0.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    *JASA* 22, 209–212. No continuity correction (Brown, Cai & DasGupta 2001, *Stat. Sci.* 16).
    """
    if denominator == 0:
        raise Refusal(Note.of("refusal.nobody"))
    if not 0 <= numerator <= denominator:
        raise ValueError(
            f"A share needs 0 ≤ numerator ≤ denominator, not {numerator} of {denominator}."
        )
    n, p, z = denominator, numerator / denominator, normal_quantile(level)
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # Exact at the ends: rounding would leave 1e-17 where the formula says 0.
    low = 0.0 if numerator == 0 else max(0.0, centre - half)
    high = 1.0 if numerator == denominator else min(1.0, centre + half)
    return low, high


@dataclass(frozen=True, slots=True)
class Bounds:
    """Identification bounds of a number: whatever the missing marks were, it lies between.

    Attributes
    ----------
    lower, upper
        In the unit of the number bounded. Equal when nothing is missing.

    References
    ----------
    Manski, C. F. (2003). *Partial Identification of Probability Distributions*. Springer.
    """

    lower: float
    upper: float

    @property
    def is_point(self) -> bool:
        """Whether the record leaves nothing open."""
        return self.lower == self.upper


@dataclass(frozen=True, slots=True)
class Share:
    """A share of people, with everything needed to read it honestly.

    Attributes
    ----------
    numerator
        People of whom the record says yes. Unknown marks counted as absence.
    denominator
        People asked about.
    missing
        People of the denominator of whom an unknown mark leaves it open. They are in the
        denominator and not in the numerator.
    numerator_upper
        Largest numerator that the record allows, unknown and unattributed marks included.
        An outer bound: never too small.
    value
        numerator / denominator.
    ci_low, ci_high
        Wilson interval of `value` at `level`; sampling only.
    level
        Confidence level.
    """

    numerator: int
    denominator: int
    missing: int
    numerator_upper: int
    value: float
    ci_low: float
    ci_high: float
    level: float

    @property
    def bounds(self) -> Bounds:
        """Identification bounds of the share, in [0, 1]."""
        return Bounds(self.value, self.numerator_upper / self.denominator)


def share(
    numerator: int,
    denominator: int,
    *,
    missing: int = 0,
    numerator_upper: int | None = None,
    level: float = 0.95,
) -> Share:
    """Build a :class:`Share` with its Wilson interval.

    Raises
    ------
    ValueError
        If the counts contradict each other.
    Refusal
        If the denominator is 0.
    """
    upper = numerator + missing if numerator_upper is None else numerator_upper
    low, high = wilson(numerator, denominator, level)
    if missing < 0 or not numerator + missing <= upper <= denominator:
        raise ValueError(
            f"The counts contradict each other: {numerator} yes, {missing} open, at most {upper}, "
            f"out of {denominator}."
        )
    value = numerator / denominator
    return Share(numerator, denominator, missing, upper, value, low, high, level)
