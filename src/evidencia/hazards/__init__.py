"""Times to an event: comparing groups, hazard ratios, their checks, mean time without it."""

from __future__ import annotations

from evidencia.hazards.cox import Cox, cox
from evidencia.hazards.discrete import (
    DiscreteHazard,
    PersonPeriods,
    discrete_hazard,
    person_periods,
)
from evidencia.hazards.logrank import LogRank, log_rank
from evidencia.hazards.proportionality import ProportionalHazards, proportional_hazards
from evidencia.hazards.restricted import Rmst, RmstDifference, rmst, rmst_difference

__all__ = [
    "Cox",
    "DiscreteHazard",
    "LogRank",
    "PersonPeriods",
    "ProportionalHazards",
    "Rmst",
    "RmstDifference",
    "cox",
    "discrete_hazard",
    "log_rank",
    "person_periods",
    "proportional_hazards",
    "rmst",
    "rmst_difference",
]
