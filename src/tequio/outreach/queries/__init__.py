"""What the pages of this room and the rooms above it read."""

from __future__ import annotations

from tequio.outreach.queries.calls import (
    DueCall,
    Made,
    Place,
    calls_of,
    due_calls,
    place_of,
    recent_calls,
)
from tequio.outreach.queries.emergencies import Banner, Line, banners, lines
from tequio.outreach.queries.outlook import Outlook, outlook

__all__ = [
    "Banner",
    "DueCall",
    "Line",
    "Made",
    "Outlook",
    "Place",
    "banners",
    "calls_of",
    "due_calls",
    "lines",
    "outlook",
    "place_of",
    "recent_calls",
]
