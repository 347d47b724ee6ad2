"""What the rooms below want done by the clock; they cannot see this one."""

from __future__ import annotations

from datetime import timedelta

from tequio.access.actions import forget_old_attempts
from tequio.audit.seals import organisations, seal_closed_batches
from tequio.audit.verification import check
from tequio.jobs.schedule import every


def seal_and_check_everything() -> None:
    """Seal what the minute job did not look at, and check every chain."""
    seal_closed_batches(everything=True)
    for organisation_id in list(organisations()):
        check(by=None, organisation_id=organisation_id)


def register() -> None:
    """Name it all; called once when the server starts."""
    every(timedelta(minutes=1), "audit.seal", seal_closed_batches)
    every(timedelta(days=1), "audit.verify", seal_and_check_everything)
    every(timedelta(hours=1), "access.forget", forget_old_attempts)
