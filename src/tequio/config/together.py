"""Two long works forked from one loaded process: the site, and what goes on behind it.

If the work ends, it is forked again. If the site ends, all ends, and who supervises starts anew.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

FLAG: Final = "--with-work"
SITE, WORK = "tequio-site", "tequio-work"
_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
_LASTS: Final = 10.0
_LONGEST_PAUSE: Final = 30.0
_MOMENT: Final = 0.1

Work = Callable[[], int]


def possible() -> bool:
    """Tell whether this system forks a loaded process without harm."""
    return sys.platform.startswith("linux")


def run(site: Work, work: Work) -> int:
    """Run both until a signal or until the site ends; return the site's code."""
    return _Pair(site, work).run()


class _Pair:
    def __init__(self, site: Work, work: Work) -> None:
        self._site, self._work = site, work
        self._running: dict[int, Work] = {}
        self._ending = False
        self._quick, self._started = 0, 0.0

    def run(self) -> int:
        # First of all: a signal between the two forks must find somebody who hands it on.
        for number in _SIGNALS:
            signal.signal(number, lambda *_: self._end())
        self._fork(self._site)
        self._begin_work()
        code = 0
        while self._running:
            gone, status = os.wait()
            ended = self._running.pop(gone, None)
            if ended is self._site:
                code = os.waitstatus_to_exitcode(status)
                self._end()
            elif ended is self._work and not self._ending:
                self._pause()
                if not self._ending:
                    self._begin_work()
        return abs(code)

    def _begin_work(self) -> None:
        self._started = time.monotonic()
        self._fork(self._work)

    def _pause(self) -> None:
        """Wait before the next try, longer each time that it does not last."""
        lasted = time.monotonic() - self._started
        self._quick = self._quick + 1 if lasted < _LASTS else 0
        until = time.monotonic() + min(_LONGEST_PAUSE, 0.2 * 2**self._quick)
        while not self._ending and time.monotonic() < until:
            time.sleep(_MOMENT)

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
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        # They all have the same command line: who looks at the machine tells them by this.
        with suppress(OSError):
            Path("/proc/self/comm").write_text(SITE if work is self._site else WORK)
        # What the process is loaded with belongs to the parent: nothing of it ends here but this.
        sys.exit(work())
