"""The calendar of a group: which days Mexico rests, and what a skipped week does."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.circles import calendar
from tequio.circles.calendar import Day, days_off, meetings

# Published dates of Easter Sunday (Astronomical Applications Department, US Naval Observatory).
EASTERS = {
    1818: (3, 22),  # the earliest
    1943: (4, 25),  # the latest
    2000: (4, 23),
    2008: (3, 23),
    2019: (4, 21),
    2024: (3, 31),
    2025: (4, 20),
    2026: (4, 5),
    2027: (3, 28),
    2038: (4, 25),
}


@pytest.mark.parametrize(("year", "day"), EASTERS.items())
def test_easter_falls_on_the_published_day(year: int, day: tuple[int, int]) -> None:
    assert calendar._easter(year) == date(year, *day)


@given(st.integers(1600, 4000))
def test_easter_is_a_sunday_of_march_or_april(year: int) -> None:
    easter = calendar._easter(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 2, 2),  # first Monday: the Constitution
        date(2026, 3, 16),  # third Monday: Juárez
        date(2026, 5, 1),
        date(2026, 9, 16),
        date(2026, 11, 16),  # third Monday: the Revolution
        date(2026, 12, 25),
    ],
)
def test_days_of_rest_by_law(day: date) -> None:
    assert day in days_off([2026], by_custom=False)


@pytest.mark.parametrize("day", [date(2026, 2, 5), date(2026, 3, 21), date(2026, 11, 20)])
def test_the_old_dates_are_working_days_where_the_law_moved_them_to_monday(day: date) -> None:
    assert day not in days_off([2026], by_custom=True)


def test_the_first_of_october_rests_only_where_a_president_takes_office() -> None:
    off = days_off(range(2023, 2032), by_custom=False)
    assert [day.year for day in off if (day.month, day.day) == (10, 1)] == [2024, 2030]


def test_days_of_custom_are_offered_and_never_imposed() -> None:
    custom = {
        date(2026, 4, 2),  # Jueves Santo
        date(2026, 4, 3),  # Viernes Santo
        date(2026, 5, 10),
        date(2026, 11, 2),
        date(2026, 12, 12),
        date(2026, 12, 24),
        date(2026, 12, 31),
    }
    assert not custom & set(days_off([2026], by_custom=False))
    assert custom <= set(days_off([2026], by_custom=True))


def test_another_country_has_its_own_days_and_no_mexican_customs() -> None:
    off = days_off([2026], by_custom=True, country="BR")
    assert date(2026, 9, 7) in off
    assert date(2026, 12, 12) not in off


def test_each_day_off_has_its_name() -> None:
    assert all(str(name) for name in days_off([2026], by_custom=True).values())


def test_a_skipped_week_keeps_the_number_of_sessions() -> None:
    first = date(2026, 11, 9)
    days = meetings(
        first=first, how_many=3, every_days=7, off=days_off([2026, 2027], by_custom=False)
    )
    assert [(day.on.day, bool(day.closed_for)) for day in days] == [
        (9, False),
        (16, True),  # the Revolution
        (23, False),
        (30, False),
    ]


def test_a_first_day_that_is_a_holiday_is_skipped_too() -> None:
    off = {date(2026, 12, 25): "Navidad"}
    days = meetings(first=date(2026, 12, 25), how_many=1, every_days=7, off=off)
    assert days == [Day(date(2026, 12, 25), "Navidad"), Day(date(2027, 1, 1))]


@given(
    first=st.dates(date(2001, 1, 1), date(2090, 1, 1)),
    how_many=st.integers(1, 60),
    by_custom=st.booleans(),
)
def test_every_programme_gets_all_its_meetings_on_its_weekday(
    first: date, how_many: int, by_custom: bool
) -> None:
    off = days_off(range(first.year, first.year + 3), by_custom=by_custom)
    days = meetings(first=first, how_many=how_many, every_days=7, off=off)
    held = [day.on for day in days if not day.closed_for]
    assert len(held) == how_many
    assert not set(held) & set(off)
    assert {day.on.weekday() for day in days} <= {first.weekday()}
    assert all(b.on - a.on == timedelta(weeks=1) for a, b in pairwise(days))
