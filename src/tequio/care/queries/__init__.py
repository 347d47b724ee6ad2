"""What other rooms and the pages of this one may read."""

from __future__ import annotations

from tequio.care.queries.offered import (
    DueReview,
    Entry,
    Flag,
    OpenDiagnosis,
    Panel,
    due_reviews,
    flags,
    open_diagnoses,
    panel,
    timeline,
)

__all__ = [
    "DueReview",
    "Entry",
    "Flag",
    "OpenDiagnosis",
    "Panel",
    "due_reviews",
    "flags",
    "open_diagnoses",
    "panel",
    "timeline",
]
