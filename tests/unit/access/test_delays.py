"""The delay grows, ends at a minute, and never becomes a lock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tequio.access.rules.delays import seconds_left, wait_after

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (1, 0), (2, 0), (3, 2), (4, 4), (5, 8), (6, 16), (7, 32), (8, 60), (500, 60)],
)
def test_three_failures_are_free_and_then_the_wait_doubles_up_to_a_minute(
    failures: int, seconds: int
) -> None:
    assert wait_after(failures) == timedelta(seconds=seconds)


def test_part_of_the_wait_has_already_passed() -> None:
    assert seconds_left(5, NOW - timedelta(seconds=5.5), NOW) == 3
    assert seconds_left(5, NOW - timedelta(seconds=8), NOW) == 0


def test_a_clock_that_was_set_back_locks_nobody_out() -> None:
    assert seconds_left(9, NOW + timedelta(hours=1), NOW) == 0


def test_a_request_that_a_neighbour_overtook_waits_all_the_same() -> None:
    assert seconds_left(3, NOW + timedelta(milliseconds=20), NOW) == 2
    assert seconds_left(1, NOW + timedelta(milliseconds=20), NOW) == 0
