"""The slot: anyone may deposit, nobody outside may read.

A deposit is one insert and asks the table of letters nothing, so that what happens to letters
behind the wall can never show outside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from tequio.core import clock, ids, keys
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
    return open_slot(organisation_id) is not None


def deposit(
    *, organisation_id: UUID, kind: Kind, folio: str = "", says: Mapping[str, object] | None = None
) -> bool:
    """Seal a letter into the slot, inside the caller's transaction.

    `folio` is the man's (empty where there is none); `says` holds codes, and free text only for
    letters by hand. Returns False where the organisation has no wall: then there is nowhere to
    put it, and nothing of it is kept.
    """
    return deposit_many(
        organisation_id=organisation_id, letters=[News(kind=kind, folio=folio, says=says or {})]
    )


@dataclass(frozen=True, slots=True)
class News:
    """What one letter says: what happened, to which man, and codes."""

    kind: Kind
    folio: str = ""
    says: Mapping[str, object] = field(default_factory=dict)


def deposit_many(*, organisation_id: UUID, letters: Iterable[News]) -> bool:
    """Seal several letters at once: one question and one insert, however many there are."""
    slot = open_slot(organisation_id)
    if slot is None or slot.holder_id is None or slot.epoch is None or slot.public is None:
        return False
    Letter.objects.bulk_create([_sealed(slot, organisation_id, news) for news in letters])
    return True


def _sealed(slot: Slot, organisation_id: UUID, news: News) -> Letter:
    body = {
        "kind": str(news.kind),
        "organisation": str(organisation_id),
        "folio": news.folio,
        "at": clock.now().isoformat(),
        "says": dict(news.says),
    }
    plain = json.dumps(body, ensure_ascii=False).encode()
    if len(plain) > _SIZE:
        raise TooLong(f"A letter holds {_SIZE} bytes.")
    return Letter(
        # Of the walled luck: her own call puts one in too, and moves nothing outside.
        id=ids.new_id(stream="walled"),
        holder_id=slot.holder_id or organisation_id,
        epoch=slot.epoch or 0,
        sealed=keys.seal_to(slot.public or b"", plain.ljust(_SIZE)),
        erase_after=month_after(clock.now().date()),
    )


def open_slot(organisation_id: UUID) -> Slot | None:
    """Return where letters of an organisation go today, or None where it has no wall."""
    slots = Slot.objects.exclude(held_by=Slot.Holder.NONE).select_related("organisation")
    slot = slots.filter(pk=organisation_id).first()
    # An agreement that ended is as none: from then on nothing of a partner is collected.
    if slot is None or slot.ends_on is None:
        return slot
    return slot if clock.today(slot.organisation.timezone) <= slot.ends_on else None


def month_after(day: date) -> date:
    """Return the month in which something sealed on a day goes, read or not."""
    months = day.year * 12 + day.month - 1 + _KEPT_MONTHS
    return date(months // 12, months % 12 + 1, 1)
