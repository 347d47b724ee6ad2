"""Whole men's programmes with known truth: who comes, who leaves, what happens, what is said."""

from __future__ import annotations

from evidencia.simulate.programme.course import Course
from evidencia.simulate.programme.draw import Programme, draw_programme
from evidencia.simulate.programme.files import write_programme
from evidencia.simulate.programme.funnel import ENDINGS, Ending, Funnel, backward, forward
from evidencia.simulate.programme.models import SCENARIOS, TYPES, Model, Scenario, model, models
from evidencia.simulate.programme.people import People
from evidencia.simulate.programme.rounds import Rounds
from evidencia.simulate.programme.waves import Waves

__all__ = [
    "ENDINGS",
    "SCENARIOS",
    "TYPES",
    "Course",
    "Ending",
    "Funnel",
    "Model",
    "People",
    "Programme",
    "Rounds",
    "Scenario",
    "Waves",
    "backward",
    "draw_programme",
    "forward",
    "model",
    "models",
    "write_programme",
]
