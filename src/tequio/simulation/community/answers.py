"""Invented answers to the rapid survey: who is reached grows, and not for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from tequio.network import definitions
from tequio.network.actions.cycle import Sheet
from tequio.network.rules.survey import ANSWERS, TRAITS

_SKIPS: Final = 0.04
_AGES: Final = (0.28, 0.31, 0.23, 0.18)
# Who is reached at the end of each year, before what makes it harder; the first time nobody yet.
_REACHED: Final = (0.06, 0.22, 0.38, 0.52)
_HARDER: Final[Mapping[str, float]] = {"man": 0.45, "60+": 0.5, "18-29": 0.75}
_LANGUAGE_HARDER: Final = 0.3
# In the third year, meetings are in Nahuatl too, because the second year showed who was missing.
_CHANGED: Final = 3
_START: Final[Mapping[str, float]] = {
    "knowledge": 0.42,
    "attitudes": 0.5,
    "skills": 0.28,
    "behaviour": 0.16,
}
_GAIN: Final[Mapping[str, float]] = {
    "knowledge": 0.28,
    "attitudes": 0.14,
    "skills": 0.22,
    "behaviour": 0.12,
}


def sheets(
    rng: np.random.Generator, model: definitions.CommunityModel, time: int, n: int
) -> list[Sheet]:
    """Draw `n` sheets of the survey of one year; `time` counts from 0, before the work."""
    return [_sheet(rng, model, time) for _n in range(n)]


def _sheet(rng: np.random.Generator, model: definitions.CommunityModel, time: int) -> Sheet:
    gender = str(rng.choice(("woman", "man"), p=(0.64, 0.36)))
    age = str(rng.choice(TRAITS["age"], p=_AGES))
    language = "yes" if rng.random() < 0.24 else "no"
    share = _REACHED[time] * _HARDER.get(gender, 1.0) * _HARDER.get(age, 1.0)
    if language == "yes" and time < _CHANGED:
        share *= _LANGUAGE_HARDER
    reached = bool(rng.random() < share)
    answers = {}
    for question in model.survey:
        if rng.random() < _SKIPS:
            continue
        hopes = _START[question.domain] + _GAIN[question.domain] * (reached + 0.12 * time)
        answers[question.key] = _answer(rng, question.counts, min(hopes, 0.95))
    if not answers:
        answers = {model.survey[0].key: ANSWERS[-1]}
    traits = {
        "gender": gender,
        "age": age,
        "language": language,
        "disability": "yes" if rng.random() < 0.11 else "no",
    }
    return Sheet(answers, traits, "yes" if reached else "no")


def _answer(rng: np.random.Generator, hoped: str, share: float) -> str:
    if rng.random() < share:
        return hoped
    return "unsure" if rng.random() < 0.3 else ("no" if hoped == "yes" else "yes")
