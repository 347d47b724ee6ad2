"""A failure of the program behind the wall, told to its members and to nobody else.

Outside, not even a count may tell that somebody works here (docs/adr/0080). So what failed is one
line of the wall's own log: which page, which kind of error and where in the program. No message of
the error: that may quote what was typed. A member reads it out to whoever looks after the machine.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction

from tequio.access.models import User
from tequio.core import clock
from tequio.survivors import log
from tequio.survivors.policies import share_of

KIND: Final = "house.failed"
# A page that fails at each look is one line an hour.
_AGAIN: Final = timedelta(hours=1)
_AT_MOST: Final = 200
_FRAMES: Final = 3


@dataclass(slots=True)
class _Memory:
    told: dict[tuple[str, str], datetime] = field(default_factory=dict)


_here = _Memory()


def note(*, by: User, page: str, error: BaseException) -> None:
    """Write down that a page failed. Noting must not hide the failure: its own are passed over."""
    detail = {"page": page[:60], "what": type(error).__name__[:60], "where": _where(error)}
    now, key = clock.now(), (detail["page"], detail["where"])
    if now - _here.told.get(key, now - _AGAIN) < _AGAIN:
        return
    try:
        share = share_of(by)
        if share is None:
            return
        with transaction.atomic():
            log.write_by_clock(KIND, wall=share.epoch.wall, detail=detail)
    except Exception:  # noqa: BLE001 -- the disk is full, the database is away: the page says so
        return
    if len(_here.told) >= _AT_MOST:
        _here.told.clear()
    _here.told[key] = now


def forget() -> None:
    """Forget what was told within the hour; for tests."""
    _here.told.clear()


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return " ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)[:150]
