"""What the demonstration takes while it is served: all its processes, measured from outside."""

from __future__ import annotations

import http.client
import json
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.deep.pg_evening import free_port
from tests.deep.processes import megabytes, own_megabytes, seconds_of_cpu
from tests.deep.test_killed_under_load import site, tequio

pytestmark = pytest.mark.deep

MEN, ROUNDS, REST = 120, 20, 30
LIMIT, WHILE_DRAWING, IDLE = 250.0, 350.0, 2.0


class Highest(threading.Thread):
    """Looks ten times a second."""

    def __init__(self, process: int) -> None:
        super().__init__()
        self.process, self.most, self.stop = process, 0.0, threading.Event()

    def run(self) -> None:
        while not self.stop.wait(0.1):
            self.most = max(self.most, megabytes(self.process))


def test_the_demonstration_fits_a_small_machine(tmp_path: Path, proofs: Path) -> None:
    tequio(tmp_path, "demo-fill", "--men", str(MEN))
    session = json.loads(tequio(tmp_path, "bench-session").splitlines()[-1])
    port = free_port()
    with site(tmp_path, port) as supervisor:
        _get(port, "/entrar/", "", patience=60)
        time.sleep(3)
        fresh = megabytes(supervisor.pid)
        watch = Highest(supervisor.pid)
        watch.start()
        for _round in range(ROUNDS):
            for path in session["pages"].values():
                assert _get(port, path, session["cookie"]) == 200
        watch.stop.set()
        watch.join()
        time.sleep(15)
        rested, own = megabytes(supervisor.pid), own_megabytes(supervisor.pid)
        before = seconds_of_cpu(supervisor.pid)
        time.sleep(REST)
        idle = 100 * (seconds_of_cpu(supervisor.pid) - before) / REST
    (proofs / "memory.md").write_text(
        "# Memory and rest\n\n"
        f"`./tequio demo` with {MEN} men: web server with two processes, background work, drawing "
        f"and supervisor. Memory is the proportional set size of all of them together.\n\n"
        f"- just started: {fresh:.0f} MB\n"
        f"- at rest, after every page was opened {ROUNDS} times: {rested:.0f} MB "
        f"(promised: {LIMIT:.0f})\n"
        f"- of it, each process for itself, largest first: {listed(own)} MB; shared by all: "
        f"{rested - sum(own):.0f} MB\n"
        f"- at most meanwhile, with the engine of the charts open: {watch.most:.0f} MB; it goes "
        "away ten seconds after the last drawing\n"
        f"- CPU with nobody there, over {REST} s: {idle:.1f} % of one core\n\n"
        "Repeat: `./tequio test --deep tests/deep/test_memory.py`.\n",
        encoding="utf-8",
    )
    assert rested <= LIMIT
    assert watch.most <= WHILE_DRAWING
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
