"""What was concluded, and what must be read beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evidencia.estimate import Effect
from evidencia.words import Note

Verdict = Literal[
    "benefit",
    "small_benefit",
    "no_difference_that_matters",
    "harm",
    "unknown",
    "change",
    "descriptive",
    "refused",
]
Strength = Literal["strong", "moderate", "weak", "very_weak", "none"]


@dataclass(frozen=True, slots=True)
class TippingStep:
    """The effect when those lost are assumed to be `delta` worse than their like who stayed."""

    delta: float
    effect: Effect


@dataclass(frozen=True, slots=True)
class Tipping:
    """How much worse must the lost be for the finding to go?

    Attributes
    ----------
    steps
        By ascending delta, in the outcome's units (log odds for binary outcomes); positive is
        a higher value of the outcome whatever its direction.
    arm
        Arm whose missing values are moved.
    point
        Smallest |delta| at which the interval includes 0; None when it never does within the
        grid, or includes it already at delta 0.
    """

    outcome: str
    informant: str | None
    contrast: str
    wave: str | None
    arm: str | None
    steps: tuple[TippingStep, ...]
    point: float | None


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A p value corrected for the number of secondary outcomes asked; the primary has none."""

    outcome: str
    informant: str | None
    contrast: str
    wave: str | None
    p: float
    p_adjusted: float


@dataclass(frozen=True, slots=True)
class Multiplicity:
    """Which correction, and what it gave.

    Attributes
    ----------
    method
        ``"holm"``, ``"bonferroni"``, ``"bh"`` or ``"none"``.
    """

    method: str = "none"
    adjusted: tuple[Adjusted, ...] = ()


@dataclass(frozen=True, slots=True)
class GridPoint:
    """What the share would be if reports had this sensitivity and specificity.

    Attributes
    ----------
    share
        Corrected share; None where the pair of error rates cannot have given these data.
    """

    sensitivity: float
    specificity: float
    share: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two informants on the same thing at the same wave.

    Attributes
    ----------
    first, second
        The informants, in the plan's order.
    n
        Pairs.
    both, only_first, only_second, neither
        Counts for a binary outcome ("any": value above 0 for counts); None for continuous ones.
    observed
        Share of agreement; correlation has its own field.
    kappa, pabak
        Cohen's κ and its prevalence- and bias-adjusted form; None where not defined.
    kappa_ci_low, kappa_ci_high
        Interval of κ; None where there is none.
    correlation
        Pearson's r, for continuous outcomes.
    grid
        Sensitivity–specificity grid for the second informant's share: two informants do not
        identify error rates, so all are shown.
    notes
        What must be read beside it.
    """

    outcome: str
    wave: str | None
    first: str
    second: str
    n: int
    both: int | None = None
    only_first: int | None = None
    only_second: int | None = None
    neither: int | None = None
    observed: float | None = None
    kappa: float | None = None
    kappa_ci_low: float | None = None
    kappa_ci_high: float | None = None
    pabak: float | None = None
    correlation: float | None = None
    grid: tuple[GridPoint, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Caution:
    """A note with its place: which outcome, whose report, which method. None means all."""

    note: Note
    outcome: str | None = None
    informant: str | None = None
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What may be said, how firmly, and what may not.

    Attributes
    ----------
    code
        Slug of the rule that made it.
    outcome, informant, contrast, wave
        The question; None where the finding is about the whole study.
    verdict
        Harm is named as harm, and "unknown" is an answer.
    strength
        Graded by written rules over design × attrition × precision.
    reasons
        Why this strength.
    may_say
        Sentences that a director may read aloud.
    must_not_say
        Sentences that the data do not support.
    to_know_more
        What would be needed to say more.
    """

    code: str
    outcome: str | None = None
    informant: str | None = None
    wave: str | None = None
    verdict: Verdict = "descriptive"
    strength: Strength = "none"
    reasons: tuple[Note, ...] = ()
    may_say: tuple[Note, ...] = ()
    must_not_say: tuple[Note, ...] = ()
    to_know_more: tuple[Note, ...] = ()
    contrast: str | None = None
