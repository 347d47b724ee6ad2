"""What this room hears from rooms that stand below it."""

from __future__ import annotations

from datetime import timedelta

from tequio.care import admission
from tequio.care.actions import housekeeping, talks
from tequio.care.actions.reviews import open_review
from tequio.jobs import schedule
from tequio.people import concerns, keeping


def register() -> None:
    """Begin to listen; called once when the house starts."""
    concerns.register(
        gate=admission.refuse_unready, opens=open_review, urgent=admission.without_delay
    )
    keeping.hold("care", admission.with_open_review)
    keeping.also_forget("care", housekeeping.forget_words)
    schedule.every(timedelta(days=1), "care.plan_talks", talks.plan_talks)
