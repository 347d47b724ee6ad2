"""Findings in words: what may be said, how firmly, and what must not be said."""

from __future__ import annotations

from evidencia.findings.strength import DESIGNS, RULES, Evidence, Grade, Rule, Strength, grade
from evidencia.findings.study import MANDATORY, find
from evidencia.findings.tellers import teller
from evidencia.findings.verdicts import Reading, Verdict, read

__all__ = [
    "DESIGNS",
    "MANDATORY",
    "RULES",
    "Evidence",
    "Grade",
    "Reading",
    "Rule",
    "Strength",
    "Verdict",
    "find",
    "grade",
    "read",
    "teller",
]
