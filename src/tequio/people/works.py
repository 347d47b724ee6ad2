"""What happens by the clock in this room."""

from __future__ import annotations

from datetime import timedelta

from tequio.jobs import schedule
from tequio.people import actions
from tequio.people.actions import assessments


def register() -> None:
    """Name it all; called once when the server starts."""
    schedule.every(timedelta(days=1), "people.forget_drafts", assessments.forget_drafts)
    schedule.every(timedelta(days=1), "people.forget_texts", actions.forget_texts)
    schedule.every(timedelta(hours=1), "people.index_sounds", actions.index_sounds)
