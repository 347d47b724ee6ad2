"""How long a checked service is believed: the same clock as the public page's."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tequio.letters.rules.services import HOLDS_FOR, is_shown

# After this it is time to call again, while the service is still shown.
CALL_AGAIN: Final = timedelta(days=150)


class Freshness(StrEnum):
    """How far a service may be believed."""

    FRESH = "fresh"
    CALL_AGAIN = "call_again"
    STALE = "stale"
    NEVER = "never"


def freshness(verified_on: date | None, today: date) -> Freshness:
    """Say how far a service may be believed today."""
    if verified_on is None:
        return Freshness.NEVER
    if not is_shown(verified_on, today):
        return Freshness.STALE
    return Freshness.CALL_AGAIN if today - verified_on > CALL_AGAIN else Freshness.FRESH


__all__ = ["CALL_AGAIN", "HOLDS_FOR", "Freshness", "freshness"]
