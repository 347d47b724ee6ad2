"""A hundred back-ups while two processes write without pause; each is restored and compared."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tequio.config import databases, installation
from tequio.config.backups import archive, kit, restoring, snapshot
from tequio.core import clock

pytestmark = pytest.mark.deep

ROUNDS, WRITERS = 100, 2
WRITER = """
import sys
from tequio.config import boot
boot.install()
sqlite3 = sys.modules["sqlite3"]
path, who, told = sys.argv[1:]
base = sqlite3.connect(path, isolation_level=None, timeout=60)
base.execute("PRAGMA synchronous=FULL")
log = open(told, "w", buffering=1)
n = 0
while True:
    n += 1
    base.execute("BEGIN IMMEDIATE")
    base.execute("INSERT INTO paper VALUES (?, ?, ?)", (who, n, "x" * 400))
    base.execute("INSERT INTO copy_of_paper VALUES (?, ?)", (who, n))
    base.execute("COMMIT")
    log.write(f"{n}\\n")
"""


def newest(told: Path) -> int:
    """The last number that a writer was told is safe; half a line does not count."""
    lines = told.read_text().split("\n") if told.exists() else []
    return int(lines[-2]) if len(lines) > 1 else 0


def test_every_back_up_holds_all_that_was_acknowledged_before_it_began(
    tmp_path: Path, proofs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit, "_COST", {"time": 1, "memory_kib": 64, "lanes": 1})
    data, safe, stick = (tmp_path / name for name in ("data", "safe", "stick"))
    for folder in (data, safe, stick):
        folder.mkdir(mode=0o700)
    installation.write(data, installation.Installation())
    base = snapshot.connect(data / "tequio.sqlite3")
    for line in (
        "PRAGMA journal_mode=WAL",
        "CREATE TABLE paper (who TEXT, n INTEGER, words TEXT, PRIMARY KEY (who, n))",
        "CREATE TABLE copy_of_paper (who TEXT, n INTEGER)",
        "CREATE TABLE django_session (session_key TEXT)",
    ):
        base.execute(line)
    base.close()
    opened = kit.open_with(*kit.make(data, safe))
    told = [tmp_path / f"told {n}" for n in range(WRITERS)]
    writers = [
        subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-c",
                WRITER,
                str(data / "tequio.sqlite3"),
                str(n),
                str(told[n]),
            ],
            env=dict(os.environ),
        )
        for n in range(WRITERS)
    ]
    lost = torn = 0
    slowest = 0.0
    try:
        while not all(newest(path) for path in told):
            time.sleep(0.05)
        for turn in range(ROUNDS):
            before = [newest(path) for path in told]
            began = time.monotonic()
            with clock.at(clock.now() + timedelta(seconds=turn)):
                made = archive.make(data, databases.sqlite(data / "tequio.sqlite3"), stick)
            slowest = max(slowest, time.monotonic() - began)
            restored = tmp_path / "restored"
            restoring.restore(made, opened, restored)
            made.unlink()
            base = snapshot.connect(restored / "tequio.sqlite3")
            counts = dict(base.execute("SELECT who, MAX(n) FROM paper GROUP BY who").fetchall())
            whole = base.execute("SELECT COUNT(*) FROM paper").fetchone()
            twin = base.execute("SELECT COUNT(*) FROM copy_of_paper").fetchone()
            base.close()
            lost += sum(counts.get(str(n), 0) < least for n, least in enumerate(before))
            torn += whole != twin or whole[0] != sum(counts.values())
            _clear(restored)
        still = [writer.poll() for writer in writers]
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    written = sum(newest(path) for path in told)
    (proofs / "backup-under-load.md").write_text(
        "# Back-ups under load\n\n"
        f"{WRITERS} processes wrote without pause (WAL, FULL): {written:,} acknowledged "
        f"transactions. {ROUNDS} back-ups were made meanwhile, encrypted, restored and read.\n\n"
        f"- back-ups that lacked something acknowledged before they began: {lost}\n"
        f"- back-ups with half a transaction: {torn}\n"
        f"- writers that were refused: {sum(code is not None for code in still)}\n"
        f"- slowest back-up: {slowest:.1f} s\n\n"
        "Repeat: `./tequio test --deep -k backup_under_load`.\n",
        encoding="utf-8",
    )
    assert (lost, torn, still) == (0, 0, [None] * WRITERS)
    assert written > ROUNDS * 10


def test_a_plain_copy_of_the_file_is_not_a_back_up(tmp_path: Path) -> None:
    """The control: copying the main file alone misses what still lies in the log."""
    source, careless = tmp_path / "a.sqlite3", tmp_path / "b.sqlite3"
    base = snapshot.connect(source)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("CREATE TABLE paper (n INTEGER)")
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.execute("INSERT INTO paper VALUES (1)")
    careless.write_bytes(source.read_bytes())
    copy = snapshot.connect(careless)
    assert copy.execute("SELECT COUNT(*) FROM paper").fetchone() == (0,)
    copy.close()
    base.close()


def _clear(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()
