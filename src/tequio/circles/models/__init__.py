"""Groups, who is in them, their sessions, who came, and what was told."""

from __future__ import annotations

from tequio.circles.models.groups import Group, Membership
from tequio.circles.models.registers import ImportProblem, RegisterImport, RememberedMapping
from tequio.circles.models.sessions import ActivityStart, Attendance, Mark, Session
from tequio.circles.models.tellings import Telling

__all__ = [
    "ActivityStart",
    "Attendance",
    "Group",
    "ImportProblem",
    "Mark",
    "Membership",
    "RegisterImport",
    "RememberedMapping",
    "Session",
    "Telling",
]
