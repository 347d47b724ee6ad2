"""Measures: agreement of informants, change of a person, reliability, several studies."""

from __future__ import annotations

from evidencia.measures.agreement import Agreement, agreement
from evidencia.measures.change import (
    CountChange,
    ReliableChange,
    count_change,
    reliable_change,
)
from evidencia.measures.meta import MetaAnalysis, meta_analysis
from evidencia.measures.misreport import (
    MisreportGrid,
    MisreportRow,
    RoganGladen,
    TwoInformantGrid,
    TwoInformantRow,
    misreport_grid,
    rogan_gladen,
    two_informant_grid,
)
from evidencia.measures.reliability import Alpha, Omega, cronbach_alpha, mcdonald_omega
from evidencia.measures.retest import Retest, retest

__all__ = [
    "Agreement",
    "Alpha",
    "CountChange",
    "MetaAnalysis",
    "MisreportGrid",
    "MisreportRow",
    "Omega",
    "ReliableChange",
    "Retest",
    "RoganGladen",
    "TwoInformantGrid",
    "TwoInformantRow",
    "agreement",
    "count_change",
    "cronbach_alpha",
    "mcdonald_omega",
    "meta_analysis",
    "misreport_grid",
    "reliable_change",
    "retest",
    "rogan_gladen",
    "two_informant_grid",
]
