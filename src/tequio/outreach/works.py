"""What happens by the clock in this room, and what it has to forget."""

from __future__ import annotations

from datetime import timedelta

from tequio.jobs import schedule
from tequio.outreach.actions import notes, third_absences
from tequio.people import keeping


def register() -> None:
    """Name it all; called once when the server starts."""
    schedule.every(
        timedelta(hours=1), "outreach.third_absences", third_absences.raise_third_absences
    )
    keeping.also_forget("outreach.notes", notes.forget_old_notes)
