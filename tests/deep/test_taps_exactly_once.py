"""Thousands of taps from several processes at once, many sent twice: each counts once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tequio.config.environment import ROOT

pytestmark = pytest.mark.deep

PROCESSES, TAPS = 4, 1500
WORKER = Path(__file__).with_name("tapping.py")


def run(folder: Path, *words: str) -> str:
    env = {
        **os.environ,
        "TEQUIO_MODE": "demo",
        "TEQUIO_DATA": str(folder),
        "TEQUIO_DATABASE": "",
        "PYTHONPATH": str(ROOT / "src"),
    }
    done = subprocess.run(
        [sys.executable, *words], env=env, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def test_every_acknowledged_tap_is_there_and_none_twice(tmp_path: Path, proofs: Path) -> None:
    run(tmp_path, "-m", "tequio", "demo-fill", "--men", "44")
    env = {
        **os.environ,
        "TEQUIO_MODE": "demo",
        "TEQUIO_DATA": str(tmp_path),
        "TEQUIO_DATABASE": "",
        "PYTHONPATH": str(ROOT / "src"),
    }
    processes = [
        subprocess.Popen(
            [sys.executable, str(WORKER), "tap", str(n), str(TAPS)],
            env=env,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(PROCESSES)
    ]
    told = [json.loads(process.communicate(timeout=900)[0]) for process in processes]
    kept = json.loads(run(tmp_path, str(WORKER), "count"))

    sent = sum(one["sent"] for one in told)
    acknowledged = {number for one in told for number in one["acknowledged"]}
    (proofs / "taps-exactly-once.md").write_text(
        "# Taps, exactly once\n\n"
        f"{PROCESSES} processes on one SQLite file (WAL, FULL, IMMEDIATE), {sent:,} taps sent, "
        f"{sent - len(acknowledged):,} of them repeats of a number already sent, by the same "
        f"process or by another.\n\n"
        f"- acknowledged numbers: {len(acknowledged):,}\n"
        f"- numbers kept: {kept['marks']:,}; audit rows of taps: {kept['events']:,}\n"
        f"- acknowledged and lost: {len(acknowledged - set(kept['numbers']))}\n"
        f"- men marked twice in one session: {kept['doubled']}\n",
        encoding="utf-8",
    )

    assert sent > len(acknowledged)
    assert acknowledged == set(kept["numbers"])
    assert kept["marks"] == kept["events"] == len(acknowledged)
    assert kept["doubled"] == 0
