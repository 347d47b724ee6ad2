"""Telephones tap while PostgreSQL is killed or drops every line: what was kept, and what not."""

from __future__ import annotations

import json
import random
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from tests.deep.postgres import server
from tests.deep.test_killed_under_load import SITE, Evening, environment

from tequio.config.environment import ROOT

TELEPHONES = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found when the server stood again for the last time."""

    cycles: Counter[str]
    answers: Counter[str]
    acknowledged: int
    lost: int
    doubled: int
    slowest: float

    @property
    def odd(self) -> dict[str, int]:
        return {code: n for code, n in self.answers.items() if code not in {"200", "503", "none"}}


def tequio(data: Path, address: str, *words: str) -> str:
    command = [sys.executable, "-P", "-m", "tequio", *words]
    env = {**environment(data), "TEQUIO_DATABASE": address}
    return subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def site(data: Path, address: str, port: int) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", SITE, str(port), "2"],
        env={**environment(data), "TEQUIO_DATABASE": address},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def run(
    folder: Path, cycles: int, seed: int, *, options: str = "", kills: float = 0.5, men: int = 44
) -> Outcome:
    """Kill it and cut its lines, in turns that luck decides; count at the end."""
    luck, done = random.Random(seed), Counter[str]()
    slowest = 0.0
    with server(options) as database:
        tequio(folder, database.address, "demo-fill", "--men", str(men))
        told = tequio(folder, database.address, "bench-session").splitlines()[-1]
        evening = Evening(free_port(), json.loads(told))
        with site(folder, database.address, evening.port):
            phones = [
                threading.Thread(target=evening.telephone, args=(n,)) for n in range(TELEPHONES)
            ]
            for phone in phones:
                phone.start()
            try:
                _wait_for_more(evening)
                for _turn in range(cycles):
                    time.sleep(luck.uniform(0, 0.3))
                    began = time.monotonic()
                    if luck.random() < kills:
                        database.kill()
                        time.sleep(luck.uniform(0, 0.5))
                        database.start()
                        done["killed"] += 1
                    else:
                        assert database.drop_connections() > 0
                        done["lines dropped"] += 1
                    _wait_for_more(evening)
                    slowest = max(slowest, time.monotonic() - began)
            finally:
                evening.stop.set()
                for phone in phones:
                    phone.join()
        with psycopg.connect(database.address) as line:
            marks = line.execute("SELECT id FROM circles_mark").fetchall()
            kept = {str(uuid.UUID(str(row[0]))) for row in marks}
            twice = line.execute(
                "SELECT COUNT(*) FROM (SELECT 1 FROM circles_attendance "
                "GROUP BY session_id, membership_id HAVING COUNT(*) > 1) AS x"
            ).fetchone()
    return Outcome(
        done,
        evening.answers,
        len(evening.acknowledged),
        len(evening.acknowledged - kept),
        twice[0] if twice else -1,
        slowest,
    )


def _wait_for_more(evening: Evening) -> None:
    """Until ten more taps were kept: it works again, by itself."""
    goal, deadline = len(evening.acknowledged) + 10, time.monotonic() + 60
    while len(evening.acknowledged) < goal:
        assert time.monotonic() < deadline, f"it did not come back: {evening.answers}"
        time.sleep(0.02)
