"""What happens by the clock in this room."""

from __future__ import annotations

from datetime import timedelta

from tequio.jobs import schedule
from tequio.letters.actions import forgetting


def register() -> None:
    """Name it all; called once when the house starts."""
    schedule.every(timedelta(days=1), "letters.forget", forgetting.forget_old_letters)
