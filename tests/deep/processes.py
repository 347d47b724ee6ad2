"""What a served site takes: memory of all its processes, each shared page counted once; CPU."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tests.deep.test_killed_under_load import below

_TICKS = 100  # per second, on every Linux that we know


def megabytes(process: int) -> float:
    """Proportional set size of a process and all below it."""
    return sum(_figure(one, "Pss") for one in (process, *below(process)))


def own_megabytes(process: int) -> list[float]:
    """What each of them has to itself, largest first; the rest of the sum is shared."""
    everyone = (process, *below(process))
    return sorted((_figure(one, "Private_Dirty") for one in everyone), reverse=True)


def _figure(process: int, name: str) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) / 1024
    return 0.0


def seconds_of_cpu(process: int) -> float:
    """What a process, all that is below it and those of them that ended have computed."""
    total = 0
    for one in (process, *below(process)):
        with suppress(OSError):
            words = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            total += sum(map(int, words[11:15]))
    return total / _TICKS
