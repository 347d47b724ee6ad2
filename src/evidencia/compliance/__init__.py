"""Uptake: the effect on those who take part because of the offer, and outcome by dose."""

from __future__ import annotations

from evidencia.compliance.cace import MINIMUM_F, Cace, cace
from evidencia.compliance.dose import DoseResponse, DoseStep, dose_response
from evidencia.compliance.weak import AndersonRubin, anderson_rubin

__all__ = [
    "MINIMUM_F",
    "AndersonRubin",
    "Cace",
    "DoseResponse",
    "DoseStep",
    "anderson_rubin",
    "cace",
    "dose_response",
]
