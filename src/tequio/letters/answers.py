"""Answers to a form of the wall: sealed on arrival, as a letter is, and nobody outside reads them.

A deposit is one insert. What lies inside is a heading (JSON) and bytes. The reader behind the wall
(`survivors.actions.arrivals`) knows these headings by their `what`:

- `SUBMISSION`, from a telephone: form, version, number, replaces, standing, device; bytes: the XML.
- `FILE`: form, number, name, type; bytes: the file that came with a submission.
- `ANSWERED`, from a link of hers: form, version, sha256, number (made where it was answered: the
  same one twice counts once), subject, answers (by question; `PREFERS_NOT` where she would rather
  not say), started_at, finished_at; no bytes.
- `STOPPED`, from a link of hers: number, subject, why (`not_alone`, `changed`, or `locked` where
  somebody tried too many PINs). Somebody looks after her.

`subject` is what `survivors.actions.subjects.sealed` made when a member issued the link: a sealed
box that only the wall opens, so that neither the link nor whoever answers on it carries a name or
a key.

Until when somebody reads it is said by `letters.kinds.CLOCKS` of ANSWERS, ANSWERS_URGENT and
ANSWERS_STOPPED, counted from the deposit: her page promises that, and behind the wall it runs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from tequio.core import clock, ids, keys
from tequio.letters import slot
from tequio.letters.addresses import Written, address_of
from tequio.letters.models import Answers

# What a sealed row weighs tells only this much of what it holds.
STEP: Final = 16 * 1024
SUBMISSION: Final = "submission"
FILE: Final = "file"
ANSWERED: Final = "answered"
STOPPED: Final = "stopped"
_LENGTH: Final = 8


def deposit(*, organisation_id: UUID, says: Mapping[str, object], data: bytes = b"") -> bool:
    """Seal a heading and bytes into the slot, inside the caller's transaction.

    Returns False where the organisation has no wall: then there is nowhere to put it.
    """
    to = slot.open_slot(organisation_id)
    if to is None or to.holder_id is None or to.epoch is None or to.public is None:
        return False
    _put(Written(to.holder_id, to.epoch, bytes(to.public)), organisation_id, says, data)
    return True


def deposit_at_home(*, organisation_id: UUID, says: Mapping[str, object]) -> bool:
    """Seal a heading for the organisation's own wall, wherever its letters go by now.

    What a member asked comes back to her wall: who directs may have chosen another since, and no
    other wall could tell whose it is. Returns False where the wall was never founded.
    """
    to = address_of(organisation_id)
    if to is None:
        return False
    _put(to, organisation_id, says, b"")
    return True


def _put(to: Written, organisation_id: UUID, says: Mapping[str, object], data: bytes) -> None:
    whole = {**says, "organisation": str(organisation_id), "at": clock.now().isoformat()}
    Answers.objects.bulk_create(
        [
            Answers(
                # Of the walled luck: what she answers alone moves nothing outside.
                id=ids.new_id(stream="walled"),
                holder_id=to.organisation_id,
                epoch=to.epoch,
                sealed=keys.seal_to(to.public, packed(whole, data)),
                erase_after=slot.month_after(clock.now().date()),
            )
        ]
    )


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
