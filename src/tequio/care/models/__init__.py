"""The tables of this room.

Django finds a table only if this module names it.
"""

from __future__ import annotations

from tequio.care.models.core import (
    Diagnosis,
    Judgement,
    Level,
    Plan,
    Report,
    Review,
    Signal,
    Step,
    Talk,
)
from tequio.care.models.referrals import Referral, ReferralStep

__all__ = [
    "Diagnosis",
    "Judgement",
    "Level",
    "Plan",
    "Referral",
    "ReferralStep",
    "Report",
    "Review",
    "Signal",
    "Step",
    "Talk",
]
