"""A participant, who he is, how he came, and what he agreed to."""

from __future__ import annotations

from tequio.people.models.assessment import Approach, Assessment
from tequio.people.models.consent import Consent
from tequio.people.models.intake import Intake, Motive, Route, Safeguard
from tequio.people.models.participant import Identity, NameSound, Participant

__all__ = [
    "Approach",
    "Assessment",
    "Consent",
    "Identity",
    "Intake",
    "Motive",
    "NameSound",
    "Participant",
    "Route",
    "Safeguard",
]
