"""How many requests of which kind, and how long they took: counted per process, summed on asking.

Each process writes its own small file now and then; no lock is shared, and what is lost with a
process that is killed is a few seconds of counting.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Final

FOLDER: Final = "counts"
_EVERY: Final = 5.0


class Counts:
    """What one process has answered so far, by class of status."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FOLDER / f"{os.getpid()}.json"
        self._lock = threading.Lock()
        self._number: Counter[str] = Counter()
        self._seconds: Counter[str] = Counter()
        self._written = 0.0

    def note(self, status: int, seconds: float) -> None:
        """Count one answer; write at most once in five seconds."""
        kind = f"{status // 100}xx"
        with self._lock:
            self._number[kind] += 1
            self._seconds[kind] += seconds  # type: ignore[assignment]
            if time.monotonic() - self._written < _EVERY:
                return
            self._written = time.monotonic()
            self._write()

    def _write(self) -> None:
        try:
            self._path.parent.mkdir(exist_ok=True, mode=0o700)
            draft = self._path.with_suffix(".new")
            draft.write_text(json.dumps({"number": self._number, "seconds": self._seconds}))
            draft.replace(self._path)
        except OSError:  # a full disk must not keep anybody from reading a page
            return


def forget(folder: Path) -> None:
    """Begin to count anew."""
    for path in (folder / FOLDER).glob("*.json"):
        path.unlink(missing_ok=True)


def lines(folder: Path) -> list[str]:
    """Return the sums in Prometheus's text format."""
    sums: dict[str, Counter[str]] = {"number": Counter(), "seconds": Counter()}
    for path in sorted((folder / FOLDER).glob("*.json")):
        try:
            body = json.loads(path.read_text())
            for what, found in sums.items():
                found.update(body[what])
        except (OSError, ValueError, KeyError):
            continue
    out = ["# TYPE tequio_requests_total counter"]
    out += [f'tequio_requests_total{{status="{k}"}} {v}' for k, v in sorted(sums["number"].items())]
    out.append("# TYPE tequio_request_seconds_total counter")
    out += [
        f'tequio_request_seconds_total{{status="{k}"}} {v:.3f}'
        for k, v in sorted(sums["seconds"].items())
    ]
    return out
