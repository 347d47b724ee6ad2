"""What each room offers to a day and to a man's page."""

from __future__ import annotations

from tequio.desk.queries.people import Path, paths, people
from tequio.desk.queries.recap import Summary, summary
from tequio.desk.queries.timeline import KINDS, Entry, timeline
from tequio.desk.queries.today import SHOWN, Queue, Today, studies_come_after, today, unsafe

__all__ = [
    "KINDS",
    "SHOWN",
    "Entry",
    "Path",
    "Queue",
    "Summary",
    "Today",
    "paths",
    "people",
    "studies_come_after",
    "summary",
    "timeline",
    "today",
    "unsafe",
]
