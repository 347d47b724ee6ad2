"""The site and the background work, forked from one process: who ends, who comes back, and when."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tequio.config import together
from tequio.config.environment import ROOT

pytestmark = pytest.mark.skipif(not together.possible(), reason="needs a system that forks")

SCRIPT = """
import os, signal, sys, time
from pathlib import Path
from tequio.config import together
from tequio.jobs import bell
folder = Path(sys.argv[1])

def there(name):
    return (folder / name).exists()

def said(name):
    with (folder / name).open("a") as file:
        file.write("x")

def site():
    said("site")
    while not there("site-ends"):
        if there("rings"):
            (folder / "rings").unlink()
            bell.ring()
        time.sleep(0.02)
    return 3

def work():
    said("work")
    if there("breaks"):
        (folder / "breaks").unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    while there("goes-on"):
        time.sleep(0.02)
    return 0

class Round:
    def undo(self):
        said("undone")

class Clock:
    def due(self):
        return there("due")
    def begin(self):
        (folder / "due").unlink(missing_ok=True)
        said("begun")
        return Round()

sys.exit(together.run(site, work, Clock()))
"""

Say = Callable[[str], None]


@pytest.fixture
def say(tmp_path: Path) -> Say:
    return lambda name: (tmp_path / name).touch()


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


def ended(pair: subprocess.Popen[bytes]) -> int:
    pair.send_signal(signal.SIGTERM)
    return pair.wait(timeout=30)


def test_what_waits_is_done_at_the_start_and_then_nobody_works(tmp_path: Path) -> None:
    pair = begun(tmp_path)
    wait_for(tmp_path / "work", 1)
    time.sleep(1)
    assert ended(pair) == signal.SIGTERM  # the site's own code: it was ended by a signal
    assert (tmp_path / "site").read_text() == "x"
    assert (tmp_path / "work").read_text() == "x"


def test_the_bell_calls_the_work(tmp_path: Path, say: Say) -> None:
    pair = begun(tmp_path)
    wait_for(tmp_path / "work", 1)
    say("rings")
    wait_for(tmp_path / "work", 2)
    ended(pair)


def test_a_bell_that_rang_while_somebody_worked_is_not_forgotten(tmp_path: Path, say: Say) -> None:
    say("goes-on")
    pair = begun(tmp_path)
    wait_for(tmp_path / "work", 1)
    say("rings")
    while (tmp_path / "rings").exists():
        time.sleep(0.02)
    time.sleep(0.2)
    assert (tmp_path / "work").read_text() == "x"  # never two at once
    (tmp_path / "goes-on").unlink()
    wait_for(tmp_path / "work", 2)
    ended(pair)


@pytest.mark.thorough
def test_the_clock_calls_the_work(tmp_path: Path, say: Say) -> None:
    pair = begun(tmp_path)
    wait_for(tmp_path / "begun", 1)
    say("due")
    wait_for(tmp_path / "work", 2)
    ended(pair)


def test_work_that_broke_is_due_again_and_the_site_goes_on(tmp_path: Path, say: Say) -> None:
    say("breaks")
    pair = begun(tmp_path)
    wait_for(tmp_path / "work", 2)
    ended(pair)
    assert (tmp_path / "undone").read_text() == "x"
    assert (tmp_path / "site").read_text() == "x"


def test_without_the_site_nothing_goes_on(tmp_path: Path, say: Say) -> None:
    say("goes-on")
    pair = begun(tmp_path)
    wait_for(tmp_path / "work", 1)
    say("site-ends")
    assert pair.wait(timeout=30) == 3
