"""The disk runs full at fifty points, and the site is restarted while it is full."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.deep.disks import small_disk
from tests.deep.test_killed_under_load import environment, tequio

from tequio.config import ballast
from tequio.config.backups import snapshot
from tequio.config.environment import ROOT

pytestmark = pytest.mark.deep

SHARE = float(os.environ.get("TEQUIO_PROOF_SHARE", "1"))
POINTS, RESTART_EVERY, SEED = max(3, round(50 * SHARE)), 5, 20261121
KIB = 1024
NOTICE = "No queda espacio en el disco"
# As `./tequio serve` does: the reserve is let go before anything opens the database.
SITE = """
import os, sys
from pathlib import Path
from tequio.config import ballast, serving
if sys.argv[2] == "settle":
    ballast.settle(Path(os.environ["TEQUIO_DATA"]))
serving.serve(int(sys.argv[1]), ready=lambda: None, processes=2)
"""


@dataclass(slots=True)
class Visitor:
    """Taps and reads, and remembers every answer that it did not expect."""

    port: int
    session: dict[str, object]
    luck: random.Random
    acknowledged: set[str] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        headers = {"Cookie": str(self.session["cookie"]), "X-CSRFToken": str(self.session["token"])}
        if method == "POST":
            headers |= {"HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}
        door = http.client.HTTPConnection("localhost", self.port, timeout=40)
        try:
            door.request(method, path, body, headers)
            answer = door.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            door.close()

    def tap(self) -> bool:
        """Tap once; tell whether it was kept."""
        mark = str(uuid.UUID(int=self.luck.getrandbits(128), version=4))
        taps: list[str] = self.session["taps"]  # type: ignore[assignment]
        status, page = self.ask("POST", self.luck.choice(taps).replace("UUID", mark), "status=late")
        self.answers[f"tap {status}"] += 1
        if status == 200:
            self.acknowledged.add(mark)
        elif status != 507 or NOTICE not in page:
            self.odd.append(f"tap {status}: {page[:200]}")
        return status == 200

    def read(self) -> None:
        pages: dict[str, str] = self.session["pages"]  # type: ignore[assignment]
        for path in (pages["Hoy"], pages["Una sesión"], pages["Una persona"]):
            status, page = self.ask("GET", path)
            self.answers[f"page {status}"] += 1
            if status != 200 and (status != 507 or NOTICE not in page):
                self.odd.append(f"GET {path} {status}: {page[:200]}")

    def until(self, wanted: bool, seconds: float) -> bool:
        """Tap until it is kept, or until it is refused; tell whether that came in time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.tap() is wanted:
                return True
        return False

    def opens(self, seconds: float) -> bool:
        """Wait until pages are answered at all."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.ask("GET", "/entrar/")[0]:
                return True
            time.sleep(0.2)
        return False


class Filler:
    """What somebody else's programme does to the disk."""

    def __init__(self, disk: Path) -> None:
        self.disk, self.count = disk, 0

    def leave(self, free: int) -> None:
        """Take all but so many bytes, whatever it takes."""
        for size in (16 * 1024 * KIB, 1024 * KIB, 64 * KIB, 4 * KIB):
            while self._free() - size >= free:
                self.count += 1
                try:
                    with (self.disk / f"filler {self.count}").open("wb") as file:
                        os.posix_fallocate(file.fileno(), 0, size)
                except OSError:
                    break

    def give_back(self) -> None:
        for path in self.disk.glob("filler *"):
            path.unlink()

    def _free(self) -> int:
        about = os.statvfs(self.disk)
        return about.f_bavail * about.f_frsize


@contextmanager
def site(data: Path, port: int, how: str) -> Iterator[None]:
    log = (data.parent.parent / "site.log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", SITE, str(port), how],
        env=environment(data),
        cwd=ROOT,
        stdout=log,
        stderr=log,
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=60)
        process.kill()
        log.close()


def test_a_full_disk_is_said_plainly_and_loses_nothing(tmp_path: Path, proofs: Path) -> None:
    luck, began = random.Random(SEED), time.monotonic()
    restarts: Counter[str] = Counter()
    with small_disk(tmp_path, 1024) as disk:
        data, filler = disk / "data", Filler(disk)
        tequio(data, "demo-fill", "--men", "44")
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        session = json.loads(tequio(data, "bench-session").splitlines()[-1])
        visitor = Visitor(port, session, luck)
        done = unrefused = unrecovered = 0
        while done < POINTS:
            ballast.settle(data)
            # Every fifth time it begins on a full disk: with the reserve, and without it.
            if done:
                filler.leave(0)
                if restarts.total() % 2:
                    (data / ballast.FILE).unlink(missing_ok=True)
                    filler.leave(0)
            how = "settle" if restarts.total() % 2 == 0 else "none"
            with site(data, port, how):
                assert visitor.opens(60)
                if done:
                    restarts["with the reserve" if how == "settle" else "without it"] += 1
                    visitor.read()
                    kept = visitor.tap()
                    if how == "settle" and not kept:
                        visitor.odd.append("the reserve did not help")
                    filler.give_back()
                    unrecovered += not visitor.until(True, 60)
                for _turn in range(min(RESTART_EVERY, POINTS - done)):
                    (data / ballast.FILE).unlink(missing_ok=True)
                    filler.leave(luck.randrange(0, 600 * KIB))
                    unrefused += not visitor.until(False, 60)
                    visitor.read()
                    done += 1
                    filler.give_back()
                    unrecovered += not visitor.until(True, 60)
                    visitor.read()
                if done < POINTS:
                    ballast.settle(data)
        base = snapshot.connect(data / "tequio.sqlite3")
        rows = base.execute("SELECT id FROM circles_mark").fetchall()
        sound = base.execute("PRAGMA integrity_check").fetchone()[0]
        base.close()
    lost = len(visitor.acknowledged - {str(uuid.UUID(row[0])) for row in rows})
    said = ", ".join(f"{name}: {n:,}" for name, n in sorted(visitor.answers.items()))
    if SHARE == 1:
        (proofs / "disk-full.md").write_text(
            "# Disk full\n\n"
            f"The site on a disk of 1 GB (ext4) which somebody else fills: {POINTS} times, to a "
            f"different byte each time, and {restarts.total()} starts on a full disk "
            f"({', '.join(f'{n} {name}' for name, n in sorted(restarts.items()))}). Seed {SEED}; "
            f"{time.monotonic() - began:.0f} s.\n\n"
            f"- answers: {said}; 507 is the page that says that the disk is full\n"
            f"- answers that were neither the page nor that notice: {len(visitor.odd)}\n"
            f"- points at which nothing was ever refused: {unrefused}\n"
            f"- times that it did not go on by itself once there was space: {unrecovered}\n"
            f"- acknowledged taps: {len(visitor.acknowledged):,}; lost: {lost}; "
            f"integrity: {sound}\n\n"
            "Repeat, as root: `./tequio test --deep -k disk_full`.\n",
            encoding="utf-8",
        )
    assert not visitor.odd, "\n".join(visitor.odd[:10])
    assert (lost, unrefused, unrecovered, sound) == (0, 0, 0, "ok")
