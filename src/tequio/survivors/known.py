"""Whom the wall seals its keys to: remembered in the mark, because a table can be changed.

A public half lies in the clear. Whoever writes to the database could put one of his own there and
wait for the next turn of the keys. So the halves that people compared or typed from paper stand in
the mark (`log_marks`), under a key that only the wall's private half makes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from tequio.access import key_pairs
from tequio.access.models import User
from tequio.core.sealing import SealBroken
from tequio.survivors import log_marks
from tequio.survivors.models import Epoch
from tequio.survivors.opened import OpenWall

PAPER: Final = "paper"


def name_of(member: User) -> str:
    """Return the name under which a member's key is remembered."""
    return str(member.pk)


def keys_of(by: OpenWall, epoch: Epoch) -> dict[str, bytes]:
    """Return what is remembered; nothing where the mark is gone or was not made by the wall."""
    try:
        mark = log_marks.read(by, epoch)
    except SealBroken:
        return {}
    return {name: bytes.fromhex(public) for name, public in mark.keys.items()} if mark else {}


def as_the_table_says(epoch: Epoch) -> dict[str, str]:
    """Return the keys of the first day: of the paper, and of who has a share in the turn."""
    found = {PAPER: bytes(epoch.paper_public).hex()}
    for share in epoch.shares.select_related("user"):
        public = key_pairs.public_of(share.user)
        if public is not None:
            found[name_of(share.user)] = public.hex()
    return found


def learn(*, by: OpenWall, keys: Mapping[str, bytes]) -> None:
    """Remember keys that a person has just compared, typed or opened; after a line of the log."""
    epoch = Epoch.objects.select_for_update(of=("self",)).get(pk=by.current)
    mark = log_marks.read(by, epoch)
    if mark is not None:
        told = {name: public.hex() for name, public in keys.items()}
        log_marks.put(by, epoch, replace(mark, keys={**mark.keys, **told}))
