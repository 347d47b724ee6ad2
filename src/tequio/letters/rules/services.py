"""When a service is shown: somebody called there, and not too long ago."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

# Telephones and hours change: what nobody called for half a year is not shown to anybody.
HOLDS_FOR: Final = timedelta(days=183)


def shown_until(verified_on: date) -> date:
    """Return the last day on which a service is shown after a call."""
    return verified_on + HOLDS_FOR


def is_shown(verified_on: date | None, today: date) -> bool:
    """Tell whether anybody may read of a service today."""
    return verified_on is not None and verified_on <= today <= shown_until(verified_on)
