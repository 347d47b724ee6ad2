"""The power is cut at random instants: what was acknowledged is on the disk.

A cut is a copy of the whole disk by reference, one instant of it, mounted anew. The numbers that
the writers were told are read before the copy, so all of them have to be found in it.
"""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.deep.disks import Machine, machine
from tests.deep.test_killed_under_load import Evening, site, tequio

from tequio.config.backups import snapshot

pytestmark = pytest.mark.deep

# A share of the whole for trying the harness: TEQUIO_PROOF_SHARE=0.02
SHARE = float(os.environ.get("TEQUIO_PROOF_SHARE", "1"))
CUTS, CONTROLS, SITE_CUTS = (max(3, round(n * SHARE)) for n in (200, 60, 100))
SEED, WRITERS, TELEPHONES = 20261121, 2, 6
# The site's own settings of SQLite; the control differs in one word.
WRITER = """
import sys
from tequio.config import boot
boot.install()
from tequio.config import databases
sqlite3 = sys.modules["sqlite3"]
path, who, told, sync = sys.argv[1:]
base = sqlite3.connect(path, isolation_level=None, timeout=60)
base.executescript(databases._SQLITE_PRAGMAS.replace("synchronous=FULL", f"synchronous={sync}"))
base.execute("CREATE TABLE IF NOT EXISTS paper (who TEXT, n INTEGER, words TEXT)")
log = open(told, "w", buffering=1)
n = 0
while True:
    n += 1
    base.execute("BEGIN IMMEDIATE")
    base.execute("INSERT INTO paper VALUES (?, ?, ?)", (who, n, "x" * 400))
    base.execute("COMMIT")
    log.write(f"{n}\\n")
"""


@dataclass(slots=True)
class Losses:
    """What was found after so many cuts."""

    cuts: int = 0
    with_loss: int = 0
    worst: int = 0
    torn: int = 0
    acknowledged: int = 0


def newest(told: Path) -> int:
    lines = told.read_text().split("\n") if told.exists() else []
    return int(lines[-2]) if len(lines) > 1 else 0


@contextmanager
def writers(base: Path, told: list[Path], sync: str) -> Iterator[None]:
    running = []
    try:
        for number, path in enumerate(told):
            words = [sys.executable, "-P", "-c", WRITER, str(base), str(number), str(path), sync]
            running.append(subprocess.Popen(words, env=dict(os.environ)))
            while not newest(path):  # the second finds the table that the first made
                time.sleep(0.05)
        yield
    finally:
        for one in running:
            one.kill()
            one.wait()


def bare(lab: Machine, folder: Path, sync: str, cuts: int) -> Losses:
    """Cut while two processes write rows and nothing else."""
    luck, seen = random.Random(SEED), Losses(cuts)
    base, told = lab.disk / f"{sync}.sqlite3", [folder / f"{sync} {n}" for n in range(WRITERS)]
    with writers(base, told, sync):
        for _turn in range(cuts):
            time.sleep(luck.uniform(0, 0.3))
            before = [newest(path) for path in told]
            with lab.cut() as found:
                copy = snapshot.connect(found / base.name)
                kept = dict(copy.execute("SELECT who, COUNT(*) FROM paper GROUP BY who").fetchall())
                seen.torn += copy.execute("PRAGMA integrity_check").fetchone() != ("ok",)
                copy.close()
            lost = sum(max(0, least - kept.get(str(n), 0)) for n, least in enumerate(before))
            seen.with_loss += lost > 0
            seen.worst = max(seen.worst, lost)
    seen.acknowledged = sum(newest(path) for path in told)
    base.unlink()
    return seen


def whole_site(lab: Machine) -> Losses:
    """Cut while telephones tap over HTTP on the site as it is served."""
    data, luck, seen = lab.disk / "data", random.Random(SEED), Losses(SITE_CUTS)
    tequio(data, "demo-fill", "--men", "44")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    evening = Evening(port, json.loads(tequio(data, "bench-session").splitlines()[-1]))
    with site(data, port):
        phones = [threading.Thread(target=evening.telephone, args=(n,)) for n in range(TELEPHONES)]
        for phone in phones:
            phone.start()
        try:
            deadline = time.monotonic() + 60
            while not evening.acknowledged:
                assert time.monotonic() < deadline, evening.answers
                time.sleep(0.1)
            for _turn in range(SITE_CUTS):
                time.sleep(luck.uniform(0, 0.3))
                with evening.lock:
                    before = set(evening.acknowledged)
                with lab.cut() as found:
                    copy = snapshot.connect(found / "data" / "tequio.sqlite3")
                    rows = copy.execute("SELECT id FROM circles_mark").fetchall()
                    seen.torn += copy.execute("PRAGMA integrity_check").fetchone() != ("ok",)
                    copy.close()
                lost = len(before - {str(uuid.UUID(row[0])) for row in rows})
                seen.with_loss += lost > 0
                seen.worst = max(seen.worst, lost)
        finally:
            evening.stop.set()
            for phone in phones:
                phone.join()
    seen.acknowledged = len(evening.acknowledged)
    return seen


def test_what_was_acknowledged_survives_a_power_cut(tmp_path: Path, proofs: Path) -> None:
    began = time.monotonic()
    with machine(tmp_path) as lab:
        full = bare(lab, tmp_path, "FULL", CUTS)
        control = bare(lab, tmp_path, "NORMAL", CONTROLS)
        served = whole_site(lab)
    rows = {
        "Two processes, FULL (as the site sets it)": full,
        "The site over HTTP, six telephones": served,
        "Control: the same two processes with NORMAL": control,
    }
    if SHARE == 1:
        (proofs / "power-cuts.md").write_text(
            "# Power cuts\n\n"
            "A cut is one instant of a whole disk (ext4), copied by reference on XFS, mounted "
            "anew and read. What was acknowledged was written down before the copy. Seed "
            f"{SEED}; {time.monotonic() - began:.0f} s.\n\n"
            "| what wrote | cuts | acknowledged in all | cuts with a loss | most lost in one | "
            "damaged |\n|---|---:|---:|---:|---:|---:|\n"
            + "".join(
                f"| {name} | {one.cuts} | {one.acknowledged:,} | {one.with_loss} | "
                f"{one.worst:,} | {one.torn} |\n"
                for name, one in rows.items()
            )
            + "\nThe control has to lose, or the cuts would prove nothing.\n\n"
            "What this does not prove: a disk that says it has written and has not (cheap "
            "memory sticks do), or one that tears a sector. What the computer handed to the "
            "disk counts as kept here.\n\n"
            "Repeat, as root: `./tequio test --deep -k power_cut` (needs xfsprogs).\n",
            encoding="utf-8",
        )
    assert (full.with_loss, full.torn, served.with_loss, served.torn) == (0, 0, 0, 0)
    assert control.with_loss > 0
    assert control.torn == 0
