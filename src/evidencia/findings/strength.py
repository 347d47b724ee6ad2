"""How far a finding can be trusted: written rules over design, attrition and precision.

The grade starts at what the design can bear at best and goes down by one step for each rule that
applies, as in GRADE. Nothing raises it. The rules are data, :data:`DESIGNS` and :data:`RULES`:
to argue about a grade is to argue about a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Final, Literal

from evidencia.results import Strength as StrengthName
from evidencia.words import Note

Sensitivity = Literal["agrees", "weakens", "reverses", "absent"]


class Strength(IntEnum):
    """Four levels, as in GRADE, and none: we do not know."""

    NONE = 0
    VERY_WEAK = 1
    WEAK = 2
    MODERATE = 3
    STRONG = 4

    @property
    def slug(self) -> StrengthName:
        """The name in result.json and in the sentences."""
        return _SLUGS[self]


_SLUGS: Final[dict[Strength, StrengthName]] = {
    Strength.NONE: "none",
    Strength.VERY_WEAK: "very_weak",
    Strength.WEAK: "weak",
    Strength.MODERATE: "moderate",
    Strength.STRONG: "strong",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rules look at, for one outcome told by one informant.

    Attributes
    ----------
    design
        Slug of the plan's design.
    lottery
        Whether a lottery decided who was where.
    spans
        Whether the interval holds both benefit and harm.
    may_be_trivial
        Whether the benefit may be smaller than the smallest difference that matters.
    lost, gap
        Share of people without this outcome at this wave, and the largest difference of that share
        between arms; in [0, 1]; None where the result does not say.
    people, clusters
        That entered the estimate; clusters None where the design has none.
    sensitivity
        What the sensitivity set does to the conclusion.
    tips_early
        Whether the conclusion goes away when those missing do only slightly worse than assumed:
        by :data:`SLIGHTLY` standard deviations or less.
    by_chance
        Whether the p value, corrected for the number of questions, no longer excludes chance.
    own_account
        Whether it is violence told only by whoever may have used it.
    """

    design: str
    lottery: bool
    spans: bool = False
    may_be_trivial: bool = False
    lost: float | None = None
    gap: float | None = None
    people: int = 0
    clusters: int | None = None
    sensitivity: Sensitivity = "agrees"
    tips_early: bool = False
    by_chance: bool = False
    own_account: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """What a design can bear at best.

    Attributes
    ----------
    lottery, otherwise
        The start with and without a lottery; it is also the ceiling.
    source
        Whose rule it is.
    """

    lottery: Strength
    otherwise: Strength
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to trust less.

    Attributes
    ----------
    code
        Of the sentence that says it (``findings.because.<code>``) and of its test.
    steps
        How far down. 4 leaves none.
    applies
        Whether it applies.
    values
        What its sentence needs.
    source
        Whose rule it is; ``"ours"`` where nobody else's.
    """

    code: str
    steps: int
    applies: Callable[[Evidence], bool]
    values: Callable[[Evidence], dict[str, int | float | str]]
    source: str


ALL: Final = 4
LOST, HALF, GAP = 0.20, 0.50, 0.05
FEW_CLUSTERS, FEW_PEOPLE = 10, 50
SLIGHTLY: Final = 0.2

_GRADE: Final = "Balshem et al. (2011), GRADE guidelines 3, J. Clin. Epidemiol. 64, 401–406"
_LOTTERY: Final = Start(Strength.STRONG, Strength.WEAK, _GRADE)
DESIGNS: Final = MappingProxyType(
    {
        "parallel": _LOTTERY,
        "cluster_parallel": _LOTTERY,
        "waitlist": _LOTTERY,
        # The calendar moves together with the programme, and a model has to tell them apart.
        "stepped_wedge": Start(
            Strength.MODERATE,
            Strength.WEAK,
            "Hemming et al. (2018), CONSORT extension for stepped wedge, BMJ 363, k1614",
        ),
        "repeated_cross_section": Start(Strength.MODERATE, Strength.WEAK, _GRADE),
        # Nothing tells the programme apart from time, regression to the mean and who left.
        "single_arm": Start(
            Strength.VERY_WEAK,
            Strength.VERY_WEAK,
            "Sterne et al. (2016), ROBINS-I, BMJ 355, i4919; Karakurt et al. (2019)",
        ),
    }
)


def _nothing(_evidence: Evidence) -> dict[str, int | float | str]:
    return {}


def _percent(share: float | None) -> float:
    return round(100 * (share or 0.0), 1)


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "no_lottery",
        0,  # The start says it already.
        lambda e: not e.lottery and e.design != "single_arm",
        _nothing,
        _GRADE,
    ),
    Rule(
        "single_arm", 0, lambda e: e.design == "single_arm", _nothing, DESIGNS["single_arm"].source
    ),
    Rule(
        "spans",
        ALL,
        lambda e: e.spans,
        _nothing,
        "Altman & Bland (1995), Absence of evidence is not evidence of absence, BMJ 311, 485",
    ),
    Rule(
        "reversed",
        ALL,
        lambda e: e.sensitivity == "reverses",
        _nothing,
        "ICH E9(R1) (2019), A.5.2, sensitivity analysis",
    ),
    Rule(
        "fragile",
        1,
        lambda e: e.sensitivity == "weakens",
        _nothing,
        "ICH E9(R1) (2019), A.5.2, sensitivity analysis",
    ),
    Rule(
        "untested",
        1,
        lambda e: e.sensitivity == "absent" and (e.lost is None or e.lost > 0),
        _nothing,
        "ICH E9(R1) (2019), A.5.2; National Research Council (2010), ch. 5",
    ),
    Rule(
        "tips_early",
        1,
        lambda e: e.tips_early,
        _nothing,
        "Cro et al. (2020), Stat. Med. 39, 2815–2842; Cohen (1988) for 0.2",
    ),
    Rule(
        "lost",
        1,
        lambda e: e.lost is not None and e.lost > LOST,
        lambda e: {"percent": _percent(e.lost)},
        "Schulz & Grimes (2002), Sample size slippages, Lancet 359, 781–785",
    ),
    Rule("half_lost", 1, lambda e: e.lost is not None and e.lost > HALF, _nothing, "ours"),
    Rule(
        "gap",
        1,
        lambda e: e.gap is not None and e.gap > GAP,
        lambda e: {"points": _percent(e.gap)},
        "What Works Clearinghouse (2022), Handbook 5.0, differential attrition",
    ),
    Rule(
        "may_be_trivial",
        1,
        lambda e: e.may_be_trivial,
        _nothing,
        "Guyatt et al. (2011), GRADE guidelines 6, imprecision, J. Clin. Epidemiol. 64, 1283–1293",
    ),
    Rule(
        "few_clusters",
        1,
        lambda e: e.clusters is not None and e.clusters < FEW_CLUSTERS,
        lambda e: {"n": e.clusters or 0},
        "Leyrat et al. (2018), Int. J. Epidemiol. 47, 321–331",
    ),
    Rule(
        "few_people",
        1,
        lambda e: e.people < FEW_PEOPLE,
        lambda e: {"n": e.people},
        "Gelman & Carlin (2014), Beyond power calculations, Perspect. Psychol. Sci. 9, 641–651",
    ),
    Rule(
        "many_questions",
        1,
        lambda e: e.by_chance,
        _nothing,
        "Holm (1979), Scand. J. Stat. 6, 65–70; Benjamini & Hochberg (1995), JRSS B 57, 289–300",
    ),
    Rule(
        "own_account",
        1,
        lambda e: e.own_account,
        _nothing,
        "Guyatt et al. (2011), GRADE guidelines 8, indirectness; Heckert & Gondolf (2000)",
    ),
)


@dataclass(frozen=True, slots=True)
class Grade:
    """A strength with the rules that made it.

    Attributes
    ----------
    strength
        What is left.
    ceiling
        What the design could bear at best.
    rules
        Codes of the rules that applied, in the order of :data:`RULES`.
    reasons
        Their sentences.
    """

    strength: Strength
    ceiling: Strength
    rules: tuple[str, ...]
    reasons: tuple[Note, ...]


def grade(evidence: Evidence) -> Grade:
    """Apply the rules to `evidence`.

    Going down stops at very weak, unless the evidence leaves nothing to say (``spans``,
    ``reversed``): then it is none.

    Raises
    ------
    ValueError
        If the design has no row in :data:`DESIGNS`.

    References
    ----------
    Guyatt, G. et al. (2011). GRADE guidelines. *J. Clin. Epidemiol.* 64, 383–406.
    """
    start = DESIGNS.get(evidence.design)
    if start is None:
        raise ValueError(f"There is no strength for the design {evidence.design!r}.")
    ceiling = start.lottery if evidence.lottery else start.otherwise
    applied = [rule for rule in RULES if rule.applies(evidence)]
    if any(rule.steps == ALL for rule in applied):
        left = Strength.NONE
    else:
        left = Strength(max(Strength.VERY_WEAK, ceiling - sum(rule.steps for rule in applied)))
    return Grade(
        strength=left,
        ceiling=ceiling,
        rules=tuple(rule.code for rule in applied),
        reasons=tuple(
            Note.of(f"findings.because.{rule.code}", **rule.values(evidence)) for rule in applied
        ),
    )
