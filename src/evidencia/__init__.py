"""Statistics of a community's response to violence, on arrays and without Django."""

from __future__ import annotations

from evidencia.attendance import ABSENT, NOT_EXPECTED, PRESENT, UNKNOWN, AttendanceMatrix
from evidencia.departures import Departures, GoneQuiet, departure, gone_quiet
from evidencia.dosage import (
    THRESHOLDS,
    Distribution,
    Dose,
    DoseSummary,
    ThresholdShare,
    dose,
    summarise_dose,
)
from evidencia.intervals import Bounds, Share, share, wilson
from evidencia.retention import Funnel, Step, funnel
from evidencia.survival import KaplanMeier, kaplan_meier
from evidencia.words import CODES, Language, Note, Refusal, say

__all__ = [
    "ABSENT",
    "CODES",
    "NOT_EXPECTED",
    "PRESENT",
    "THRESHOLDS",
    "UNKNOWN",
    "AttendanceMatrix",
    "Bounds",
    "Departures",
    "Distribution",
    "Dose",
    "DoseSummary",
    "Funnel",
    "GoneQuiet",
    "KaplanMeier",
    "Language",
    "Note",
    "Refusal",
    "Share",
    "Step",
    "ThresholdShare",
    "departure",
    "dose",
    "funnel",
    "gone_quiet",
    "kaplan_meier",
    "say",
    "share",
    "summarise_dose",
    "wilson",
]
