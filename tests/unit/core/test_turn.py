"""Whoever waits to write gets the turn as soon as it is free, and never waits for ever."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from tequio.core.sqlite.base import Turn

pytest.importorskip("fcntl", reason="Sin cerraduras de archivo en este sistema: nadie hace fila.")


def held_by_nobody(path: Path) -> bool:
    probe = Turn(str(path))
    began = time.monotonic()
    probe.take(0.05)
    waited = time.monotonic() - began
    probe.close()
    return waited < 0.05


def test_a_second_writer_waits_until_the_first_gives_the_turn_back(tmp_path: Path) -> None:
    path, order = tmp_path / "turn", list[str]()
    first, second = Turn(str(path)), Turn(str(path))
    first.take(1)

    def later() -> None:
        second.take(5)
        order.append("second")

    waiting = threading.Thread(target=later)
    waiting.start()
    time.sleep(0.05)
    order.append("first")
    first.give()
    waiting.join(2)
    assert order == ["first", "second"]
    second.close()
    first.close()


def test_patience_ends_and_sqlite_then_decides(tmp_path: Path) -> None:
    first, second = Turn(str(tmp_path / "turn")), Turn(str(tmp_path / "turn"))
    first.take(1)
    second.take(0.02)  # Returns: it may go on, and SQLite's own lock will tell.
    first.close()
    second.close()


def test_closing_gives_the_turn_back(tmp_path: Path) -> None:
    path = tmp_path / "turn"
    first = Turn(str(path))
    first.take(1)
    assert not held_by_nobody(path)
    first.close()
    assert held_by_nobody(path)


def test_giving_back_what_was_never_taken_is_harmless(tmp_path: Path) -> None:
    turn = Turn(str(tmp_path / "turn"))
    turn.give()
    turn.close()
