"""What a served site takes: memory of all its processes, each shared page counted once; CPU."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tests.deep.test_killed_under_load import below

_TICKS = 100  # per second, on every Linux that we know


def megabytes(process: int) -> float:
    """Proportional set size of a process and all below it."""
    total = 0
    for one in (process, *below(process)):
        with suppress(OSError):
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total / 1024


def seconds_of_cpu(process: int) -> float:
    """What a process and all that is below it now have computed."""
    total = 0
    for one in (process, *below(process)):
        with suppress(OSError):
            words = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(words[11]) + int(words[12])
    return total / _TICKS
