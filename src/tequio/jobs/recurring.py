"""What the rooms below want done by the clock; they cannot see this one."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django_tasks_db.models import DBTaskResult

from tequio.access.actions import forget_old_attempts
from tequio.audit.seals import organisations, seal_closed_batches
from tequio.audit.verification import check
from tequio.core import clock
from tequio.core.wiping import wipe
from tequio.jobs.schedule import every

# How a job ended stands in its own row. The queue's row holds a traceback in clear, which may
# quote what somebody wrote: long enough to be looked at, and no longer.
_QUEUE_ROWS_STAY: Final = timedelta(days=1)


def seal_and_check_everything() -> None:
    """Seal what the minute job did not look at, and check every chain."""
    seal_closed_batches(everything=True)
    for organisation_id in list(organisations()):
        check(by=None, organisation_id=organisation_id)


def forget_queue_rows() -> int:
    """Delete what the queue noted of work that ended."""
    over = DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - _QUEUE_ROWS_STAY)
    return int(over.delete()[0])


def register() -> None:
    """Name it all; called once when the server starts."""
    every(timedelta(minutes=1), "audit.seal", seal_closed_batches)
    every(timedelta(days=1), "audit.verify", seal_and_check_everything)
    every(timedelta(hours=1), "access.forget", forget_old_attempts)
    every(timedelta(hours=1), "jobs.forget_queue", forget_queue_rows)
    every(timedelta(hours=1), "jobs.empty_log", wipe)
