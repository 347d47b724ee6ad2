"""How invented men come and stop coming.

The hazards are a proposal and not a published figure: front-loaded, so that about a fifth never
arrive, more leave after the first meeting, and fewer after each later one. They give the order
of magnitude of Mexican programmes (in 2010, 5 % of 1,257 came to more than 75 % of the
sessions), somewhat softened, so that a demonstration has men left in its circles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEVER_ARRIVES = 0.17
LEAVES_AFTER_FIRST = 0.14
LEAVES_LATER = 0.07
_STATUS = ("present", "late", "absent", "excused")
_WHILE_COMING = (0.76, 0.09, 0.09, 0.06)
_UNRECORDED = 0.02


@dataclass(frozen=True, slots=True)
class Course:
    """One group's statuses: a word per man and meeting, "" where nobody recorded it.

    Attributes
    ----------
    statuses
        str, shape (n_men, n_meetings).
    """

    statuses: NDArray[np.str_]


def course(rng: np.random.Generator, *, men: int, meetings: int) -> Course:
    """Draw what became of a group of men over its meetings."""
    hazard = np.full(meetings, LEAVES_LATER)
    hazard[:1] = LEAVES_AFTER_FIRST
    statuses = np.full((men, meetings), "absent", dtype="<U8")
    for man in range(men):
        last = _last_meeting(rng, hazard)
        statuses[man, :last] = rng.choice(_STATUS, size=last, p=_WHILE_COMING)
        if last:
            statuses[man, 0] = "present"
    statuses[rng.random(statuses.shape) < _UNRECORDED] = ""
    return Course(statuses)


def _last_meeting(rng: np.random.Generator, hazard: NDArray[np.float64]) -> int:
    """Return after which meeting a man stops coming; 0 if he never arrives."""
    if rng.random() < NEVER_ARRIVES:
        return 0
    leaves = rng.random(hazard.size) < hazard
    return int(np.argmax(leaves)) + 1 if leaves.any() else int(hazard.size)
