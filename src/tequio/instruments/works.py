"""What happens by the clock in this room."""

from __future__ import annotations

from datetime import timedelta

from tequio.instruments.actions import forgetting, link_rows
from tequio.jobs import schedule


def register() -> None:
    """Name it all; called once when the house starts."""
    schedule.every(timedelta(days=1), "instruments.forget_answers", forgetting.forget_answers)
    schedule.every(timedelta(days=1), "instruments.forget_drafts", forgetting.forget_drafts)
    schedule.every(timedelta(days=1), "instruments.stir_links", link_rows.stir_links)
