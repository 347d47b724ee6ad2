"""The process that does background work and what happens by the clock."""

from __future__ import annotations

import signal
import threading
from collections.abc import Sequence
from typing import Final

from django.core.management import call_command

from tequio.config import by_the_clock
from tequio.config.options import Options
from tequio.config.words import gettext as _
from tequio.jobs import schedule

_LAST_WORDS: Final = 5.0


def run(argv: Sequence[str]) -> int:
    """Work until asked to stop: the queue in this thread, the clock in another, or one of them."""
    parser = Options("worker", _("Hace el trabajo de fondo."))
    parser.add_argument("--only", choices=["queue", "clock"], help=_("solo una de las dos cosas"))
    only = parser.parse_args(argv).only
    by_the_clock.register()
    if only == "clock":
        return _clock_alone()
    stop = threading.Event()
    clock = threading.Thread(target=schedule.run_forever, args=(stop,), daemon=True)
    if only is None:
        clock.start()
    try:
        call_command("db_worker", interval=0.5, verbosity=0, startup_delay=False)
    finally:
        stop.set()
        if clock.is_alive():
            clock.join(timeout=_LAST_WORDS)
    return 0


def once() -> int:
    """Do what waits in the queue and what is due by the clock, beside each other, and end."""
    stop = threading.Event()
    clock = threading.Thread(target=schedule.run_forever, args=(stop,), daemon=True)
    clock.start()
    over = None
    try:
        call_command("db_worker", batch=True, verbosity=0, startup_delay=False)
    except SystemExit:
        over = _LAST_WORDS  # asked to stop: what is under way has a moment
        raise
    finally:
        stop.set()
        clock.join(timeout=over)
    return 0


def _clock_alone() -> int:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    schedule.run_forever(stop)
    return 0
