"""A plan as typed, frozen data. Everything omitted has a default, and the default is here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from evidencia.designs import Outcome, Study

DfMethod = Literal["kenward_roger", "satterthwaite", "residual"]
ClusterMethod = Literal["mixed", "cr2", "wild_bootstrap", "randomisation", "cluster_means"]
Correction = Literal["holm", "bonferroni", "bh", "none"]
MissingMethod = Literal[
    "complete_case",
    "ipw",
    "mi",
    "delta",
    "jump_to_reference",
    "returns_to_baseline",
    "lee_bounds",
    "extreme_bounds",
]

MISSING_METHODS: Final[tuple[MissingMethod, ...]] = (
    "complete_case",
    "ipw",
    "mi",
    "delta",
    "jump_to_reference",
    "returns_to_baseline",
    "lee_bounds",
    "extreme_bounds",
)
EXTREMES: Final = "extreme_bounds"
DELTAS: Final = tuple(step / 10 for step in range(11))


@dataclass(frozen=True, slots=True)
class Data:
    """``[data]``: which column is what.

    Attributes
    ----------
    unit
        Column that names the person (or household). Default: each row is one unit.
    wave
        Column with the wave, for long data. Default: none; the data are wide (columns
        ``outcome_wave``) or hold one wave.
    waves
        Values of the wave, ordered, baseline first. Default: those of the data, in natural order.
    arm, arms, control
        Column with the arm, its allowed values (default: those of the data), and its value for
        the comparison. Default of `control`: the one value that is a usual word for it
        ("control", "placebo", "waitlist", "0"…); otherwise the plan is refused, because guessing
        would turn every sign around.
    cluster, block, site
        Columns with the group assigned, the stratum of the lottery, the place.
    informant
        Column that says who answered. Informants are analysed side by side, never pooled.
    covariates
        Columns measured before the start; numbers, or categories.
    weights
        Column with survey weights.
    dose
        Column with sessions attended. In a stepped wedge, the 0/1 column of exposure.
    """

    unit: str | None = None
    wave: str | None = None
    waves: tuple[str, ...] = ()
    arm: str | None = None
    arms: tuple[str, ...] = ()
    control: str | None = None
    cluster: str | None = None
    block: str | None = None
    site: str | None = None
    informant: str | None = None
    covariates: tuple[str, ...] = ()
    weights: str | None = None
    dose: str | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """``[missing]``: what is assumed of those who did not answer.

    Attributes
    ----------
    methods
        Shown beside the primary. Default: all that the design allows; extreme-value bounds only
        where clusters may be lost. Those who answered are always shown.
    imputations
        Default 100.
    deltas
        How much worse than their like the missing may be, in standard deviations of the
        outcome at the start; positive is worse. Default 0, 0.1, …, 1.
    seed
        Of everything random in the evaluation. Default 1.
    """

    methods: tuple[MissingMethod, ...] = MISSING_METHODS
    imputations: int = 100
    deltas: tuple[float, ...] = DELTAS
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Inference:
    """``[inference]``: how doubt is measured.

    Attributes
    ----------
    level
        Confidence level. Default 0.95.
    df
        Degrees of freedom of the mixed models. Default Kenward–Roger.
    cluster_method
        What the primary rests on where clusters were assigned; the others are shown beside it.
        Default None: a mixed model for continuous outcomes, GEE for the rest.
    permutations
        Of randomisation inference and of the bootstrap. Default 9,999.
    multiplicity
        Correction among the secondary outcomes; the primary is left alone. Default Holm.
    """

    level: float = 0.95
    df: DfMethod = "kenward_roger"
    cluster_method: ClusterMethod | None = None
    permutations: int = 9_999
    multiplicity: Correction = "holm"


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole ``PLAN.toml``.

    Attributes
    ----------
    sha256
        Of the file, byte by byte.
    """

    study: Study
    data: Data
    outcomes: tuple[Outcome, ...]
    missing: Missing = Missing()
    inference: Inference = Inference()
    sha256: str = ""

    @property
    def primaries(self) -> tuple[Outcome, ...]:
        """The outcomes that the study stands or falls by."""
        return tuple(outcome for outcome in self.outcomes if outcome.primary)
