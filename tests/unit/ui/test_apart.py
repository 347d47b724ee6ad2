"""Drawing and printing done by one process for all; here where there is none."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tequio.ui import apart
from tequio.ui.printing import FONTS

pytestmark = pytest.mark.skipif(not apart.possible(), reason="This system has no fork.")


@pytest.fixture
def workshop(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The process, as the supervisor starts it."""
    with TemporaryDirectory(prefix="tq-") as folder:  # short: a socket's address is
        address = str(Path(folder) / "apart")
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tequio.ui.apart", address], start_new_session=True
        )
        for _again in range(500):
            with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
                line.connect(address)
                break
            time.sleep(0.02)
        monkeypatch.setenv(apart.ADDRESS, address)
        try:
            yield address
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _spec() -> dict[str, object]:
    return {
        "spec": '{"mark": "point", "data": {"values": [{}]}}',
        "config": {},
        "fonts": str(FONTS),
    }


@pytest.mark.thorough
def test_what_is_drawn_apart_is_what_is_drawn_here(
    workshop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_there = apart.do("draw", **_spec())
    monkeypatch.delenv(apart.ADDRESS)
    assert from_there.startswith(b"<svg")
    assert from_there == apart.do("draw", **_spec())


def test_a_chart_that_cannot_be_drawn_says_why_and_the_next_one_is_drawn(workshop: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        apart.do("draw", spec="{", config={}, fonts=str(FONTS))
    assert apart.do("draw", **_spec()).startswith(b"<svg")


def test_a_process_that_does_not_answer_is_not_missed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(apart.ADDRESS, str(tmp_path / "nobody"))
    assert apart.do("draw", **_spec()).startswith(b"<svg")


@pytest.mark.thorough
def test_a_child_killed_in_the_middle_is_replaced(workshop: str) -> None:
    apart.do("draw", **_spec())
    with subprocess.Popen(["pgrep", "-f", workshop], stdout=subprocess.PIPE, text=True) as found:
        assert found.stdout is not None
        newest = max(int(line) for line in found.stdout.read().split())
    os.kill(newest, signal.SIGKILL)
    assert apart.do("draw", **_spec()).startswith(b"<svg")


@pytest.mark.thorough
def test_a_process_that_serves_pages_holds_addresses_and_no_engine() -> None:
    """Loaded once by mistake, the engines would be in every process again; what is only made at
    the first visit would be in each of them too."""
    code = (
        "import sys; from tequio.config import web; web.load(); "
        "from django.conf import settings; from django.urls import get_resolver; "
        "wrong = {'vl_convert', 'typst', 'xlsxwriter', 'holidays'} & set(sys.modules); "
        "wrong |= {code for code, _ in settings.LANGUAGES} - set(get_resolver()._reverse_dict); "
        "sys.exit(', '.join(wrong) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
