"""The process that does background work and what happens by the clock."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from django.core.management import call_command

from tequio.jobs import schedule


def run(argv: Sequence[str]) -> int:
    """Work until asked to stop: the queue in this thread, the clock in another."""
    stop = threading.Event()
    clock = threading.Thread(target=schedule.run_forever, args=(stop,), daemon=True)
    clock.start()
    try:
        call_command("db_worker", interval=0.5, verbosity=0, startup_delay=False)
    finally:
        stop.set()
        clock.join(timeout=5)
    return 0
