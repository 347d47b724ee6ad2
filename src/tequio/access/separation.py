"""Which works exclude each other: who accompanies women does not work with the men.

A man must never learn from his facilitator's face what somebody else told her.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

WITH_WOMEN: Final = frozenset({"advocate"})
WITH_MEN: Final = frozenset({"coordinator", "facilitator", "therapist"})
LONGEST: Final = timedelta(days=365)


def exclude_each_other(roles: frozenset[str]) -> bool:
    """Tell whether somebody would work on both sides of the wall."""
    return bool(roles & WITH_WOMEN) and bool(roles & WITH_MEN)


def holds(*, signed_on: date, ends_on: date, ended: bool, today: date) -> bool:
    """Tell whether an exception is valid on a day; on its last day it still is."""
    return not ended and signed_on <= today <= ends_on
