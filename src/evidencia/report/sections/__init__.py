"""The parts of a report, one module each: from a result to blocks."""

from __future__ import annotations

from evidencia.report.sections.answers import agreement
from evidencia.report.sections.cards import cards
from evidencia.report.sections.course import course
from evidencia.report.sections.limits import limits, plan
from evidencia.report.sections.numbers import estimates
from evidencia.report.sections.people import baseline, flow, leavers, retention
from evidencia.report.sections.primary import forest, tipping
from evidencia.report.sections.rules import rules

__all__ = [
    "agreement",
    "baseline",
    "cards",
    "course",
    "estimates",
    "flow",
    "forest",
    "leavers",
    "limits",
    "plan",
    "retention",
    "rules",
    "tipping",
]
