"""What this room tells Hoy, with the emergencies read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tequio.access.models import User
from tequio.outreach.queries.calls import DueCall, due_calls
from tequio.outreach.queries.emergencies import Banner, in_force, reaching_for


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is in force today, and whom to call."""

    banners: tuple[Banner, ...]
    calls: tuple[DueCall, ...]


def outlook(user: User, day: date) -> Outlook:
    """Return what this person has to know and whom to call."""
    emergencies = reaching_for(user, day)
    return Outlook(in_force(emergencies, day), tuple(due_calls(user, day, emergencies)))
