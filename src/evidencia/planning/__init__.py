"""Before a study: what it can find, and a lottery that anybody can check.

The lottery is in :mod:`evidencia.planning.lottery`.
"""

from __future__ import annotations

from evidencia.planning.designs import (
    PairedMeans,
    ParallelMeans,
    ParallelShares,
    PlanDesign,
    SteppedWedge,
    design_effect,
)
from evidencia.planning.power import (
    Detectable,
    Power,
    people_needed,
    power,
    sentences,
    smallest_effect,
)
from evidencia.planning.simulated import SimulatedPower, simulated_power

__all__ = [
    "Detectable",
    "PairedMeans",
    "ParallelMeans",
    "ParallelShares",
    "PlanDesign",
    "Power",
    "SimulatedPower",
    "SteppedWedge",
    "design_effect",
    "people_needed",
    "power",
    "sentences",
    "simulated_power",
    "smallest_effect",
]
