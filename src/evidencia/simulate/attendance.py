"""Attendance that reaches the figures of the programme of 2010."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidencia.simulate.parameters import value


@dataclass(frozen=True, slots=True)
class Attendance:
    """How people come and leave.

    Attributes
    ----------
    leaves_after_first, leaves_each_session
        Probability of having left before the second session, and before each later one.
    comes_while_active
        Probability of coming to a session for somebody who has not left; everybody comes once.
    """

    leaves_after_first: float
    leaves_each_session: float
    comes_while_active: float

    def __post_init__(self) -> None:
        for share in (self.leaves_after_first, self.leaves_each_session, self.comes_while_active):
            if not 0 <= share <= 1:
                raise ValueError("Probabilities of attendance lie between 0 and 1.")

    def distribution(self, sessions: int) -> npt.NDArray[np.float64]:
        """Return the exact probability of each number of sessions attended, (sessions + 1,)."""
        active, done = np.zeros(sessions + 1), np.zeros(sessions + 1)
        active[1] = 1.0
        for session in range(2, sessions + 1):
            leaves = self.leaves_after_first if session == 2 else self.leaves_each_session
            done += leaves * active
            active *= 1 - leaves
            came = np.roll(active, 1) * self.comes_while_active
            active = active * (1 - self.comes_while_active) + came
        return done + active


def insp_2010() -> Attendance:
    """Return the attendance of 2010: 78.5 % came to 1–12 of 25 sessions, 5 % to over 75 %."""
    names = ("leaves_after_first", "leaves_each_session", "comes_while_active")
    return Attendance(*(value(name) for name in names))


def simulate_attendance(
    people: int | None = None,
    sessions: int | None = None,
    *,
    how: Attendance | None = None,
    seed: int | np.random.Generator,
) -> npt.NDArray[np.int8]:
    """Return who came to what, (people, sessions), 1 or 0; by default the 1,257 men of 2010."""
    how = how or insp_2010()
    people = int(value("men_joined")) if people is None else people
    sessions = int(value("sessions")) if sessions is None else sessions
    if people < 0 or sessions < 1:
        raise ValueError("There must be at least one session, and no negative number of people.")
    rng = np.random.default_rng(seed)
    leaves = np.full(sessions, how.leaves_each_session)
    leaves[0] = 0.0
    if sessions > 1:
        leaves[1] = how.leaves_after_first
    still = (rng.random((people, sessions)) >= leaves).cumprod(axis=1) == 1
    comes = rng.random((people, sessions)) < how.comes_while_active
    comes[:, 0] = True
    return np.asarray(still & comes, np.int8)
