"""Two organisations through pgbouncer in transaction mode: no answer shows the other house."""

from __future__ import annotations

import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pytest
from tests.deep.pg_evening import free_port, site, tequio
from tests.deep.postgres import bouncer, server
from tests.deep.test_killed_under_load import environment

pytestmark = pytest.mark.deep

# A share of the whole for trying the harness: TEQUIO_PROOF_SHARE=0.02
SHARE = float(os.environ.get("TEQUIO_PROOF_SHARE", "1"))
REQUESTS, VISITORS, LINES, SEED = max(400, round(100_000 * SHARE)), 8, 2, 20261121
TENANTS = Path(__file__).with_name("tenants.py")


@dataclass(slots=True)
class House:
    """What one organisation's visitors know, and what they were shown."""

    name: str
    cookie: str
    token: str
    pages: dict[str, str]
    taps: list[str]
    marks: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Hall:
    """All visitors: they stop when enough was asked."""

    port: int
    houses: list[House]
    answers: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    mixed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def visit(self, number: int) -> None:
        """Half of the visitors belong to each house; more than half of the requests are taps."""
        luck = random.Random(SEED + number)
        own = self.houses[number % 2]
        other = self.houses[1 - number % 2]
        door = http.client.HTTPConnection("localhost", self.port, timeout=60)
        while self.asked < REQUESTS:
            tap = luck.random() < 0.6
            mark = str(uuid.UUID(int=luck.getrandbits(128), version=4))
            path = luck.choice(own.taps).replace("UUID", mark) if tap else self._page(own, luck)
            headers = {"Cookie": own.cookie, "X-CSRFToken": own.token}
            if tap:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                headers["HX-Request"] = "true"
            try:
                door.request("POST" if tap else "GET", path, "status=late" if tap else "", headers)
                answer = door.getresponse()
                page = unescape(answer.read().decode())
            except (OSError, http.client.HTTPException):
                door.close()
                continue
            with self.lock:
                self.asked += 1
                self.answers[f"{'tap' if tap else 'page'} {answer.status}"] += 1
                if tap and answer.status == 200:
                    own.marks.add(mark)
                if other.name in page or not (tap or own.name in page):
                    self.mixed.append(f"{own.name} asked {path} and saw {page[:200]}")
        door.close()

    @staticmethod
    def _page(own: House, luck: random.Random) -> str:
        return own.pages[luck.choice(("Hoy", "Grupos", "Un grupo", "Una sesión", "Personas"))]


def tenants(data: Path, address: str, *words: str) -> str:
    env = {**environment(data), "TEQUIO_DATABASE": address}
    command = [sys.executable, "-P", str(TENANTS), *words]
    return subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def test_no_answer_belongs_to_the_other_house(tmp_path: Path, proofs: Path) -> None:
    began = time.monotonic()
    # Whose answer is whose has nothing to do with the disk: it need not wait for it.
    with server("-c fsync=off") as database, bouncer(database, LINES) as address:
        tequio(tmp_path, database.address, "demo-fill", "--men", "44")
        told = json.loads(tenants(tmp_path, address, "found"))
        houses = [House(one.pop("house"), **one) for one in told]
        assert len({house.name for house in houses}) == 2
        hall = Hall(free_port(), houses)
        with site(tmp_path, address, hall.port):
            _wait(hall.port)
            visitors = [threading.Thread(target=hall.visit, args=(n,)) for n in range(VISITORS)]
            for visitor in visitors:
                visitor.start()
            for visitor in visitors:
                visitor.join()
        lies = json.loads(tenants(tmp_path, address, "marks"))
    strayed = sum(lies.get(mark) != house.name for house in houses for mark in house.marks)
    said = ", ".join(f"{name}: {n:,}" for name, n in sorted(hall.answers.items()))
    if SHARE >= 0.1:
        (proofs / "two-tenants.md").write_text(
            "# Two organisations through pgbouncer\n\n"
            f"pgbouncer in transaction mode with {LINES} lines to PostgreSQL for all processes; "
            f"{VISITORS} visitors of two organisations at once over HTTP; {hall.asked:,} requests "
            f"(the whole proof is 100,000; this was a share of {SHARE:g}), seed {SEED}; "
            f"{time.monotonic() - began:.0f} s.\n\n"
            f"- answers: {said}\n"
            f"- answers that named the other organisation, or not one's own: {len(hall.mixed)}\n"
            f"- acknowledged taps: {sum(len(house.marks) for house in houses):,}; kept in another "
            f"organisation or not at all: {strayed}\n\n"
            "Repeat: `./tequio test --deep -k two_tenants` (needs pgbouncer).\n",
            encoding="utf-8",
        )
    assert not hall.mixed, hall.mixed[:5]
    assert strayed == 0
    assert not [code for code in hall.answers if not code.endswith("200")], said


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with closing(http.client.HTTPConnection("localhost", port, timeout=5)) as door:
                door.request("GET", "/entrar/")
                door.getresponse().read()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
    raise TimeoutError("The site did not open.")
