"""The opening round: has there been violence since last time, and what does he say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from evidencia.simulate.programme.course import Course
from evidencia.simulate.programme.models import TYPES, Model

Bytes = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

NOT_THERE, NO, YES, NOT_SAID = -1, 0, 1, 2
RETIRO_FROM: Final = 2
"""The skill is taught in the second session (numbered from 0, used from the third)."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """What was said in front of the group: a measure of the process, never an outcome.

    Attributes
    ----------
    answer
        (n, sessions) -1 was not there, 0 no, 1 yes, 2 prefers not to say.
    named
        (n, sessions, types) True where he named a type.
    happened
        (n, sessions, types) True where it happened since the last session that he came to.
    sensitivity
        (n, sessions) probability with which he tells what happened.
    retiro, support
        (n, sessions) True where he used the time-out, and where he asked for support.
    """

    answer: Bytes
    named: Mask
    happened: Mask
    sensitivity: Floats
    retiro: Mask
    support: Mask


def go_round(model: Model, course: Course, rng: np.random.Generator) -> Rounds:
    """Draw every opening round of a programme."""
    came = course.came
    n, sessions = came.shape
    happened = _since_last_time(course)
    attended = np.asarray(np.cumsum(came, axis=1) - came, np.int64)
    tells = sensitivity(model, attended)
    u, v = rng.random(happened.shape), rng.random(happened.shape)
    named = np.where(happened, u < tells[:, :, None], v >= model["specificity"])
    silent = rng.random((n, sessions)) < model["prefers_not_to_say"]
    named &= came[:, :, None] & ~silent[:, :, None]
    answer = np.where(silent, NOT_SAID, np.where(named.any(axis=2), YES, NO))
    answer = np.where(came, answer, NOT_THERE)
    later = np.arange(sessions) >= RETIRO_FROM
    retiro = came & ~silent & later & (rng.random((n, sessions)) < model["uses_retiro"])
    support = (answer == YES) & (rng.random((n, sessions)) < model["asks_for_support"])
    return Rounds(answer.astype(np.int8), named, happened, tells, retiro, support)


def sensitivity(model: Model, attended: npt.NDArray[np.int64]) -> Floats:
    """Return the probability that a man tells, by sessions attended: falling towards `after`."""
    first, last = model["sensitivity_man_before"], model["sensitivity_man_after"]
    return np.asarray(last + (first - last) * model["keeps_telling"] ** attended, np.float64)


def _since_last_time(course: Course) -> Mask:
    """Return (n, sessions, types): violence since he last came, of one week at the first one."""
    n, sessions = course.came.shape
    out = np.zeros((n, sessions, len(TYPES)), np.bool_)
    open_ = np.zeros((n, len(TYPES)), np.bool_)
    for session in range(sessions):
        open_ |= course.violence[:, course.before + session - 1]
        out[:, session] = open_
        open_[course.came[:, session]] = False
    return out
