"""Studies with known truth, to prove estimators and to plan with."""

from __future__ import annotations

from evidencia.simulate.attendance import Attendance, insp_2010, simulate_attendance
from evidencia.simulate.designs import (
    HONEST,
    NO_ATTRITION,
    Attrition,
    Design,
    Informant,
    Outcome,
    couple,
)
from evidencia.simulate.parameters import Parameter, parameters
from evidencia.simulate.study import Study, simulate

__all__ = [
    "HONEST",
    "NO_ATTRITION",
    "Attendance",
    "Attrition",
    "Design",
    "Informant",
    "Outcome",
    "Parameter",
    "Study",
    "couple",
    "insp_2010",
    "parameters",
    "simulate",
    "simulate_attendance",
]
