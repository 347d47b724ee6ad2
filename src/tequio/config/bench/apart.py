"""Measurements that run in a process with a database of its own, which goes afterwards."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from tequio.config import environment, say
from tequio.config.bench.tables import keep


def measured(name: str, argv: Sequence[str], *before: Sequence[str]) -> int:
    """Run ``bench-NAME`` on a fresh database; `before` are commands after the migrations.

    `--write` keeps the table in the docs.
    """
    parser = argparse.ArgumentParser(prog=f"./tequio bench {name}")
    parser.add_argument("--write", action="store_true", help="guarda la tabla en docs")
    chosen = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="tequio-bench-") as folder:
        env = {
            **os.environ,
            "TEQUIO_MODE": "demo",
            "TEQUIO_DATA": folder,
            "TEQUIO_DATABASE": "",
            "PYTHONPATH": str(environment.ROOT / "src"),
        }
        command = [sys.executable, "-P", "-m", "tequio"]
        for words in (["migrate"], *before, [f"bench-{name}"]):
            done = subprocess.run(
                [*command, *words], env=env, capture_output=True, text=True, check=False
            )
            if done.returncode:
                say.line(done.stderr[-2000:])
                return 1
    text = done.stdout[done.stdout.index("`./tequio") :]
    say.line(text)
    if chosen.write:
        keep(name, text)
    return 0
