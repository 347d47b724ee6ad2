"""Pure decisions about who is expected, what may be marked and how it is counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.circles import rules

TODAY = date(2026, 11, 20)
STATUSES = st.sampled_from(["present", "late", "absent", "excused"])


@pytest.mark.parametrize(
    ("days", "state", "open_"),
    [
        (-1, "planned", True),
        (0, "planned", True),
        (1, "planned", False),
        (1, "held", True),
        (-1, "not_held", False),
        (0, "not_held", False),
    ],
)
def test_attendance_is_taken_from_its_day_on_and_never_where_there_was_no_meeting(
    days: int, state: str, open_: bool
) -> None:
    day = TODAY + timedelta(days=days)
    assert rules.may_be_marked(planned_on=day, today=TODAY, state=state) is open_


def test_a_meeting_without_a_date_may_be_marked() -> None:
    assert rules.may_be_marked(planned_on=None, today=TODAY, state="planned")


@pytest.mark.parametrize(
    ("position", "joined", "ended", "expected"),
    [
        (1, 1, None, True),
        (2, 3, None, False),
        (3, 3, None, True),
        (4, 1, 4, True),
        (5, 1, 4, False),
        (1, 1, 0, False),
    ],
)
def test_a_man_is_expected_from_his_entry_to_his_leaving_both_included(
    position: int, joined: int, ended: int | None, expected: bool
) -> None:
    assert rules.expected_at(position, joined_at=joined, ended_at=ended) is expected


@given(st.lists(STATUSES, max_size=30), st.integers(0, 10))
def test_the_counts_add_up_to_those_expected(statuses: list[str], more: int) -> None:
    counts = rules.count(statuses, expected=len(statuses) + more)
    parts = (counts.came, counts.absent, counts.excused, counts.unrecorded)
    assert sum(parts) == counts.expected
    assert counts.unrecorded == more


def test_who_came_late_came() -> None:
    assert rules.count(["present", "late", "absent"], expected=4).came == 2


@pytest.mark.parametrize(
    ("alias", "letters"), [("Nogal", "No"), ("Don Beto", "DB"), ("Él", "Él"), ("X", "X"), ("", "")]
)
def test_two_letters_stand_on_a_seat(alias: str, letters: str) -> None:
    assert rules.initials(alias) == letters


@given(st.integers(0, 18), st.integers(0, 4))
def test_nobody_sits_on_the_seat_of_another(men: int, facilitators: int) -> None:
    seats = rules.around(men, facilitators)
    assert len(set(seats)) == men
    assert all(0 <= seat < men + facilitators for seat in seats)
    assert not facilitators or 0 not in seats
