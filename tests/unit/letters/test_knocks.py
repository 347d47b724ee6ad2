"""Waiting for who writes again and again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tequio.letters import knocking
from tequio.letters.lines import lines
from tequio.letters.rules import knocks

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def test_two_are_free_and_then_it_gets_slow_but_never_shut() -> None:
    assert [knocks.wait_after(n).seconds for n in range(8)] == [0, 0, 15, 30, 60, 120, 120, 120]


def test_a_clock_set_back_is_no_lock() -> None:
    assert knocks.seconds_left(9, NOW + timedelta(hours=3), NOW) == 0
    assert knocks.seconds_left(9, NOW, NOW) == 120


def test_what_is_remembered_is_no_address() -> None:
    knocking.forget()
    knocking.knock("203.0.113.7")
    assert "203.0.113.7" not in repr(knocking._here.known)
    assert "203" not in str([key.hex() for key in knocking._here.known if b"203" in key])
    knocking.forget()


def test_every_national_line_says_where_it_was_taken_from() -> None:
    assert all(line.source and line.telephone for line in lines())
    assert "911" in {line.telephone for line in lines()}
