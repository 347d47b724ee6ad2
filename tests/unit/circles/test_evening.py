"""Whose turn it is, what a device's clock may say, and how long a room's sign-in lasts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.circles.rules.evening import (
    Act,
    Round,
    device_time,
    hours,
    next_turn,
    read_letters,
    round_from,
    stored,
)

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("circle", "after", "wanted"),
    [
        ([("a", False), ("b", False)], None, "a"),
        ([("a", True), ("b", False)], "a", "b"),
        ([("a", False), ("b", True), ("c", True)], "c", "a"),
        ([("a", True), ("b", True)], "a", None),
        ([], None, None),
        ([("a", False)], "gone", "a"),
    ],
)
def test_the_turn_goes_round(
    circle: list[tuple[str, bool]], after: str | None, wanted: str | None
) -> None:
    assert next_turn(circle, after) == wanted


@given(st.lists(st.booleans(), min_size=1, max_size=14), st.integers(0, 13))
def test_everybody_gets_his_turn_and_nobody_two(answered: list[bool], start: int) -> None:
    circle = list(enumerate(answered))
    spoke: list[int] = []
    last: int | None = start % len(circle)
    while (man := next_turn(circle, last)) is not None:
        spoke.append(man)
        circle[man] = (man, True)
        last = man
    assert sorted(spoke) == [n for n, done in enumerate(answered) if not done]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2026-11-21T01:55:00+00:00", -5),
        ("2026-11-20T20:05:00-06:00", 5),
        ("2026-11-21T02:30:00+00:00", 0),  # a clock that is ahead
        ("2025-11-21T02:00:00+00:00", 0),  # a clock of last year
        ("2026-11-21T01:55:00", 0),  # nobody knows of which place
        ("ayer", 0),
        ("", 0),
    ],
)
def test_an_unlikely_clock_is_not_believed(text: str, minutes: int) -> None:
    assert device_time(text, now=NOW) == NOW + timedelta(minutes=minutes)


def test_the_hours_of_a_room_begin_before_and_end_after() -> None:
    found = hours(NOW, 90)
    assert found.hold(NOW - timedelta(minutes=60)) and found.hold(NOW + timedelta(minutes=120))
    assert not found.hold(NOW - timedelta(minutes=61))
    assert not found.hold(NOW + timedelta(minutes=121))


def test_what_is_stored_is_read_back_and_an_act_counts_once() -> None:
    said = Round("yes").with_act(Act("physical", "partner")).with_act(Act("physical", "partner"))
    assert round_from(stored(said)) == said and len(said.acts) == 1
    assert Round("yes").waits and not said.waits and not Round("no").waits


def test_letters_are_read_and_never_guessed() -> None:
    assert read_letters("P", "n").status == "present"
    assert read_letters("j", "").status == read_letters("A", "").status == "excused"
    assert read_letters("q", "z").wrong == ("q", "z")
