"""Waiting for who writes again and again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tequio.core import clock
from tequio.letters import knocking
from tequio.letters.lines import lines
from tequio.letters.rules import knocks

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def test_two_are_free_and_then_it_gets_slow_but_never_shut() -> None:
    assert [knocks.wait_after(n).seconds for n in range(8)] == [0, 0, 15, 30, 60, 120, 120, 120]


def test_a_clock_set_back_is_no_lock() -> None:
    long = knocks.wait_after(9)
    assert knocks.seconds_left(long, NOW + timedelta(hours=3), NOW) == 0
    assert knocks.seconds_left(long, NOW, NOW) == 120


def test_how_many_are_free_is_drawn_anew_within_its_bounds() -> None:
    """A number that stands fast could be counted back: who shares her address would know."""
    least, most = knocks.FREE_CALLS
    free = []
    for hour in range(500):
        knocking.forget()
        with clock.at(NOW + timedelta(hours=hour)):
            asked = 0
            while not knocking.knock("203.0.113.7", free=knocks.FREE_CALLS):
                asked += 1
        free.append(asked)
    knocking.forget()
    assert (min(free), max(free)) == (least, most)
    assert max(free.count(n) for n in free) < 80


def test_very_many_together_wait_a_little_and_nobody_knows_after_how_many() -> None:
    found = set()
    for hour in range(30):
        knocking.forget()
        with clock.at(NOW + timedelta(hours=hour)):
            asked = 0
            while not knocking.knock(f"203.0.113.{asked}"):
                asked += 1
        found.add(asked)
    knocking.forget()
    assert len(found) > 5
    assert knocks.FREE_OF_ALL[0] <= min(found) <= max(found) <= knocks.FREE_OF_ALL[1]


def test_what_is_remembered_is_no_address() -> None:
    knocking.forget()
    knocking.knock("203.0.113.7")
    assert "203.0.113.7" not in repr(knocking._here.known)
    assert "203" not in str([key.hex() for key in knocking._here.known if b"203" in key])
    knocking.forget()


def test_every_national_line_says_where_it_was_taken_from() -> None:
    assert all(line.source and line.telephone for line in lines())
    assert "911" in {line.telephone for line in lines()}
