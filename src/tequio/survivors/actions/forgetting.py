"""What was closed goes when its month comes. The clock acts, and uses no key."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final
from uuid import UUID

from django.db import transaction

from tequio.core import clock, wiping
from tequio.survivors import log
from tequio.survivors.models import Case, Draft, HeldLetter, Wall
from tequio.survivors.rules import opening

_BATCH: Final = 200


def forget_cases() -> int:
    """Erase every case whose month has come: its key goes with its row, so copies stay sealed."""
    today = clock.now().date()
    # What was sent to a shut wall waits a week for its author, opened or not.
    Draft.objects.filter(at__lt=clock.now() - opening.DRAFT_FOR).delete()
    # What waits for somebody goes in its month too: nobody may have it for longer than was said.
    HeldLetter.objects.filter(erase_after__lt=today).delete()
    over = Case.objects.filter(erase_after__isnull=False, erase_after__lte=today)
    found = list(over.order_by("wall_id", "pk").values_list("wall_id", "pk"))
    for wall_id, rows in groupby(found, key=lambda row: row[0]):
        keys = [key for _wall, key in rows]
        wall = Wall.objects.get(pk=wall_id)
        for start in range(0, len(keys), _BATCH):
            _forget(wall, keys[start : start + _BATCH])
    return len(found)


@transaction.atomic
def _forget(wall: Wall, keys: Sequence[UUID]) -> None:
    Case.objects.filter(pk__in=keys).delete()
    wiping.after_commit()
    log.write_by_clock("case.forget", wall=wall, detail={"count": len(keys)})
