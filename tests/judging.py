"""What is concluded of simulated organisations, beside what is true of them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from math import inf, sqrt
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from scipy.special import stdtrit
from tests.organisations import (
    HERS,
    HIS,
    NINE_MONTHS,
    SITES,
    VIOLENT,
    WEEKS,
    DesignName,
    Organisation,
    TruthName,
    asked,
    design,
    draw,
    frame,
    informants,
    outcome,
    plan,
    reported,
)

from evidencia import analysis, findings
from evidencia.estimate import Effect
from evidencia.planning import ParallelMeans, SteppedWedge, power, simulated_power
from evidencia.results import Finding, Result
from evidencia.simulate import Attrition
from evidencia.simulate.parameters import value

LEVEL = 0.95
ROOT = str(Path(__file__).resolve().parents[1])
PRAISE = ("benefit", "small_benefit")
MEN, CIRCLE = 130, 10
"""What a director would type into the page of power: the middle organisation."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is concluded from one informant; nothing where there was no honest number.

    `low` and `high` are those of the study, `naive_low` and `naive_high` those of a comparison of
    before and after among the men of the programme, read as if it were the effect.
    """

    verdict: str
    strength: str
    low: float
    high: float
    estimate: float
    people: int
    naive_low: float
    naive_high: float
    says: frozenset[str]

    @property
    def answered(self) -> bool:
        """Whether there was a number at all."""
        return self.low > -inf


@dataclass(frozen=True, slots=True)
class Judged:
    """One study of one organisation."""

    design: DesignName
    truth: TruthName
    told: tuple[Told, Told]

    def by(self, who: str) -> Told:
        """Return what is concluded from hers or from his."""
        return self.told[0 if who == HERS else 1]


def judge(name: DesignName, truth: TruthName, seed: int, *, unseen: bool = False) -> Judged:
    """Carry one organisation through plan, frame, evaluation and findings."""
    one = draw(name, truth, seed, unseen=unseen)
    result = analysis.evaluate(plan(name), frame(one))
    said = findings.find(result)
    hers, his = (_told(one, result, said, who) for who in (HERS, HIS))
    return Judged(name, truth, (hers, his))


def _told(one: Organisation, result: Result, said: Sequence[Finding], who: str) -> Told:
    naive = _before_and_after(one, who)
    found = next((f for f in said if f.informant == who and f.contrast is not None), None)
    if found is None:
        return Told("refused", "none", -inf, inf, 0.0, 0, *naive, frozenset())
    effect = _effect(result, found)
    notes = (*found.may_say, *found.must_not_say, *found.reasons)
    return Told(
        found.verdict,
        found.strength,
        effect.ci_low,
        effect.ci_high,
        effect.estimate,
        effect.n_units,
        *naive,
        frozenset(note.code for note in notes),
    )


def _effect(result: Result, found: Finding) -> Effect:
    """The number that the finding speaks of."""
    key = (found.outcome, found.informant, found.contrast, found.wave)
    return next(
        e.effect
        for e in result.estimates
        if (e.outcome, e.informant, e.contrast, e.wave) == key
        and (e.role in ("primary", "secondary") or e.method == "change")
    )


def _before_and_after(one: Organisation, who: str) -> tuple[float, float]:
    """Last answer less first, of those of the programme who gave both; Student's t."""
    told = one.told[who][one.study.arm > 0]
    last = len(asked(one.name)) - 1
    gone = told[:, last] - told[:, 0]
    gone = gone[np.isfinite(gone)]
    if gone.size < 2 or gone.std() == 0:
        return -inf, inf
    half = float(stdtrit(gone.size - 1, (1 + LEVEL) / 2)) * float(gone.std(ddof=1))
    half /= sqrt(gone.size)
    return float(gone.mean()) - half, float(gone.mean()) + half


# --- Many -------------------------------------------------------------------------------------

Task = tuple[DesignName, TruthName, int, bool]


