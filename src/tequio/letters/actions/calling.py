"""Asking to be called back: one sealed letter, and no trace of it anywhere else.

No row for the log outside, no receipt, no line of the request: that a woman wrote at noon is hers.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from tequio.access.models import Organisation
from tequio.letters import slot
from tequio.letters.kinds import Kind


@dataclass(frozen=True, slots=True)
class CallBack:
    """How she may be called, in her words."""

    telephone: str
    days: tuple[str, ...]  # "0" is Monday
    begin: str  # "09:00"
    end: str
    if_other: str  # hang_up, wrong_number, say
    say: str = ""
    name: str = ""
    word: str = ""

    def as_says(self) -> dict[str, Any]:
        """Return it as it lies in the letter."""
        return asdict(self)


@transaction.atomic
def ask(*, organisation: Organisation, call_back: CallBack) -> bool:
    """Put it into the slot; False where there is no wall to open it."""
    return slot.deposit(
        organisation_id=organisation.pk, kind=Kind.CALL_BACK, says=call_back.as_says()
    )
