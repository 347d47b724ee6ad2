"""How long an opened wall stays open, and how many cases may be read in an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

IDLE: Final = timedelta(minutes=10)
# The sign-in's own limit would hold too; nobody works behind the wall for longer at a stretch.
AT_MOST: Final = timedelta(hours=4)
BUDGET: Final = 60
BUDGET_FOR: Final = timedelta(hours=1)
# What was sent to a shut wall waits a week for its author; how much of it, at most.
DRAFT_FOR: Final = timedelta(days=7)
DRAFTS: Final = 20
# Who allows an export does so while the asking is fresh, and it is fetched while the yes is.
EXPORT_FOR: Final = timedelta(hours=1)


def closes_at(*, opened_at: datetime, seen_at: datetime) -> datetime:
    """Return when the wall closes if nobody does anything more."""
    return min(seen_at + IDLE, opened_at + AT_MOST)


def is_open(*, opened_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Tell whether it is still open; a clock that went back closes it."""
    return seen_at <= now < closes_at(opened_at=opened_at, seen_at=seen_at)
