"""What happens week by week: violence, coming, and leaving."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.simulate.programme.models import TYPES, Model, Scenario
from evidencia.simulate.programme.people import People
from evidencia.simulate.reporting import leaving

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

RECENT = 4
"""Weeks that count for who leaves."""


@dataclass(frozen=True, slots=True)
class Course:
    """What truly happened.

    Attributes
    ----------
    before
        Weeks before the first session; session `s` (from 0) is at the start of week
        ``before + s``.
    violence, without
        (n, weeks, types) True where a man used a type of violence in a week: as it happened,
        and as it would have without the programme, under the same chance.
    came
        (n, sessions) True where he came.
    left_after
        (n,) sessions that had taken place when he left; all of them for who stayed.
    tendency
        (n,) how much he tends to violence before any programme, mean over types, about 0.
    """

    before: int
    violence: Mask
    without: Mask
    came: Mask
    left_after: Ints
    tendency: Floats

    def window(self, week: int, length: int, *, without: bool = False) -> Mask:
        """Return whether each type happened in the `length` weeks up to a week, (n, types)."""
        happened = self.without if without else self.violence
        return np.asarray(happened[:, max(week - length, 0) : week].any(axis=1), np.bool_)


def run_course(
    model: Model,
    people: People,
    scenario: Scenario,
    *,
    informative: bool,
    rngs: tuple[np.random.Generator, np.random.Generator],
) -> Course:
    """Follow everybody from before the first session to the last follow-up.

    `rngs`: the chance of violence, and the chance of coming and leaving.
    """
    happens, comes = rngs
    n, sessions, before = len(people), model.sessions, int(model["recall_weeks"])
    weeks = before + sessions + int(model["follow_up_weeks"])
    tendency = _tendency(model, people, happens)
    usual = _levels(model) + model["spread"] * tendency
    chance = happens.random((n, weeks, len(TYPES)))
    came = np.zeros((n, sessions), np.bool_)
    violence, without = np.zeros(chance.shape, np.bool_), np.zeros(chance.shape, np.bool_)
    active, left_after = np.ones(n, np.bool_), np.full(n, sessions, np.int64)
    effect = np.array(model.effects(scenario))
    for week in range(weeks):
        session = week - before
        if 0 <= session < sessions:
            leaves = active & _leaves(model, people, violence, week, active, informative, comes)
            left_after[leaves], active = session, active & ~leaves
            comes_now = comes.random(n) < (model["comes_while_active"] if session else 1.0)
            came[:, session] = active & comes_now
        dose = np.minimum(came.sum(axis=1) / (model["full_dose"] * sessions), 1.0)
        still = usual + _crisis(model, session)
        without[:, week] = chance[:, week] < scipy.special.expit(still)
        violence[:, week] = chance[:, week] < scipy.special.expit(still + dose[:, None] * effect)
    return Course(before, violence, without, came, left_after, tendency.mean(axis=1))


def _tendency(model: Model, people: People, rng: np.random.Generator) -> Floats:
    """Return (n, types) with variance 1: the group, the man, and the man with this type."""
    n, shared, icc = len(people), model["between_types"], model["icc_group"]
    groups = rng.standard_normal(people.starts.size)[people.group]
    man, own = rng.standard_normal(n), rng.standard_normal((n, len(TYPES)))
    within = np.sqrt(shared) * man[:, None] + np.sqrt(1 - shared) * own
    tendency: Floats = np.sqrt(icc) * groups[:, None] + np.sqrt(1 - icc) * within
    return tendency


def _crisis(model: Model, week: int) -> float:
    """Return the log odds above the later level: whole before the first session, then less."""
    return float(model["crisis"] * 0.5 ** (max(week, 0) / model["crisis_half_life"]))


def _levels(model: Model) -> Floats:
    """Return the log odds of a week for the middle man, by type, that reach the baseline."""
    weeks, spread, crisis = int(model["recall_weeks"]), model["spread"], model["crisis"]
    return np.array([_level(share, weeks, spread) - crisis for share in model.baseline()])


@cache
def _level(share: float, weeks: int, spread: float) -> float:
    points, weights = np.polynomial.hermite_e.hermegauss(61)
    weights = weights / weights.sum()

    def gap(level: float) -> float:
        none = (1 - scipy.special.expit(level + spread * points)) ** weeks
        return float(weights @ (1 - none)) - share

    return float(scipy.optimize.brentq(gap, -30.0, 30.0))


def _leaves(
    model: Model,
    people: People,
    violence: Mask,
    week: int,
    active: Mask,
    informative: bool,
    rng: np.random.Generator,
) -> Mask:
    """Draw who leaves before this session: always the published share, but not at random."""
    session = week - int(model["recall_weeks"])
    draws = rng.random(active.size)
    if session == 0 or not active.any():
        return np.zeros(active.size, np.bool_)
    rate = model["leaves_after_first"] if session == 1 else model["leaves_each_session"]
    score = np.zeros(active.size)
    if informative:
        recent = violence[:, week - RECENT : week].sum(axis=(1, 2))
        score = (
            model["leaving_violence"] * standard(recent, active)
            - model["leaving_younger"] * standard(people.age, active)
            + model["leaving_unemployed"] * ~people.employed
            + model["leaving_alcohol"] * people.alcohol
            + model["leaving_short_schooling"] * people.short_schooling
        )
    chance = np.zeros(active.size)
    chance[active] = leaving(score[active], rate)
    return np.asarray(draws < chance, np.bool_)


def status(model: Model, course: Course, rng: np.random.Generator) -> npt.NDArray[np.str_]:
    """Return what a register says of each man and session, (n, sessions).

    A man who has left and a man who only stays away look alike there: both are absent.
    """
    n, sessions = course.came.shape
    active = np.arange(sessions) < course.left_after[:, None]
    late = rng.random((n, sessions)) < model["late"]
    excused = rng.random((n, sessions)) < model["excused"]
    away = np.where(active & excused, "excused", "absent")
    return np.where(course.came, np.where(late, "late", "present"), away)


def standard(values: npt.NDArray[np.number], among: Mask) -> Floats:
    """Return values in standard deviations from the mean of some; 0 where they do not differ."""
    there = np.asarray(values, np.float64)
    spread = there[among].std() if among.any() else 0.0
    if spread == 0:
        return np.zeros(there.size)
    return np.asarray((there - there[among].mean()) / spread, np.float64)
