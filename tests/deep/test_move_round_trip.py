"""From SQLite to PostgreSQL, backed up there, and back again: the same rows on every side."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tequio.config import cluster, installation
from tequio.config.environment import ROOT

pytestmark = pytest.mark.deep


def tequio(data: Path, *words: str, mode: str = "production", database: str = "") -> str:
    env = {**os.environ, "TEQUIO_MODE": mode, "TEQUIO_DATA": str(data)}
    env.pop("TEQUIO_DATABASE", None)
    if database:
        env["TEQUIO_DATABASE"] = database
    env["PYTHONPATH"] = str(ROOT / "src")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "tequio", *words],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rows_told(words: str) -> int:
    return int(words.split("Se mudaron ")[1].split()[0])


def test_there_and_back_again(tmp_path: Path) -> None:
    data, safe, stick = (tmp_path / name for name in ("data", "safe", "stick"))
    safe.mkdir()
    stick.mkdir()
    tequio(data, "demo-fill", "--men", "20", mode="demo")
    installation.write(data, installation.Installation())
    with cluster.running() as address:
        server = address.rsplit("/", 1)[0]
        for name in ("tequio", "restored"):
            subprocess.run(
                ["psql", "-q", f"{server}/postgres", "-c", f"CREATE DATABASE {name}"], check=True
            )
        there = rows_told(tequio(data, "move", address))
        assert not (data / "tequio.sqlite3").exists()
        told = tequio(data, "keys", "--to", str(safe))
        phrase = next(line.strip() for line in told.splitlines() if line.startswith("    "))
        (tmp_path / "paper").write_text(phrase)
        assert "Respaldo completo" in tequio(data, "backup", "--to", str(stick))
        other = tmp_path / "another machine"
        told = tequio(
            other,
            "restore",
            *map(str, stick.glob("*.age")),
            f"--kit={next(safe.iterdir())}",
            f"--phrase-file={tmp_path / 'paper'}",
            database=f"{server}/restored",
        )
        assert "PostgreSQL" in told
        assert rows_told(tequio(other, "move", "sqlite")) == there
        back = rows_told(tequio(data, "move", "sqlite"))
    assert there == back > 300
    assert (data / "tequio.sqlite3").exists()
    assert len(list(data.glob("moved-away-*.sqlite3"))) == 1
