"""One question of a study with everything that answers it, ready for the rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import pi, sqrt
from typing import Final

from evidencia.designs import Outcome
from evidencia.estimate import Estimate
from evidencia.findings.strength import SLIGHTLY, Evidence, Sensitivity
from evidencia.findings.tellers import teller
from evidencia.findings.verdicts import BETTER, Reading, Verdict, read
from evidencia.results import Result, Tipping

# They answer another question (those who came, those who came more): shown, never counted.
OTHER_QUESTIONS: Final = frozenset({"cace", "dose_response"})
_BOUNDS: Final = ("_low", "_high")
_LOGISTIC_SD: Final = pi / sqrt(3)


@dataclass(frozen=True, slots=True)
class Question:
    """One outcome told by one informant, arm against control, at one wave.

    Attributes
    ----------
    outcome, estimate
        What was asked and the number that counts.
    beside
        Its sensitivity set.
    reading
        What its interval says by itself.
    checks
        What each check of the sensitivity set says; the two ends of bounds are one check.
    tipping
        None where there is none.
    """

    outcome: Outcome
    estimate: Estimate
    beside: tuple[Estimate, ...]
    reading: Reading
    checks: tuple[Reading, ...]
    tipping: Tipping | None

    @property
    def arm(self) -> str:
        """The arm, or the later wave of a study without a comparison."""
        return self.estimate.contrast.partition(" vs ")[0]

    @property
    def control(self) -> str:
        """The control, or the first wave of a study without a comparison."""
        return self.estimate.contrast.partition(" vs ")[2]

    @property
    def sensitivity(self) -> Sensitivity:
        """What the sensitivity set does to the conclusion."""
        if not self.checks:
            return "absent"
        if self.reversing:
            return "reverses"
        return "weakens" if self.changing else "agrees"

    @property
    def changing(self) -> int:
        """Checks whose conclusion is another."""
        return sum(_side(check) != _side(self.reading) for check in self.checks)

    @property
    def reversing(self) -> int:
        """Checks that say the opposite."""
        return sum(_side(check) * _side(self.reading) < 0 for check in self.checks)


def questions(result: Result) -> tuple[Question, ...]:
    """Return the questions of `result`: primary first, then as the plan orders them.

    Of each outcome, informant and contrast the last wave counts; the others are in the report.
    """
    single = not result.study.shape.compares
    wanted = {"descriptive"} if single else {"primary", "secondary"}
    last: dict[tuple[str, str | None, str], Estimate] = {}
    for e in result.estimates:
        if e.role not in wanted or (single and e.method != "change"):
            continue
        key = (e.outcome, e.informant, "" if single else e.contrast)
        if key not in last or _later(e, last[key], result.waves):
            last[key] = e
    found = (question(result, e) for e in last.values())
    return tuple(sorted(found, key=lambda q: _place(q, result)))


def question(result: Result, estimate: Estimate) -> Question:
    """Gather what stands beside `estimate`."""
    outcome = result.outcome(estimate.outcome)
    beside = tuple(e for e in result.beside(estimate) if e.method not in OTHER_QUESTIONS)
    asked = (estimate.outcome, estimate.informant, estimate.contrast, estimate.wave)
    tipping = (t for t in result.tipping if (t.outcome, t.informant, t.contrast, t.wave) == asked)
    return Question(
        outcome=outcome,
        estimate=estimate,
        beside=beside,
        reading=read(estimate.effect, outcome.direction, outcome.smallest),
        checks=_checks(beside, outcome),
        tipping=next(tipping, None),
    )


def evidence(result: Result, asked: Question) -> Evidence:
    """Say what the rules of strength look at."""
    lost, gap = _lost(result, asked)
    return Evidence(
        design=result.study.design,
        lottery=result.study.randomised,
        spans=asked.reading.spans,
        may_be_trivial=asked.reading.may_be_trivial,
        lost=lost,
        gap=gap,
        people=asked.estimate.effect.n_units,
        clusters=asked.estimate.effect.n_clusters,
        sensitivity=asked.sensitivity,
        tips_early=_tips_early(result, asked),
        by_chance=_by_chance(result, asked),
        own_account=asked.outcome.violence is not None
        and teller(asked.estimate.informant) == "his",
    )


def _side(reading: Reading) -> int:
    """1 better, -1 worse, 0 neither."""
    if reading.verdict in BETTER:
        return 1
    return -1 if reading.verdict is Verdict.HARM else 0


def _later(one: Estimate, other: Estimate, waves: tuple[str, ...]) -> bool:
    place = {wave: i for i, wave in enumerate(waves)}
    now, before = (place.get(e.wave or "", -1) for e in (one, other))
    return (one.role == "primary", now) > (other.role == "primary", before)


def _place(asked: Question, result: Result) -> tuple[bool, int, bool, int]:
    names = [outcome.name for outcome in result.outcomes]
    informant = asked.estimate.informant
    return (
        not asked.outcome.primary,
        names.index(asked.outcome.name),
        informant != asked.outcome.informant,
        result.informants.index(informant) if informant in result.informants else -1,
    )


def _checks(beside: Iterable[Estimate], outcome: Outcome) -> tuple[Reading, ...]:
    """Read each check; the low and the high end of bounds are read as one interval."""
    whole: dict[str, tuple[float, float]] = {}
    for e in beside:
        name = e.method
        for end in _BOUNDS:
            name = name.removesuffix(end)
        low, high = whole.get(name, (e.effect.ci_low, e.effect.ci_high))
        whole[name] = (min(low, e.effect.ci_low), max(high, e.effect.ci_high))
    return tuple(_interval(low, high, outcome) for low, high in whole.values())


def _interval(low: float, high: float, outcome: Outcome) -> Reading:
    better = (-high, -low) if outcome.direction == "lower_is_better" else (low, high)
    return Reading.of(*better, outcome.smallest)


def _lost(result: Result, asked: Question) -> tuple[float | None, float | None]:
    """Share lost, and its largest difference between the arms of the contrast."""
    if not result.study.shape.repeated:
        return 0.0, 0.0
    e = asked.estimate
    rows = [
        r for r in result.attrition.rows if (r.outcome, r.informant) == (e.outcome, e.informant)
    ]
    arms = [r for r in rows if r.arm in (asked.arm, asked.control)] or rows
    expected = sum(r.n_expected for r in arms)
    if not expected:
        return None, None
    shares = [r.share_lost for r in arms]
    return sum(r.n_lost for r in arms) / expected, max(shares) - min(shares)


def _tips_early(result: Result, asked: Question) -> bool:
    if asked.tipping is None or asked.tipping.point is None:
        return False
    spread = _spread(result, asked)
    return spread is not None and abs(asked.tipping.point) <= SLIGHTLY * spread


def _spread(result: Result, asked: Question) -> float | None:
    """Standard deviation at the start, in the unit of the tipping point."""
    if asked.outcome.kind == "binary":
        return _LOGISTIC_SD
    names = {asked.outcome.baseline, asked.outcome.name}
    found = [r.sd for r in result.baseline.rows if r.variable in names and r.sd]
    return max(found, default=None)


def _by_chance(result: Result, asked: Question) -> bool:
    e = asked.estimate
    key = (e.outcome, e.informant, e.contrast, e.wave)
    error = 1 - result.level
    return any(
        (a.outcome, a.informant, a.contrast, a.wave) == key and a.p <= error < a.p_adjusted
        for a in result.multiplicity.adjusted
    )
