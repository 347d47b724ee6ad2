"""The one place that asks the time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tequio.core import clock

NINE_IN_THE_EVENING = datetime(2026, 11, 20, 21, 0, tzinfo=timezone(timedelta(hours=-6)))


def test_it_is_always_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)
    with clock.at(NINE_IN_THE_EVENING):
        assert clock.now() == NINE_IN_THE_EVENING
        assert clock.now().tzinfo is UTC


def test_today_is_the_day_of_the_place_and_not_of_utc() -> None:
    with clock.at(NINE_IN_THE_EVENING):
        assert clock.today("America/Mexico_City") == date(2026, 11, 20)
        assert clock.today("UTC") == date(2026, 11, 21)


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2026, 1, 1)):
        pass


def test_held_moments_nest_and_let_go_even_after_an_error() -> None:
    later = NINE_IN_THE_EVENING + timedelta(days=1)
    with clock.at(NINE_IN_THE_EVENING):
        with pytest.raises(KeyError), clock.at(later):
            raise KeyError
        assert clock.now() == NINE_IN_THE_EVENING
    assert clock.now() != NINE_IN_THE_EVENING


def test_a_clock_that_was_set_goes_on_and_one_that_is_held_does_not() -> None:
    noon = datetime(2026, 11, 20, 18, tzinfo=UTC)
    with clock.going_from(noon):
        first = clock.now()
        while clock.now() == first:
            continue  # until the next microsecond
        assert noon <= first < clock.now() < noon + timedelta(minutes=1)
        with clock.at(noon):
            assert clock.now() == clock.now() == noon
        assert clock.now() > first