def judge_many(
    tasks: Iterable[Task], *, processes: int = 1, seconds: float | None = None
) -> list[Judged]:
    """Judge in order; the same answers with one process or with several.

    After `seconds` no more are begun: what is returned is the beginning of the list.
    """
    tasks, began = list(tasks), time.monotonic()
    if processes == 1 and seconds is None:
        return [_one(task) for task in tasks]
    found: list[Judged] = []
    # A process of its own begins with this one's path, in which the tests may not be.
    if ROOT not in sys.path:
        sys.path.append(ROOT)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for one in pool.map(_one, tasks, chunksize=17):
            found.append(one)
            if seconds is not None and time.monotonic() - began > seconds:
                pool.shutdown(wait=False, cancel_futures=True)
                break
    return found


def _one(task: Task) -> Judged:
    name, truth, seed, unseen = task
    return judge(name, truth, seed, unseen=unseen)


@dataclass(frozen=True, slots=True)
class Cell:
    """One design in one truth, from one informant, over many organisations.

    `width` is in standard deviations of what she tells at the start; `error` the largest distance
    from 95 % that chance explains (three standard errors).
    """

    design: DesignName
    truth: TruthName
    who: str
    studies: int
    refused: int
    coverage: float
    width: float
    off: float
    unknown: float
    praised: float
    harm: float
    naive_coverage: float
    naive_praised: float
    naive_harm: float

    @property
    def error(self) -> float:
        """Three Monte-Carlo standard errors of a coverage of 95 %."""
        return 3 * sqrt(LEVEL * (1 - LEVEL) / max(self.studies, 1))


def cell(judged: Sequence[Judged], who: str) -> Cell:
    """Count what was concluded of organisations of one design and one truth."""
    name, truth = judged[0].design, judged[0].truth
    world = reported(truth)
    target, effect = world.target(name, who), world.effect(name, who)
    told = [one.by(who) for one in judged]
    known = [t for t in told if t.answered]

    def share(hits: Iterable[bool]) -> float:
        return float(np.mean(list(hits))) if told else 0.0

    return Cell(
        name,
        truth,
        who,
        len(told),
        len(told) - len(known),
        float(np.mean([t.low <= target <= t.high for t in known])),
        float(np.median([t.high - t.low for t in known])) / world.spread,
        (float(np.mean([t.estimate for t in known])) - target) / world.spread,
        share(t.verdict in ("unknown", "refused") for t in told),
        share(t.verdict in PRAISE for t in told),
        share(t.verdict == "harm" for t in told),
        share(t.naive_low <= effect <= t.naive_high for t in told),
        share(t.naive_high < 0 for t in told),
        share(t.naive_low > 0 for t in told),
    )


# --- What the page of power promised ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Promised:
    """By formula and by simulation, each with its Monte-Carlo error (0 for the formula)."""

    formula: float
    simulated: float
    error: float


@cache
def promised(name: DesignName, truth: TruthName, who: str, runs: int = 1000) -> Promised:
    """How often the page of power says that such a study finds what `who` would report."""
    world = reported(truth)
    teller = next(one for one in informants(truth) if one.name == who)
    waves = asked(name)
    stays = value("answered_man") if who == HIS else value("answered_partner")
    lost = 1 - stays ** (WEEKS[len(waves) - 1] / NINE_MONTHS)
    found = simulated_power(
        replace(design(name, MEN), waves=waves),
        outcome(truth),
        informant=teller,
        attrition=Attrition("mar", lost, slope=VIOLENT),
        runs=runs,
        seed=5,
    )
    if name == "stepped_wedge":
        # The assistant's formula asks other men each time: the same men asked again see more.
        cell = max(round(MEN * teller.reach) // (SITES * len(waves)), 1)
        steps = SteppedWedge(SITES, len(waves) - 1, cell, world.spread_of[who], attrition=lost)
        page = power(steps, world.effect(name, who))
        return Promised(page.power, found.power, found.monte_carlo_error)
    each = round(MEN * teller.reach / 2)
    circles = each // CIRCLE
    # As the assistant works it out: half of the variance is known from the start, and those who
    # sit together resemble each other.
    shape = ParallelMeans(
        (each, each),
        world.spread_of[who],
        baseline_correlation=0.5,
        attrition=lost,
        icc=value("icc_group") if circles > 1 else 0.0,
        clusters=(circles, circles) if circles > 1 else None,
    )
    formula = power(shape, world.effect(name, who))
    return Promised(formula.power, found.power, found.monte_carlo_error)
