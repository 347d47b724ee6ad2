"""The site and the background work, forked from one process: who ends, who comes back."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tequio.config import together
from tequio.config.environment import ROOT

pytestmark = pytest.mark.skipif(not together.possible(), reason="needs a system that forks")

SCRIPT = """
import sys, time
from pathlib import Path
from tequio.config import together
folder = Path(sys.argv[1])

def said(name):
    with (folder / name).open("a") as file:
        file.write("x")

def site():
    said("site")
    while not (folder / "site-ends").exists():
        time.sleep(0.02)
    return 3

def work():
    said("work")
    time.sleep(0 if len((folder / "work").read_text()) < 2 else 60)
    return 0

sys.exit(together.run(site, work))
"""


def begun(folder: Path) -> subprocess.Popen[bytes]:
    env = {"PYTHONPATH": str(ROOT / "src")}
    pair = subprocess.Popen([sys.executable, "-P", "-c", SCRIPT, str(folder)], env=env)
    wait_for(folder / "site", 1)
    return pair


def wait_for(file: Path, times: int) -> None:
    deadline = time.monotonic() + 30
    while not file.exists() or len(file.read_text()) < times:
        assert time.monotonic() < deadline, f"{file.name} did not begin {times} times"
        time.sleep(0.02)


def test_work_that_ends_begins_again_and_the_site_does_not(tmp_path: Path) -> None:
    pair = begun(tmp_path)
    wait_for(tmp_path / "work", 2)
    pair.send_signal(signal.SIGTERM)
    assert pair.wait(timeout=30) == signal.SIGTERM  # the site's own code: it was ended by a signal
    assert (tmp_path / "site").read_text() == "x"
    assert (tmp_path / "work").read_text() == "xx"


def test_without_the_site_nothing_goes_on(tmp_path: Path) -> None:
    pair = begun(tmp_path)
    wait_for(tmp_path / "work", 2)
    (tmp_path / "site-ends").touch()
    assert pair.wait(timeout=30) == 3
