"""The site, and now and then what goes on behind it, forked from one loaded process.

The work is there only while there is something to do: when the site rings, and when something is
due by the clock. If it breaks, it is tried again. If the site ends, all ends, and who supervises
starts anew.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from tequio.jobs import bell

FLAG: Final = "--with-work"
SITE, WORK = "tequio-site", "tequio-work"
_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
_LONGEST_PAUSE: Final = 30.0
# How long it sleeps at most: a clock that was set, or a bell of another process, is noticed.
_NAP: Final = 5.0

Work = Callable[[], int]


class Round(Protocol):
    """What is done in one go; if it broke, it is due as before."""

    def undo(self) -> None:
        """Make what was due due again."""


class Clock(Protocol):
    """What is due by the clock."""

    def due(self) -> bool:
        """Whether something is."""

    def begin(self) -> Round:
        """Note that it is being done."""


def possible() -> bool:
    """Tell whether this system forks a loaded process without harm."""
    return sys.platform.startswith("linux")


def run(site: Work, work: Work, clock: Clock) -> int:
    """Run both until a signal or until the site ends; return the site's code."""
    return _Pair(site, work, clock).run()


class _Pair:
    def __init__(self, site: Work, work: Work, clock: Clock) -> None:
        self._site, self._work, self._clock = site, work, clock
        self._running: dict[int, Work] = {}
        self._ending = False
        self._round: Round | None = None
        # What waited before the site began is looked at first.
        self._rung = True
        self._broke, self._not_before = 0, 0.0
        self._heard, self._cord = os.pipe()

    def run(self) -> int:
        # First of all: a signal between the two forks must find somebody who hands it on.
        for number in _SIGNALS:
            signal.signal(number, lambda *_: self._end())
        signal.signal(signal.SIGCHLD, lambda *_: None)
        bell.hang(self._cord)
        os.set_blocking(self._heard, False)
        # A signal pulls the same cord, so that one sleep waits for both.
        signal.set_wakeup_fd(self._cord, warn_on_full_buffer=False)
        self._fork(self._site)
        code = 0
        while self._running:
            code = self._bury() or code
            if self._may_work():
                self._begin_work()
            if self._running:
                self._sleep()
        return code

    def _may_work(self) -> bool:
        if self._ending or self._work in self._running.values():
            return False
        return time.monotonic() >= self._not_before and (self._rung or self._clock.due())

    def _begin_work(self) -> None:
        self._rung = False
        self._fork(self._work)
        # After the fork: for the work it is still due.
        self._round = self._clock.begin()

    def _sleep(self) -> None:
        """Wait for the bell, for a signal, or a moment."""
        working = self._work in self._running.values()
        nap = _NAP if working or not self._rung else max(0.0, self._not_before - time.monotonic())
        select.select([self._heard], [], [], min(nap, _NAP))
        with suppress(BlockingIOError):
            self._rung = bell.RUNG in os.read(self._heard, 4096) or self._rung

    def _bury(self) -> int:
        """Look who ended; return the site's code."""
        code = 0
        while self._running:
            gone, status = os.waitpid(-1, os.WNOHANG)
            if not gone:
                break
            ended, how = self._running.pop(gone, None), os.waitstatus_to_exitcode(status)
            if ended is self._site:
                code = abs(how)
                self._end()
            elif ended is self._work:
                self._note(how)
        return code

    def _note(self, how: int) -> None:
        """If the work broke, all that it had to do is tried again, later each time."""
        self._broke = self._broke + 1 if how else 0
        if how and self._round and not self._ending:
            self._round.undo()
            self._rung = True
            self._not_before = time.monotonic() + min(_LONGEST_PAUSE, 0.2 * 2**self._broke)

    def _end(self) -> None:
        self._ending = True
        for one in self._running:
            os.kill(one, signal.SIGTERM)

    def _fork(self, work: Work) -> None:
        child = os.fork()
        if child:
            self._running[child] = work
            if self._ending:
                os.kill(child, signal.SIGTERM)
            return
        signal.set_wakeup_fd(-1)
        for number in (*_SIGNALS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        # They all have the same command line: who looks at the machine tells them by this.
        with suppress(OSError):
            Path("/proc/self/comm").write_text(SITE if work is self._site else WORK)
        # What the process is loaded with belongs to the parent: nothing of it ends here but this.
        sys.exit(work())
