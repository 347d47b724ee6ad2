"""Organisations that never were, of the size that organisations have, with a truth that is known.

What an organisation sees of its men and women goes through the real path: a plan, a table, the
evaluation, the findings in words. Nothing here estimates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from evidencia.frames import Frame, read_frame
from evidencia.plans import Plan, read_plan
from evidencia.simulate import Design, Informant, Outcome, Study, simulate, simulate_attendance
from evidencia.simulate.parameters import value
from evidencia.simulate.reporting import leaving, tell

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
DesignName = Literal[
    "single_arm", "single_arm_unnamed", "waitlist", "waitlist_groups", "stepped_wedge"
]
TruthName = Literal["null", "small_benefit", "benefit", "harm", "only_his_words"]

WAVES: Final = ("T0", "T1", "T2", "T3", "T4")
WEEKS: Final = (0, 4, 12, 25, 51)
"""Of each wave, counted from the first session: T3 is the end, T4 half a year later."""
SESSIONS: Final = 25
FEWEST_MEN, MOST_MEN, GROUP, SITES = 100, 160, 12, 8
HERS, HIS = "partner", "man"
ITEMS: Final = 24
NINE_MONTHS: Final = 39.1
LEFT, VIOLENT = 0.8, 0.6
"""Log odds of not answering: of who left the programme, and per SD of what was last told."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What a programme does, in standard deviations of the variable behind the answers.

    `his_words`: by how much men in the programme tell less, whatever they do, in points of the
    sum of the items.
    """

    effect: float
    his_words: float = 0.0


TRUTHS: Final[Mapping[TruthName, Truth]] = MappingProxyType(
    {
        "null": Truth(0.0),
        "small_benefit": Truth(-0.2),
        "benefit": Truth(-0.5),
        "harm": Truth(0.5),
        "only_his_words": Truth(0.0, -12.0),
    }
)
DESIGNS: Final[tuple[DesignName, ...]] = (
    "single_arm",
    "single_arm_unnamed",
    "waitlist",
    "waitlist_groups",
    "stepped_wedge",
)


def outcome(truth: TruthName) -> Outcome:
    """How often each of 24 things happened, none to many times; everybody comes in a crisis."""
    return Outcome(
        "frequency",
        "score",
        effect=TRUTHS[truth].effect,
        trend=-0.12,
        icc=value("icc_group"),
        cluster_autocorrelation=0.8,
        rho=0.6,
        shares=(0.55, 0.2, 0.15, 0.1),
        items=ITEMS,
        loading=0.7,
    )


def informants(truth: TruthName) -> tuple[Informant, Informant]:
    """The man, and the partner of two men in five."""
    man = Informant(HIS, noise=5.0, shift=(-3.0,), shift_exposed=(-3.0 + TRUTHS[truth].his_words,))
    return man, Informant(HERS, reach=value("reach_partner"), noise=3.0)


def design(name: DesignName, men: int) -> Design:
    """The design as the simulator knows it; those who wait begin after the end (T3)."""
    if name.startswith("single_arm"):
        return Design("single_arm", men, WAVES, group_size=GROUP)
    if name == "stepped_wedge":
        return Design("stepped_wedge", men, WAVES, clusters=SITES, cluster_cv=0.3)
    return Design("waitlist", men, WAVES, delay=3, group_size=GROUP)


def asked(name: DesignName) -> tuple[str, ...]:
    """The waves of the plan: after T3 those who waited are in the programme too."""
    return WAVES[:4] if name.startswith("waitlist") else WAVES


@dataclass(frozen=True, slots=True)
class Organisation:
    """A study of an organisation, and what was lost of it.

    `told` holds, by informant, (n, T) with NaN where nothing was answered; `sessions` what each
    man came to until the last wave of the plan.
    """

    name: DesignName
    study: Study
    told: Mapping[str, Floats]
    sessions: Floats


def draw(name: DesignName, truth: TruthName, seed: int, *, unseen: bool = False) -> Organisation:
    """Draw an organisation. The same seed is the same men, in whatever truth.

    `unseen`: who is lost depends on what is true now, which nobody sees.
    """
    size, comes, loss = np.random.default_rng([seed, 7]).spawn(3)
    men = int(size.integers(FEWEST_MEN, MOST_MEN + 1))
    study = simulate(
        design(name, men), [outcome(truth)], informants=informants(truth), seed=[seed, 8]
    )
    came = simulate_attendance(men, SESSIONS, seed=comes)
    left = _left(study, came)
    told = {one.name: _answered(one.name, study, left, unseen, loss) for one in study.informants}
    until = len(asked(name)) - 1
    held = np.array(WEEKS)[until] - _began(study)
    counted = np.arange(SESSIONS) < held[:, None]
    sessions = (came * counted * study.exposed[:, [until]]).sum(axis=1).astype(np.float64)
    return Organisation(name, study, MappingProxyType(told), sessions)


def _began(study: Study) -> Floats:
    """Week of each man's first session: the wave before the first one with the programme."""
    first = np.where(study.exposed.any(axis=1), study.exposed.argmax(axis=1), len(WEEKS))
    return np.array([*WEEKS, WEEKS[-1] + 1])[np.maximum(first - 1, 0)].astype(np.float64)


