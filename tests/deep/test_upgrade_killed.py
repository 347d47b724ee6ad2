"""Fifty upgrades killed at a random instant: the data are as before or as after, never between."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tequio.config import installation
from tequio.config.backups import snapshot
from tequio.config.environment import ROOT

pytestmark = pytest.mark.deep

# A share of the whole for trying the harness: TEQUIO_PROOF_SHARE=0.1
SHARE = float(os.environ.get("TEQUIO_PROOF_SHARE", "1"))
KILLS = max(3, round(50 * SHARE))
# The last migrations of these rooms are taken back, so that the upgrade has work on tables that
# hold rows beside them.
BEHIND = ("jobs",)


def tequio(data: Path, *words: str, mode: str = "production") -> subprocess.Popen[str]:
    env = {
        **os.environ,
        "TEQUIO_MODE": mode,
        "TEQUIO_DATA": str(data),
        "TEQUIO_DATABASE": "",
        "PYTHONPATH": str(ROOT / "src"),
    }
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "tequio", *words],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def done(data: Path, *words: str, mode: str = "production") -> str:
    process = tequio(data, *words, mode=mode)
    told = process.communicate(timeout=300)[0]
    assert process.returncode == 0, told
    return told


def fingerprint(path: Path) -> str:
    """A digest of every table, its shape and its rows, but the list of migrations' moments."""
    base = snapshot.connect(path)
    digest = hashlib.sha256()
    tables = base.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    for name, sql in tables:
        digest.update(f"{name}|{sql}".encode())
        if sql and sql.startswith("CREATE TABLE") and name != "django_migrations":
            for row in sorted(map(repr, base.execute(f'SELECT * FROM "{name}"'))):
                digest.update(row.encode())
    for row in base.execute("SELECT app, name FROM django_migrations ORDER BY app, name"):
        digest.update(repr(row).encode())
    base.close()
    return digest.hexdigest()


def test_a_killed_upgrade_never_leaves_half_of_it(tmp_path: Path, proofs: Path) -> None:
    origin = tmp_path / "origin"
    done(origin, "demo-fill", "--men", "20", mode="demo")
    (origin / "demonstration.json").unlink(missing_ok=True)
    installation.write(origin, installation.Installation())
    for room in BEHIND:
        done(origin, "manage", "migrate", room, "zero")
    before = fingerprint(origin / "tequio.sqlite3")
    began = time.monotonic()
    after_folder = tmp_path / "after"
    shutil.copytree(origin, after_folder)
    done(after_folder, "upgrade")
    takes = time.monotonic() - began
    after = fingerprint(after_folder / "tequio.sqlite3")
    assert before != after

    luck = random.Random(20261121)
    seen: Counter[str] = Counter()
    for turn in range(KILLS):
        data = tmp_path / "data"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(origin, data)
        process = tequio(data, "upgrade")
        if turn % 2:  # half of them while it changes the database, wherever in it
            while process.poll() is None and not (data / "upgrade.json").exists():
                time.sleep(0.01)
            time.sleep(luck.uniform(0, 0.3) * takes)
        else:
            time.sleep(luck.uniform(0.3, 1.0) * takes)
        process.kill()
        process.communicate()
        marked = (data / "upgrade.json").exists()
        told = done(data, "upgrade")
        seen["cut while it changed the database" if marked else "cut before or after"] += 1
        assert ("se regresó" in told) is marked
        assert fingerprint(data / "tequio.sqlite3") == after
        assert not (data / "upgrade.json").exists()
        assert not (data / "before-upgrade").exists()
    if SHARE == 1:
        (proofs / "upgrade-killed.md").write_text(
            "# Upgrades killed\n\n"
            f"{KILLS} times `./tequio upgrade` was killed (SIGKILL) at a random instant and "
            f"started again; {time.monotonic() - began:.0f} s.\n\n"
            + "".join(f"- {name}: {count}\n" for name, count in sorted(seen.items()))
            + "- data that were neither as before nor as after: 0\n\n"
            "Repeat: `./tequio test --deep -k upgrade_killed`.\n",
            encoding="utf-8",
        )
    assert seen["cut while it changed the database"] > 0
