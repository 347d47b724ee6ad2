"""What the man and his partner answer at the waves, and who is no longer there to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from evidencia.simulate.programme.course import Course, standard
from evidencia.simulate.programme.models import Model
from evidencia.simulate.programme.rounds import sensitivity
from evidencia.simulate.reporting import leaving

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

NAMES: Final = ("T0", "T1", "T2", "T3", "T4")
INFORMANTS: Final = ("man", "partner")
WEEKS_PER_MONTH: Final = 365.25 / 12 / 7


@dataclass(frozen=True, slots=True)
class Waves:
    """The two informants, never pooled.

    Attributes
    ----------
    names, weeks
        T0 to T4 and the week of each, counted from the first session. Everybody is asked by the
        calendar, also who has left.
    happened, without
        (n, T, types) True where a type of violence happened in the recall window: in fact, and
        without the programme.
    told
        By informant, (n, T, types): 1 told, 0 denied, NaN not asked.
    present
        By informant, (n, T).
    """

    names: tuple[str, ...]
    weeks: tuple[int, ...]
    happened: Mask
    without: Mask
    told: Mapping[str, Floats]
    present: Mapping[str, Mask]


def ask(model: Model, course: Course, rng: np.random.Generator) -> Waves:
    """Ask the man and, where she can be found, his partner."""
    weeks = _weeks(model)
    length = int(model["recall_weeks"])
    at = [course.before + week for week in weeks]
    happened = np.stack([course.window(week, length) for week in at], axis=1)
    without = np.stack([course.window(week, length, without=True) for week in at], axis=1)
    attended = np.stack([course.came[:, :week].sum(axis=1) for week in weeks], axis=1)
    his = np.broadcast_to(sensitivity(model, attended)[:, :, None], happened.shape)
    hers = np.full(happened.shape, model["sensitivity_partner"])
    here = {
        "man": _men_who_answer(model, course, happened, weeks, rng),
        "partner": _partners_who_answer(model, happened, weeks, rng),
    }
    told = {
        name: _told(model, happened, tells, here[name], rng)
        for name, tells in (("man", his), ("partner", hers))
    }
    return Waves(NAMES, weeks, happened, without, MappingProxyType(told), MappingProxyType(here))


def _weeks(model: Model) -> tuple[int, ...]:
    sessions = model.sessions
    beginning = min(int(model["beginning_weeks"]), sessions)
    middle = max(sessions // 2, beginning)
    return (0, beginning, middle, sessions, sessions + int(model["follow_up_weeks"]))


def _told(
    model: Model, happened: Mask, tells: Floats, here: Mask, rng: np.random.Generator
) -> Floats:
    u, v = rng.random(happened.shape), rng.random(happened.shape)
    told = np.where(happened, u < tells, v >= model["specificity"]).astype(np.float64)
    told[~here] = np.nan
    return told


def _men_who_answer(
    model: Model, course: Course, happened: Mask, weeks: tuple[int, ...], rng: np.random.Generator
) -> Mask:
    here = np.ones(happened.shape[:2], np.bool_)
    for wave in range(1, len(weeks)):
        score = model["lost_man_left"] * (course.left_after < weeks[wave]) + model[
            "lost_man_violence"
        ] * standard(happened[:, wave].sum(axis=1), here[:, wave - 1])
        rate = _lost(model["answered_man"], model, weeks[wave] - weeks[wave - 1])
        here[:, wave] = here[:, wave - 1] & ~_drawn(here[:, wave - 1], score, rate, rng)
    return here


def _partners_who_answer(
    model: Model, happened: Mask, weeks: tuple[int, ...], rng: np.random.Generator
) -> Mask:
    slope = model["lost_partner_violence"]
    everybody = np.ones(happened.shape[0], np.bool_)
    here = np.zeros(happened.shape[:2], np.bool_)
    score = slope * standard(happened[:, 0].sum(axis=1), everybody)
    here[:, 0] = ~_drawn(everybody, score, 1 - model["reach_partner"], rng)
    for wave in range(1, len(weeks)):
        score = slope * standard(happened[:, wave].sum(axis=1), here[:, wave - 1])
        rate = _lost(model["answered_partner"], model, weeks[wave] - weeks[wave - 1])
        here[:, wave] = here[:, wave - 1] & ~_drawn(here[:, wave - 1], score, rate, rng)
    return here


def _lost(answered: float, model: Model, weeks: int) -> float:
    """Return the share lost in some weeks, at the pace of the published share that answered."""
    pace = weeks / (model["months_to_answer"] * WEEKS_PER_MONTH)
    return float(1 - answered**pace)


def _drawn(among: Mask, score: Floats, rate: float, rng: np.random.Generator) -> Mask:
    """Draw who of some is lost: `rate` of them in expectation, more where the score is higher."""
    draws = rng.random(among.size)
    chance = np.zeros(among.size)
    chance[among] = leaving(np.asarray(score[among], np.float64), rate)
    return np.asarray(draws < chance, np.bool_)
