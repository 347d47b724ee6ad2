"""A bell for whoever does the background work: something waits, and need not be looked for.

It hangs only where site and work come from one process. Without it, nothing happens when it is
rung, and what waits is found by looking.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Final

RUNG: Final = b"\0"
_cord: list[int] = []


def hang(cord: int) -> None:
    """Say which end of a pipe is pulled; it never blocks, and processes that fork inherit it."""
    os.set_blocking(cord, False)
    _cord[:] = [cord]


def ring() -> None:
    """Tell that something waits. A pipe that is full has told it already."""
    for cord in _cord:
        with suppress(OSError):
            os.write(cord, RUNG)
