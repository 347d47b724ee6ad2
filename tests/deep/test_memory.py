"""What the demonstration takes while it is served: all its processes, measured from outside."""

from __future__ import annotations

import http.client
import json
import statistics
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.deep.pg_evening import free_port
from tests.deep.processes import megabytes, own_megabytes, seconds_of_cpu
from tests.deep.test_killed_under_load import site, tequio

pytestmark = pytest.mark.deep

MEN, ROUNDS, REST = 120, 20, 75
LIMIT, WHILE_DRAWING, IDLE = 250.0, 350.0, 2.0


class Watch(threading.Thread):
    """Looks ten times a second."""

    def __init__(self, process: int) -> None:
        super().__init__()
        self.process, self.stop = process, threading.Event()
        self.seen: list[float] = []

    def run(self) -> None:
        while not self.stop.wait(0.1):
            self.seen.append(megabytes(self.process))

    def end(self) -> list[float]:
        self.stop.set()
        self.join()
        return self.seen


def watching(process: int) -> Watch:
    watch = Watch(process)
    watch.start()
    return watch


def test_the_demonstration_fits_a_small_machine(tmp_path: Path, proofs: Path) -> None:
    tequio(tmp_path, "demo-fill", "--men", str(MEN))
    session = json.loads(tequio(tmp_path, "bench-session").splitlines()[-1])
    port = free_port()
    with site(tmp_path, port, processes=1) as supervisor:
        _get(port, "/entrar/", "", patience=60)
        time.sleep(3)
        fresh = megabytes(supervisor.pid)
        watch = watching(supervisor.pid)
        for _round in range(ROUNDS):
            for path in session["pages"].values():
                assert _get(port, path, session["cookie"]) == 200
        most = max(watch.end())
        time.sleep(15)
        own, before = own_megabytes(supervisor.pid), seconds_of_cpu(supervisor.pid)
        # More than a minute: what is done every minute happens within.
        watch = watching(supervisor.pid)
        time.sleep(REST)
        rest = watch.end()
        idle = 100 * (seconds_of_cpu(supervisor.pid) - before) / REST
    rested, working = statistics.median(rest), max(rest)
    (proofs / "memory.md").write_text(
        "# Memory and rest\n\n"
        f"`./tequio demo` with {MEN} men: web server with one process, drawing and supervisor, "
        "and background work whenever there is some. Memory is the proportional set size of all "
        "of them together.\n\n"
        f"- just started: {fresh:.0f} MB\n"
        f"- at rest, after every page was opened {ROUNDS} times: {rested:.0f} MB "
        f"(promised: {LIMIT:.0f})\n"
        f"- of it, each process for itself, largest first: {listed(own)} MB; shared by all: "
        f"{rested - sum(own):.0f} MB\n"
        f"- at most in {REST} s of rest, while what is due every minute was done: "
        f"{working:.0f} MB\n"
        f"- at most meanwhile, with the engine of the charts open: {most:.0f} MB; it goes "
        "away ten seconds after the last drawing\n"
        f"- CPU with nobody there, over {REST} s: {idle:.1f} % of one core\n\n"
        "The list is in this order: the process that answers visits, the supervisor, and three "
        "that wait (the loaded process, drawing, and the one that watches the first). Python "
        "writes to every object that it uses, if only to count who holds it, and with it a page "
        "of memory is copied: this is most of what the first has to itself. What could be made "
        "before they part is made there "
        "([0103](../adr/0103-one-loaded-process.md)), and nobody waits in memory for work that "
        "there is not ([0107](../adr/0107-work-when-the-bell-rings.md)).\n\n"
        "Repeat: `./tequio test --deep tests/deep/test_memory.py`.\n",
        encoding="utf-8",
    )
    assert rested <= LIMIT
    assert max(most, working) <= WHILE_DRAWING
    assert idle < IDLE


def listed(figures: list[float]) -> str:
    return ", ".join(f"{one:.0f}" for one in figures)


def _get(port: int, path: str, cookie: str, patience: float = 0) -> int:
    deadline = time.monotonic() + patience
    while True:
        with closing(http.client.HTTPConnection("localhost", port, timeout=60)) as door:
            try:
                door.request("GET", path, headers={"Cookie": cookie})
                answer = door.getresponse()
                answer.read()
                return answer.status
            except (OSError, http.client.HTTPException):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