def _left(study: Study, came: npt.NDArray[np.int8]) -> Mask:
    """Whether a man had stopped coming by each wave, (n, T)."""
    last = SESSIONS - came[:, ::-1].argmax(axis=1)
    stops = _began(study) + np.where(last < SESSIONS, last, np.inf)
    return np.asarray(study.exposed & (stops[:, None] < np.array(WEEKS)), np.bool_)


def _answered(who: str, study: Study, left: Mask, unseen: bool, rng: np.random.Generator) -> Floats:
    """Lose those who are not found: the share is published, who it is depends on violence."""
    told = study.report["frequency", who].copy()
    stays = value("answered_man") if who == HIS else value("answered_partner")
    here = np.isfinite(told[:, 0])
    for t in range(1, len(WEEKS)):
        source = study.truth["frequency"][:, t] if unseen else told[:, t - 1]
        rate = 1 - stays ** ((WEEKS[t] - WEEKS[t - 1]) / NINE_MONTHS)
        score = np.zeros(here.size)
        spread = source[here].std()
        score[here] = VIOLENT * (source[here] - source[here].mean()) / (spread or 1.0)
        if who == HIS:
            score += LEFT * left[:, t]
        lost = np.zeros(here.size, np.bool_)
        lost[here] = rng.random(int(here.sum())) < leaving(score[here], rate)
        here = here & ~lost
        told[~here, t:] = np.nan
    return told / ITEMS


# --- The real path ----------------------------------------------------------------------------


def table(one: Organisation) -> pl.DataFrame:
    """The answers as an export holds them: a row per man, wave and informant."""
    rows = list(_rows(one))
    names = ("man", "arm", "group", "wave", "informant", "exposed", "sessions", "frequency")
    return pl.DataFrame(rows, schema=names, orient="row")


def _rows(one: Organisation) -> Iterator[tuple[object, ...]]:
    study = one.study
    arm = np.where(study.arm > 0, "circle", "waiting")
    # Who waits sits in no circle yet: he is alone.
    alone = one.name == "waitlist_groups"
    for who, told in one.told.items():
        for i, t in zip(*np.nonzero(np.isfinite(told)), strict=True):
            if WAVES[t] not in asked(one.name):
                continue
            waits = alone and study.arm[i] == 0
            group = f"m{i}" if waits else f"g{study.cluster[i]}"
            yield (
                str(i),
                str(arm[i]),
                group,
                WAVES[t],
                who,
                int(study.exposed[i, t]),
                float(one.sessions[i]),
                round(float(told[i, t]), 6),
            )


