"""`./tequio bench community`: what the pages of the community cost at the server.

Everything runs on a database of its own, which goes afterwards.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from tequio.config import environment, say
from tequio.config.bench.tables import keep


def run(argv: Sequence[str]) -> int:
    """Measure in a process with a database of its own; `--write` keeps the table in the docs."""
    parser = argparse.ArgumentParser(prog="./tequio bench community")
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
        for words in (["migrate"], ["manage", "collectstatic", "--noinput"], ["bench-community"]):
            done = subprocess.run(
                [*command, *words], env=env, capture_output=True, text=True, check=False
            )
            if done.returncode:
                say.line(done.stderr[-2000:])
                return 1
    text = done.stdout[done.stdout.index("`./tequio") :]
    say.line(text)
    if chosen.write:
        keep("community", text)
    return 0
