"""The slot: anyone may deposit, nobody outside may read.

A deposit is one insert and asks the table of letters nothing, so that what happens to letters
behind the wall can never show outside it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from tequio.core import clock, keys
from tequio.letters.kinds import Kind
from tequio.letters.models import Letter, Slot

# All letters weigh the same, whatever they say.
_SIZE: Final = 8192
LONGEST: Final = 6000  # characters of what a person may write in one
_KEPT_MONTHS: Final = 13


class TooLong(ValueError):
    """What was written does not fit into a letter; nothing was deposited."""


def has_wall(organisation_id: UUID) -> bool:
    """Tell whether what is said of a partner has somewhere safe to go."""
    return _slot(organisation_id) is not None


def deposit(
    *, organisation_id: UUID, kind: Kind, folio: str = "", says: Mapping[str, object] | None = None
) -> bool:
    """Seal a letter into the slot, inside the caller's transaction.

    `folio` is the man's (empty where there is none); `says` holds codes, and free text only for
    letters by hand. Returns False where the organisation has no wall: then there is nowhere to
    put it, and nothing of it is kept.
    """
    slot = _slot(organisation_id)
    if slot is None or slot.holder_id is None or slot.epoch is None or slot.public is None:
        return False
    body = {
        "kind": str(kind),
        "organisation": str(organisation_id),
        "folio": folio,
        "at": clock.now().isoformat(),
        "says": dict(says or {}),
    }
    plain = json.dumps(body, ensure_ascii=False).encode()
    if len(plain) > _SIZE:
        raise TooLong(f"A letter holds {_SIZE} bytes.")
    letter = Letter(
        holder_id=slot.holder_id,
        epoch=slot.epoch,
        sealed=keys.seal_to(slot.public, plain.ljust(_SIZE)),
        erase_after=_month_after(clock.now().date()),
    )
    letter.save(force_insert=True)
    return True


def _slot(organisation_id: UUID) -> Slot | None:
    return Slot.objects.filter(pk=organisation_id).exclude(held_by=Slot.Holder.NONE).first()


def _month_after(day: date) -> date:
    months = day.year * 12 + day.month - 1 + _KEPT_MONTHS
    return date(months // 12, months % 12 + 1, 1)