_DATA: Final[Mapping[DesignName, str]] = MappingProxyType(
    {
        "single_arm": 'dose = "sessions"\ncluster = "group"',
        "single_arm_unnamed": 'dose = "sessions"',
        "waitlist": 'arm = "arm"\ncontrol = "waiting"\ndose = "sessions"',
        "waitlist_groups": 'arm = "arm"\ncontrol = "waiting"\ndose = "sessions"\ncluster = "group"',
        "stepped_wedge": 'cluster = "group"\ndose = "exposed"',
    }
)


@cache
def plan(name: DesignName, *, imputations: int = 10, permutations: int = 199) -> Plan:
    """The plan that the organisation froze. Fewer draws than in life, so that many fit."""
    waves = ", ".join(f'"{wave}"' for wave in asked(name))
    text = f"""[study]
title = "An organisation"
question = "Do those who come use less violence?"
design = "{name.removesuffix("_groups").removesuffix("_unnamed")}"

[data]
unit = "man"
wave = "wave"
waves = [{waves}]
informant = "informant"
{_DATA[name]}

[[outcome]]
name = "frequency"
label = "violence"
kind = "continuous"
violence = "psychological"
informant = "{HERS}"
primary = true
smallest = {smallest():.4f}

[missing]
imputations = {imputations}
deltas = [0, 0.5, 1]

[inference]
permutations = {permutations}
"""
    return read_plan(text.encode())


def frame(one: Organisation) -> Frame:
    """Read the answers as the plan says."""
    return read_frame(table(one), plan(one.name))


# --- The truth --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reported:
    """What is reported in a whole population, by informant, (T,): with the programme and without.

    `spread_of`: standard deviation of what each tells at T0.
    """

    within: Mapping[str, Floats]
    without: Mapping[str, Floats]
    spread_of: Mapping[str, float]

    @property
    def spread(self) -> float:
        """Standard deviation of what she tells at T0: the unit of every number that is shown."""
        return self.spread_of[HERS]

    def effect(self, name: DesignName, who: str) -> float:
        """What the programme does to what `who` reports: the number that the study is after."""
        gap = self.within[who] - self.without[who]
        if name.startswith("single_arm"):
            return float(gap[-1])
        if name == "stepped_wedge":
            # Sites compared within a period weigh most where half of them have moved over.
            share = np.arange(len(WAVES)) / (len(WAVES) - 1)
            weight = share * (1 - share)
            return float(gap @ weight / weight.sum())
        return float(gap[3])

    def target(self, name: DesignName, who: str) -> float:
        """What the interval of the study should hold: without a comparison, the change itself."""
        if name.startswith("single_arm"):
            return float(self.within[who][-1] - self.without[who][0])
        return self.effect(name, who)


@cache
def reported(truth: TruthName, people: int = 20_000) -> Reported:
    """Ask a whole population, with and without the programme, under the same chance."""
    one = replace(informants(truth)[1], reach=1.0)
    pair = (informants(truth)[0], one)
    what = outcome(truth)
    study = simulate(Design("parallel", people, WAVES), [what], informants=pair, seed=2010)
    within, without, spread = {}, {}, {}
    for who in pair:
        worlds = []
        for world, inside in ((study.with_programme, True), (study.without, False)):
            exposed = np.full((people, len(WAVES)), inside)
            exposed[:, 0] = False
            rng = np.random.default_rng(2011)
            worlds.append(tell(what, world["frequency"], exposed, who, rng) / ITEMS)
        within[who.name], without[who.name] = (told.mean(axis=0) for told in worlds)
        spread[who.name] = float(worlds[1][:, 0].std())
    return Reported(*(MappingProxyType(one) for one in (within, without, spread)))


@cache
def smallest() -> float:
    """A fifth of a standard deviation of what she tells at the start."""
    return 0.2 * reported("null").spread
