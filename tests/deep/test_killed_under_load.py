"""Every process of the house is killed again and again while taps come in over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tequio.config import together
from tequio.config.backups import snapshot
from tequio.config.environment import ROOT

pytestmark = pytest.mark.deep

# A share of the whole for trying the harness: TEQUIO_PROOF_SHARE=0.02
SHARE = float(os.environ.get("TEQUIO_PROOF_SHARE", "1"))
CYCLES, LEAST, TELEPHONES = round(300 * SHARE) or 1, round(100_000 * SHARE), 6
SITE = """
import sys
from tequio.config import serving
serving.serve(int(sys.argv[1]), ready=print, processes=int(sys.argv[2]))
"""


class Evening:
    """What the telephones know: taps that were acknowledged, and the surprises."""

    def __init__(self, port: int, session: dict[str, object]) -> None:
        self.port, self.cookie, self.token = port, str(session["cookie"]), str(session["token"])
        self.taps: list[str] = list(session["taps"])  # type: ignore[call-overload]
        self.acknowledged: set[str] = set()
        self.answers: Counter[str] = Counter()
        self.stop = threading.Event()
        self.lock = threading.Lock()

    def telephone(self, number: int) -> None:
        """Tap without pause; a tap without an answer is sent again with its own number."""
        luck = random.Random(number)
        while not self.stop.is_set():
            mark = str(uuid.UUID(int=luck.getrandbits(128), version=4))
            path = luck.choice(self.taps).replace("UUID", mark)
            body = f"status={luck.choice(('present', 'late', 'absent', 'excused'))}"
            while not self.stop.is_set():
                answer = self._send(path, body)
                with self.lock:
                    self.answers[answer] += 1
                    if answer == "200":
                        self.acknowledged.add(mark)
                if answer not in {"none", "503"}:
                    break
                time.sleep(0.05)  # as a hand would; without it, asking keeps the site from rising

    def _send(self, path: str, body: str) -> str:
        headers = {
            "Cookie": self.cookie,
            "X-CSRFToken": self.token,
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        door = http.client.HTTPConnection("localhost", self.port, timeout=30)
        try:
            door.request("POST", path, body, headers)
            answer = door.getresponse()
            answer.read()
            return str(answer.status)
        except (OSError, http.client.HTTPException):
            return "none"
        finally:
            door.close()


def below(process: int) -> list[int]:
    """Every process that this one started, and those that they started."""
    found = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += [int(child), *below(int(child))]
        except OSError:
            continue
    return found


@contextmanager
def site(data: Path, port: int, processes: int = 2) -> Iterator[subprocess.Popen[bytes]]:
    """Serve as a laptop of an organisation does; a demonstration answers with one process."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", SITE, str(port), str(processes)],
        env=environment(data),
        cwd=ROOT,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def environment(data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "TEQUIO_MODE": "demo",
        "TEQUIO_DATA": str(data),
        "TEQUIO_DATABASE": "",
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "tequio.config.settings",
    }


def tequio(data: Path, *words: str) -> str:
    command = [sys.executable, "-P", "-m", "tequio", *words]
    return subprocess.run(
        command, env=environment(data), check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(tmp_path: Path, proofs: Path) -> None:
    tequio(tmp_path, "demo-fill", "--men", "44")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    evening = Evening(port, json.loads(tequio(tmp_path, "bench-session").splitlines()[-1]))
    luck = random.Random(20261121)
    killed: Counter[str] = Counter()
    began = time.monotonic()
    with site(tmp_path, port) as supervisor:
        phones = [threading.Thread(target=evening.telephone, args=(n,)) for n in range(TELEPHONES)]
        for phone in phones:
            phone.start()
        try:
            for turn in range(CYCLES):
                goal = LEAST * (turn + 1) // CYCLES
                deadline = time.monotonic() + 120
                while len(evening.acknowledged) < goal:
                    assert time.monotonic() < deadline, f"it did not come back: {evening.answers}"
                    time.sleep(0.02)
                victims = below(supervisor.pid)
                victim = luck.choice(victims)
                killed[_what(victim)] += 1
                os.kill(victim, signal.SIGKILL)
        finally:
            evening.stop.set()
            for phone in phones:
                phone.join()
    base = snapshot.connect(tmp_path / "tequio.sqlite3")
    kept = Counter(str(uuid.UUID(row[0])) for row in base.execute("SELECT id FROM circles_mark"))
    events = base.execute(
        "SELECT COUNT(*) FROM audit_event WHERE kind = 'attendance.mark'"
    ).fetchone()[0]
    sound = base.execute("PRAGMA integrity_check").fetchone()[0]
    base.close()
    lost = len(evening.acknowledged - set(kept))
    doubled = sum(count > 1 for count in kept.values())
    wrong = {code: n for code, n in evening.answers.items() if code not in {"200", "none"}}
    if SHARE == 1:
        (proofs / "killed-under-load.md").write_text(
            "# Killed under load\n\n"
            f"{CYCLES} times one process of the house was killed (SIGKILL) while {TELEPHONES} "
            f"telephones tapped over HTTP; {time.monotonic() - began:.0f} s.\n\n"
            + "".join(f"- {name}: killed {count} times\n" for name, count in sorted(killed.items()))
            + f"- acknowledged taps: {len(evening.acknowledged):,}\n"
            f"- taps sent again for want of an answer: {evening.answers['none']:,}\n"
            f"- acknowledged and lost: {lost}; doubled: {doubled}; other answers: {wrong}\n"
            f"- integrity: {sound}\n\nRepeat: `./tequio test --deep -k killed_under_load`.\n",
            encoding="utf-8",
        )
    assert (lost, doubled, sound, wrong) == (0, 0, "ok", {})
    assert len(evening.acknowledged) >= LEAST
    assert events >= len(evening.acknowledged)


def _what(process: int) -> str:
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
        name = Path(f"/proc/{process}/comm").read_text().strip()
    except OSError:
        return "gone"
    if "tequio.ui.apart" in words:
        return "drawing"
    if "worker" in words or name == together.WORK:
        return "worker"
    return "what both are forked from" if name != together.SITE else "web"
