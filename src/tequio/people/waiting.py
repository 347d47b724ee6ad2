"""Whether a man waits for his seat because of a lottery: known above, and asked of here.

Lotteries belong to the room of studies, which stands above. It registers when the house starts.
"""

from __future__ import annotations

from collections.abc import Callable

from tequio.people.models import Participant

Check = Callable[[Participant], bool]

_checks: list[Check] = []


def register(check: Check) -> None:
    """Hear from whoever lets men wait; a later one takes the place of an earlier one."""
    _checks[:] = [check]


def waits(participant: Participant) -> bool:
    """Tell whether he waits today for the seat that a lottery gave him for later."""
    return any(check(participant) for check in _checks)
