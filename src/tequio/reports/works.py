"""What happens by the clock in this room."""

from __future__ import annotations

from datetime import timedelta

from tequio.jobs import schedule
from tequio.reports.accounts.keeping import forget_old as forget_old_testimonies
from tequio.reports.rights.actions import forget_old
from tequio.reports.rights.again import forget_again


def register() -> None:
    """Name it all; called once when the house starts."""
    schedule.every(timedelta(days=1), "reports.forget_rights", forget_old)
    schedule.every(timedelta(hours=1), "reports.forget_again", forget_again)
    schedule.every(timedelta(days=1), "reports.forget_testimonies", forget_old_testimonies)
