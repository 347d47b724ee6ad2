"""Twenty-five people work for half an hour: it stays quick, nothing fails, nothing grows."""

from __future__ import annotations

import http.client
import json
import os
import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.deep.pg_evening import free_port
from tests.deep.processes import megabytes
from tests.deep.test_killed_under_load import site, tequio
from tests.deep.test_memory import _get

pytestmark = pytest.mark.deep

SHARE = float(os.environ.get("TEQUIO_PROOF_SHARE", "1"))
MINUTES, USERS, SEED = 30 * SHARE, 25, 20261121
WARM = 60  # seconds until caches are filled and growth is counted
PROMISED = 500.0  # ms


@dataclass(slots=True)
class Hall:
    """Everybody's answers and how long each took."""

    port: int
    session: dict[str, object]
    times: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def work(self, number: int) -> None:
        """Look, think a few seconds, tap a round of men; as people do."""
        luck = random.Random(SEED + number)
        pages = list(self.session["pages"].values())  # type: ignore[attr-defined]
        taps: list[str] = self.session["taps"]  # type: ignore[assignment]
        while not self.stop.wait(luck.uniform(0.5, 4)):
            self._ask("GET", luck.choice(pages), "")
            if luck.random() < 0.5:
                for _man in range(luck.randrange(1, 8)):
                    mark = str(uuid.UUID(int=luck.getrandbits(128), version=4))
                    self._ask("POST", luck.choice(taps).replace("UUID", mark), "status=late")
                    self.stop.wait(luck.uniform(0.2, 0.8))

    def _ask(self, method: str, path: str, body: str) -> None:
        headers = {"Cookie": str(self.session["cookie"]), "X-CSRFToken": str(self.session["token"])}
        if body:
            headers |= {"HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}
        door = http.client.HTTPConnection("localhost", self.port, timeout=60)
        began = time.monotonic()
        try:
            door.request(method, path, body, headers)
            answer = door.getresponse()
            answer.read()
            said = str(answer.status)
        except (OSError, http.client.HTTPException):
            said = "none"
        finally:
            door.close()
        with self.lock:
            self.times.append((time.monotonic() - began) * 1000)
            self.answers[said] += 1


def test_half_an_hour_of_work_neither_slows_nor_grows(tmp_path: Path, proofs: Path) -> None:
    tequio(tmp_path, "demo-fill", "--men", "120")
    hall = Hall(free_port(), json.loads(tequio(tmp_path, "bench-session").splitlines()[-1]))
    sizes: list[float] = []
    with site(tmp_path, hall.port) as supervisor:
        _get(hall.port, "/entrar/", "", patience=60)
        people = [threading.Thread(target=hall.work, args=(n,)) for n in range(USERS)]
        for person in people:
            person.start()
        end = time.monotonic() + MINUTES * 60
        time.sleep(min(WARM, MINUTES * 20))
        while time.monotonic() < end:
            sizes.append(megabytes(supervisor.pid))
            time.sleep(2)
        hall.stop.set()
        for person in people:
            person.join()
    hall.times.sort()
    p95, worst = hall.times[int(len(hall.times) * 0.95)], hall.times[-1]
    third = max(1, len(sizes) // 3)
    # The engine of the charts comes and goes: the least of each third is what stays.
    first, last = min(sizes[:third]), min(sizes[-third:])
    grown = 100 * (last - first) / first
    (proofs / "soak.md").write_text(
        "# Soak\n\n"
        f"{USERS} people at once for {MINUTES:.0f} minutes (the whole proof is 30) on one "
        f"{os.cpu_count()}-core machine, load of the machine at the end "
        f"{os.getloadavg()[1]:.1f}; seed {SEED}.\n\n"
        f"- answers: {', '.join(f'{k}: {n:,}' for k, n in sorted(hall.answers.items()))}\n"
        f"- time of an answer: 95 % within {p95:.0f} ms (promised: {PROMISED:.0f}), slowest "
        f"{worst:.0f} ms\n"
        f"- memory of all processes: {first:.0f} MB in the first third, {last:.0f} MB in the last "
        f"({grown:+.1f} %)\n\n"
        "Repeat: `./tequio test --deep -k soak`.\n",
        encoding="utf-8",
    )
    assert set(hall.answers) == {"200"}, hall.answers
    assert p95 <= PROMISED
    assert grown < 10
