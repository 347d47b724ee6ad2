"""What a study is: its design, its outcomes and its estimand, as data.

Nothing here computes. A plan (:mod:`evidencia.plans`) is read into these, the analysis is chosen
by them, and a result (:mod:`evidencia.results`) carries them along, so that whoever reads a number
knows which question it answers.

References
----------
ICH E9(R1) (2019). *Addendum on estimands and sensitivity analysis in clinical trials*, A.3.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from evidencia.words import Language

DesignName = Literal[
    "single_arm",
    "parallel",
    "cluster_parallel",
    "waitlist",
    "stepped_wedge",
    "repeated_cross_section",
]
Kind = Literal["continuous", "binary", "count", "ordinal", "time_to_event"]
Direction = Literal["lower_is_better", "higher_is_better"]
Strategy = Literal[
    "treatment_policy", "hypothetical", "composite", "while_on_treatment", "principal_stratum"
]
Reality = Literal["reported", "true"]
ViolenceType = Literal[
    "physical",
    "sexual",
    "psychological",
    "control",
    "economic",
    "patrimonial",
    "digital",
    "vicarious",
    "any",
]


@dataclass(frozen=True, slots=True)
class Design:
    """What a design needs and what it allows.

    Attributes
    ----------
    name
        Slug, as in the plan.
    compares
        Whether two arms are compared. Without a comparison a change is only a change.
    clustered
        Whether clusters (groups, neighbourhoods) were assigned, so that a cluster is required.
    randomised
        Whether chance decides by default; ``[study] randomised`` in the plan says otherwise.
    repeated
        Whether the same people are asked again: only then can anybody be missing at a wave.
    """

    name: DesignName
    compares: bool
    clustered: bool
    randomised: bool
    repeated: bool


DESIGNS: Final[dict[DesignName, Design]] = {
    "single_arm": Design("single_arm", False, False, False, True),
    "parallel": Design("parallel", True, False, True, True),
    "cluster_parallel": Design("cluster_parallel", True, True, True, True),
    "waitlist": Design("waitlist", True, False, True, True),
    "stepped_wedge": Design("stepped_wedge", True, True, True, True),
    "repeated_cross_section": Design("repeated_cross_section", True, False, False, False),
}


@dataclass(frozen=True, slots=True)
class IntercurrentEvent:
    """Something that happens after the start and changes what the outcome means.

    Attributes
    ----------
    event
        In words: "stops attending", "is detained", "the couple separates".
    strategy
        One of the five of ICH E9(R1).
    """

    event: str
    strategy: Strategy


@dataclass(frozen=True, slots=True)
class Estimand:
    """The question, in its five attributes.

    Attributes
    ----------
    population, treatment, variable, summary
        In words. Empty where the plan says nothing; the report then says what was assumed.
    intercurrent_events
        With their strategies; by default stopping attendance is handled by treatment policy
        (everybody counts where chance put him, whether he came or not).
    violence
        ``"reported"``: the number is about reports, which is all that a questionnaire holds.
        ``"true"``: the question is about violence itself, and the report adds a grid of
        misreporting, because no estimator here turns a report into a fact.
    """

    population: str = ""
    treatment: str = ""
    variable: str = ""
    summary: str = ""
    intercurrent_events: tuple[IntercurrentEvent, ...] = ()
    violence: Reality = "reported"


@dataclass(frozen=True, slots=True)
class Study:
    """``[study]`` and ``[estimand]`` of a plan.

    Attributes
    ----------
    title, question
        As written by the people who ask.
    design
        One of :data:`DESIGNS`.
    language
        Of the report.
    randomised
        Whether chance decided who was in which arm.
    estimand
        The five attributes.
    """

    title: str
    question: str
    design: DesignName
    language: Language
    randomised: bool
    estimand: Estimand

    @property
    def shape(self) -> Design:
        """What this study's design needs and allows."""
        return DESIGNS[self.design]


@dataclass(frozen=True, slots=True)
class Outcome:
    """``[[outcome]]`` of a plan.

    Attributes
    ----------
    name
        Column of the data (wide data: the stem before the wave).
    label
        How the report calls it.
    kind
        Decides the estimator.
    direction
        Which way is good: a fall of violence is good, a fall of safety is not.
    baseline
        Column with the value at the start, one per unit; None when the first wave holds it.
    event
        Column with 1 (it happened) or 0 (censored), for ``time_to_event``.
    primary
        Whether the study stands or falls by it.
    informant
        Whose report is the one that counts; other informants are shown beside it, never pooled.
    violence
        Type of violence measured, so that findings are given by type; None when it is not
        violence.
    smallest
        Smallest difference that matters, in the outcome's own units (a logarithm for ratios),
        positive; None where nobody said.
    """

    name: str
    label: str
    kind: Kind = "continuous"
    direction: Direction = "lower_is_better"
    baseline: str | None = None
    event: str | None = None
    primary: bool = False
    informant: str | None = None
    violence: ViolenceType | None = None
    smallest: float | None = None
