"""Whether an agreement holds on a day."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

# Long enough to talk about a new one before the old one ends.
SOON: Final = timedelta(days=60)


class Standing(StrEnum):
    """How an agreement stands."""

    UNSIGNED = "unsigned"
    TO_COME = "to_come"
    HOLDS = "holds"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"


def standing(
    *,
    starts_on: date,
    ends_on: date | None,
    ended_early_on: date | None,
    signed_on: date | None,
    today: date,
) -> Standing:
    """Say how it stands today. What ended is over, signed or not."""
    last = min((day for day in (ends_on, ended_early_on) if day is not None), default=None)
    # Who ends it early ends it that day; a term holds to its last day.
    if ended_early_on is not None and ended_early_on <= today:
        return Standing.ENDED
    if last is not None and last < today:
        return Standing.ENDED
    if signed_on is None or signed_on > today:
        return Standing.UNSIGNED
    if starts_on > today:
        return Standing.TO_COME
    return Standing.ENDS_SOON if last is not None and last - today <= SOON else Standing.HOLDS
