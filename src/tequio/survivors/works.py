"""What happens by the clock in this room. None of it needs a key."""

from __future__ import annotations

from datetime import timedelta

from tequio.jobs import schedule
from tequio.survivors.actions import forgetting, traces


def register() -> None:
    """Name it all; called once when the server starts."""
    schedule.every(timedelta(days=1), "survivors.forget", forgetting.forget_cases)
    schedule.every(timedelta(minutes=10), "survivors.traces", traces.forget_traces)
