"""Invented men: who they are, how they come and leave, and what they tell.

They are drawn by `evidencia.simulate.programme`, where every number stands beside its source
(docs/simulator.md). The programme changes nothing in a demonstration: nobody is to learn from it
that one works.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidencia.simulate.programme import TYPES, Model, Programme, draw_programme, model
from evidencia.simulate.programme.rounds import NOT_SAID, NOT_THERE, YES

MODEL: Final = "guia-simetria"
# The catalogue of the law has no word of its own for control: watching and isolating are in it.
AS_NAMED: Final = {
    "psychological": "psychological",
    "control": "psychological",
    "economic": "economic",
    "physical": "physical",
    "sexual": "sexual",
}
_UNRECORDED: Final = 0.02


@dataclass(frozen=True, slots=True)
class Told:
    """What one man says in one opening round: "no", "yes" or "silent", and of what kinds."""

    answer: str
    kinds: tuple[str, ...] = ()
    retiro: bool = False
    support: bool = False


@dataclass(frozen=True, slots=True)
class Man:
    """One invented man.

    `statuses` has a word per session, "" where nobody recorded it; `rounds` what he tells there,
    None where he is not; `before` the kinds of violence that he tells of on the first day.
    """

    age: int
    route: str
    motive: str
    lives_with_partner: bool
    has_children: bool
    employed: bool
    alcohol: bool
    short_schooling: bool
    before: tuple[str, ...]
    arrives: bool
    left_after: int
    statuses: tuple[str, ...]
    rounds: tuple[Told | None, ...]


def draw(men: int, *, seed: int, chosen: Model | None = None) -> list[Man]:
    """Draw men who were accepted. Some never arrive, at the share of the Spanish abstract."""
    if men < 1:
        return []
    chosen = chosen or model(MODEL)
    programme = draw_programme(chosen, scenario="null", men=men, seed=seed)
    rng = np.random.default_rng([seed, 1])
    arrives = rng.random(men) < chosen["came_once_spanish"]
    recorded = rng.random(programme.status.shape) >= _UNRECORDED
    return list(_men(programme, arrives, recorded))


def _men(
    programme: Programme,
    arrives: NDArray[np.bool_],
    recorded: NDArray[np.bool_],
) -> Iterator[Man]:
    people = programme.people
    for i in range(len(people)):
        there = bool(arrives[i])
        words = programme.status[i] if there else ["absent"] * programme.model.sessions
        yield Man(
            age=int(people.age[i]),
            route=str(people.route[i]),
            motive=str(people.motive[i]),
            lives_with_partner=bool(people.lives_with_partner[i]),
            has_children=bool(people.has_children[i]),
            employed=bool(people.employed[i]),
            alcohol=bool(people.alcohol[i]),
            short_schooling=bool(people.short_schooling[i]),
            before=_kinds(programme.waves.told["man"][i, 0] == 1),
            arrives=there,
            left_after=int(programme.course.left_after[i]) if there else 0,
            statuses=tuple(
                str(word) if kept else "" for word, kept in zip(words, recorded[i], strict=True)
            ),
            rounds=tuple(
                _told(programme, i, session) if there else None
                for session in range(programme.model.sessions)
            ),
        )


def _told(programme: Programme, man: int, session: int) -> Told | None:
    said = programme.rounds
    answer = int(said.answer[man, session])
    if answer == NOT_THERE:
        return None
    return Told(
        {YES: "yes", NOT_SAID: "silent"}.get(answer, "no"),
        _kinds(said.named[man, session]),
        bool(said.retiro[man, session]),
        bool(said.support[man, session]),
    )


def _kinds(named: NDArray[np.bool_]) -> tuple[str, ...]:
    """Return codes of the catalogue, each once."""
    return tuple(
        dict.fromkeys(AS_NAMED[kind] for kind, yes in zip(TYPES, named, strict=True) if yes)
    )
