"""Which of the three set-ups holds. Nothing here counts letters or says that there are any."""

from __future__ import annotations

from dataclasses import dataclass

from tequio.access.models import User
from tequio.core import clock
from tequio.letters.addresses import address_of
from tequio.letters.models import Slot


@dataclass(frozen=True, slots=True)
class Setup:
    """What was chosen, whether it still holds, and whether the own team could keep letters."""

    slot: Slot | None
    held_by: str
    ended: bool
    own_is_founded: bool


def setup_of(by: User) -> Setup:
    """Return the set-up of a person's organisation."""
    slot = Slot.objects.filter(pk=by.organisation_id).first()
    held_by = slot.held_by if slot else Slot.Holder.NONE.value
    today = clock.today(by.organisation.timezone)
    ended = slot is not None and slot.ends_on is not None and slot.ends_on < today
    return Setup(slot, held_by, ended, address_of(by.organisation_id) is not None)
