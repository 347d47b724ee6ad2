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
from tequio.care.queries.referrals import DueReferral, due_referrals, referrals_due
from tequio.care.queries.reports import WaitingReport, waiting_reports
from tequio.care.queries.talks import DueTalk, due_talks, talks_due

__all__ = [
    "DueReferral",
    "DueReview",
    "DueTalk",
    "Entry",
    "Flag",
    "OpenDiagnosis",
    "Panel",
    "WaitingReport",
    "due_referrals",
    "due_reviews",
    "due_talks",
    "flags",
    "open_diagnoses",
    "panel",
    "referrals_due",
    "talks_due",
    "timeline",
    "waiting_reports",
]
