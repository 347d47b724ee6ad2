"""Answers to a form of the wall: sealed on arrival, as a letter is, and nobody outside reads them.

A deposit is one insert. What lies inside is a heading (JSON: which form, which number, when) and
bytes: the answers as XML, or a file that came with them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from tequio.core import clock, keys
from tequio.letters import slot
from tequio.letters.models import Answers

# What a sealed row weighs tells only this much of what it holds.
STEP: Final = 16 * 1024
_LENGTH: Final = 8


def deposit(*, organisation_id: UUID, says: Mapping[str, object], data: bytes = b"") -> bool:
    """Seal a heading and bytes into the slot, inside the caller's transaction.

    Returns False where the organisation has no wall: then there is nowhere to put it.
    """
    to = slot.open_slot(organisation_id)
    if to is None or to.holder_id is None or to.epoch is None or to.public is None:
        return False
    whole = {**says, "organisation": str(organisation_id), "at": clock.now().isoformat()}
    Answers.objects.bulk_create(
        [
            Answers(
                holder_id=to.holder_id,
                epoch=to.epoch,
                sealed=keys.seal_to(to.public, packed(whole, data)),
                erase_after=slot.month_after(clock.now().date()),
            )
        ]
    )
    return True


def packed(says: Mapping[str, object], data: bytes) -> bytes:
    """Return heading and bytes as one, padded."""
    head = json.dumps(says, ensure_ascii=False).encode()
    sizes = len(head).to_bytes(_LENGTH, "big") + len(data).to_bytes(_LENGTH, "big")
    whole = sizes + head + data
    return whole.ljust(-(-len(whole) // STEP) * STEP, b"\0")


def unpacked(whole: bytes) -> tuple[dict[str, Any], bytes]:
    """Return what :func:`packed` put together; for whoever opens it behind the wall."""
    head = int.from_bytes(whole[:_LENGTH], "big")
    size = int.from_bytes(whole[_LENGTH : 2 * _LENGTH], "big")
    at = 2 * _LENGTH + head
    return json.loads(whole[2 * _LENGTH : at]), whole[at : at + size]
