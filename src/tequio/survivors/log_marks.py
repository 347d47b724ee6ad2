"""How far the log had come when a member last wrote to it: a mark that only the keys can make.

A chain alone does not notice that its newest lines were cut off. The mark says the position and
the chain of the last line, sealed under a key that is made of the turn's private half, so that
whoever can write to the database cannot make another.

What it cannot see: lines of the clock after the newest mark (the clock holds no key), and a whole
database put back to an earlier day, mark and all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Final

from tequio.core.keys import KeyPair
from tequio.core.sealing import Key, SealBroken
from tequio.survivors.models import Epoch, LogEntry
from tequio.survivors.opened import OpenWall

_INFO: Final = b"tequio wall log mark v1\0"


@dataclass(frozen=True, slots=True)
class Mark:
    """The last line that a member wrote, and where the log was first found cut."""

    position: int
    chain: str
    broken_at: int | None = None
    # The public halves that the wall's keys may be sealed to (survivors.known).
    keys: Mapping[str, str] = field(default_factory=dict)

    def agrees(self, last: LogEntry | None) -> bool:
        """Tell whether the line that is marked still stands, with whatever came after it."""
        if last is None or last.position < self.position:
            return False
        if last.position == self.position:
            return last.chain == self.chain
        return LogEntry.objects.filter(
            wall=last.wall_id, position=self.position, chain=self.chain
        ).exists()


def read(by: OpenWall, epoch: Epoch) -> Mark | None:
    """Return the mark of a turn, or None where none was made yet.

    Raises
    ------
    SealBroken
        When somebody without the keys wrote one.
    """
    if epoch.log_mark is None:
        return None
    body = json.loads(
        _key(by.pair_of(epoch.pk)).open(epoch.log_mark, bound_to=_place(epoch)).decode()
    )
    return Mark(**body)


def put(by: OpenWall, epoch: Epoch, mark: Mark) -> None:
    """Write the mark down, inside the caller's transaction."""
    epoch.log_mark = _sealed(epoch, by.pair_of(epoch.pk), mark)
    epoch.save(update_fields=["log_mark"])


def carry(by: OpenWall, old: Epoch, new: Epoch, pair: KeyPair, names: Iterable[str]) -> None:
    """Take the mark over into a new turn; one that nobody with the keys made stays unreadable.

    `names` are those whose keys go on being remembered.
    """
    try:
        mark = read(by, old)
    except SealBroken:
        new.log_mark = b""
    else:
        stay = {name: mark.keys[name] for name in names if name in mark.keys} if mark else {}
        new.log_mark = _sealed(new, pair, replace(mark, keys=stay)) if mark else None
    new.save(update_fields=["log_mark"])


def _sealed(epoch: Epoch, pair: KeyPair, mark: Mark) -> bytes:
    return _key(pair).seal(json.dumps(asdict(mark)).encode(), bound_to=_place(epoch))


def _key(pair: KeyPair) -> Key:
    return Key.from_master(hashlib.sha256(_INFO + pair.private).digest(), stream="walled")


def _place(epoch: Epoch) -> str:
    return f"{epoch.wall_id}|survivors_epoch|{epoch.pk}|log_mark|{epoch.number}"
