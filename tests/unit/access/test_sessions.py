"""When a session is over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tequio.access.rules import sessions

MINUTE, HOUR = 60, 3600


def test_fifteen_idle_minutes_are_the_end() -> None:
    assert not sessions.is_over(began=0, seen=0, now=15 * MINUTE)
    assert sessions.is_over(began=0, seen=0, now=15 * MINUTE + 1)


def test_twelve_hours_are_the_end_however_busy() -> None:
    assert not sessions.is_over(began=0, seen=12 * HOUR, now=12 * HOUR)
    assert sessions.is_over(began=0, seen=12 * HOUR, now=12 * HOUR + 1)


def test_a_clock_set_back_by_an_hour_ends_the_session_instead_of_lengthening_it() -> None:
    assert sessions.is_over(began=0, seen=2 * HOUR, now=HOUR)


def test_a_clock_corrected_by_some_seconds_ends_nothing() -> None:
    assert not sessions.is_over(began=0, seen=1000, now=990)


@given(st.lists(st.integers(min_value=1, max_value=20 * MINUTE), max_size=60))
def test_noting_once_a_minute_never_lets_anybody_stay_longer_than_fifteen_minutes(
    pauses: list[int],
) -> None:
    now = seen = last_tap = 0
    for pause in pauses:
        now += pause
        if sessions.is_over(began=0, seen=seen, now=now):
            return
        assert now - last_tap <= sessions.IDLE
        last_tap = now
        if sessions.should_note(seen=seen, now=now):
            seen = now
