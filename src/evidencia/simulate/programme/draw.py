"""A whole programme with known truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidencia.simulate.programme.course import Course, run_course, status
from evidencia.simulate.programme.funnel import Ending, Funnel, backward
from evidencia.simulate.programme.models import SCENARIOS, TYPES, Model, Scenario
from evidencia.simulate.programme.people import People, draw_people
from evidencia.simulate.programme.rounds import Rounds, go_round
from evidencia.simulate.programme.waves import Waves, ask


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything about a simulated programme, known and told.

    Attributes
    ----------
    model, scenario, informative
        As asked for.
    funnel
        How many were screened for those who joined; see its assumption.
    people
        Those who joined: everybody came once.
    course
        What truly happened, week by week, and who came.
    status
        (n, sessions) ``"present"``, ``"late"``, ``"absent"``, ``"excused"``: as a register says.
    rounds
        What was said in the opening rounds.
    waves
        What the two informants answered.
    """

    model: Model
    scenario: Scenario
    informative: bool
    funnel: Funnel
    people: People
    course: Course
    status: npt.NDArray[np.str_]
    rounds: Rounds
    waves: Waves

    @property
    def attended(self) -> npt.NDArray[np.int64]:
        """Sessions that each man came to, (n,)."""
        return np.asarray(self.course.came.sum(axis=1), np.int64)

    def true_effect(self, kind: str, wave: int = -1) -> float:
        """Return what the programme did to these men: the difference in the share with violence.

        Of the type `kind` in the recall window of a wave, as it happened against the same men
        without the programme; negative is less violence.
        """
        k = TYPES.index(kind)
        gap = self.waves.happened[:, wave, k].astype(float) - self.waves.without[:, wave, k]
        return float(gap.mean())


def draw_programme(
    model: Model,
    *,
    scenario: Scenario = "null",
    men: int | None = None,
    informative: bool = True,
    ending: Ending = "english",
    seed: int | np.random.Generator,
) -> Programme:
    """Simulate a men's programme.

    Parameters
    ----------
    model
        Which programme; see :func:`~evidencia.simulate.programme.models.model`.
    scenario
        What the programme truly does: ``"harm"``, ``"null"``, ``"benefit"``, or
        ``"displacement"`` (physical and sexual violence fall, the other types rise).
    men
        How many joined; by default as the model says.
    informative
        Whether men with more recent violence, and more trouble, leave sooner. The share that
        leaves is the same either way.
    ending
        Which published ending of the funnel before joining.
    seed
        Same seed, same programme. People, violence, coming, rounds, answers and the funnel have
        their own streams: another scenario has the same men with the same chance.

    Raises
    ------
    ValueError
        If there is no such scenario or ending, or nobody.
    """
    if scenario not in SCENARIOS:
        raise ValueError(f"There is no scenario {scenario}; there are {', '.join(SCENARIOS)}.")
    if men is not None:
        model = model.changed(men_joined=men)
    men = int(model["men_joined"])
    if men < 1:
        raise ValueError("A programme has at least one man.")
    rngs = np.random.default_rng(seed).spawn(7)
    people = draw_people(model, men, rngs[0])
    course = run_course(model, people, scenario, informative=informative, rngs=(rngs[1], rngs[2]))
    return Programme(
        model,
        scenario,
        informative,
        backward(model, men, ending, rngs[5]),
        people,
        course,
        status(model, course, rngs[6]),
        go_round(model, course, rngs[3]),
        ask(model, course, rngs[4]),
    )
