"""Whom to call, when, and what a run of absences asks for: pure decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.outreach import rules

MONDAY = date(2026, 11, 2)
SPACE = UUID(int=7)
LETTERS = {"p": "present", "t": "late", "f": "absent", "a": "excused", ".": ""}


@dataclass(frozen=True, slots=True)
class Met:
    session_id: UUID
    on: date
    status: str


def way(letters: str) -> list[Met]:
    return [
        Met(uuid5(SPACE, str(n)), MONDAY + timedelta(weeks=n), LETTERS[letter])
        for n, letter in enumerate(letters)
    ]


def run(letters: str, *, forgiven: tuple[int, ...] = ()) -> rules.Run:
    days = {MONDAY + timedelta(weeks=n) for n in forgiven}
    return rules.run(way(letters), forgiven=days.__contains__)


@pytest.mark.parametrize(
    ("letters", "missed"),
    [
        ("", 0),
        ("ppp", 0),
        ("ppf", 1),
        ("pff", 2),
        ("fff", 3),
        ("fpf", 1),
        ("fft", 0),
        # Who let the team know, and what nobody recorded, neither add nor end.
        ("pfaf", 2),
        ("pf.f", 2),
        ("p..", 0),
        ("pfa", 1),
    ],
)
def test_a_run_of_absences_ends_where_he_came(letters: str, missed: int) -> None:
    assert len(run(letters).counted) == missed


def test_who_let_the_team_know_after_his_absence_is_not_called() -> None:
    assert run("pfa").told
    assert not run("paf").told
    assert not run("pf").told


def test_a_man_who_never_came_is_known_as_one() -> None:
    assert not run("f").ever_came
    assert run("pf").ever_came


def test_absences_of_an_emergency_neither_count_nor_end_a_run() -> None:
    found = run("pffff", forgiven=(2, 3))
    assert [met.on for met in found.counted] == [MONDAY + timedelta(weeks=n) for n in (1, 4)]
    assert len(found.forgiven) == 2
    assert found.last is not None
    assert found.last.on == MONDAY + timedelta(weeks=4)


@given(st.text("pfa.", max_size=12), st.sets(st.integers(0, 11)))
def test_forgiving_more_never_makes_a_run_longer(letters: str, days: set[int]) -> None:
    whole, part = run(letters), run(letters, forgiven=tuple(days))
    assert len(part.counted) <= len(whole.counted)
    assert len(part.counted) + len(part.forgiven) == len(whole.counted)


@pytest.mark.parametrize(
    ("missed", "step"), [(0, ""), (1, "call"), (2, "talk"), (3, "review"), (9, "review")]
)
def test_first_a_call_then_a_talk_then_a_review(missed: int, step: str) -> None:
    assert rules.step_of(missed) == step


def test_a_model_may_ask_for_the_review_later() -> None:
    assert rules.step_of(3, (("review", 5), ("talk", 3), ("call", 1))) == "talk"


def test_a_call_is_due_one_day_after_and_late_from_the_third_on() -> None:
    due = rules.due(MONDAY, None)
    assert due is not None
    days = [MONDAY + timedelta(days=n) for n in range(4)]
    assert [due.now(day) for day in days] == [False, True, True, True]
    assert [due.late(day) for day in days] == [False, False, False, True]


def test_who_was_reached_is_called_again_only_where_somebody_said_so() -> None:
    assert rules.due(MONDAY, rules.Tried(None, 1)) is None
    again = rules.due(MONDAY, rules.Tried(MONDAY + timedelta(days=5), 1))
    assert again == rules.Due(MONDAY + timedelta(days=5), MONDAY + timedelta(days=5), 1)


def test_nobody_answers_three_times_and_then_it_is_enough() -> None:
    tomorrow = MONDAY + timedelta(days=1)
    tries = [rules.next_try("no_answer", tries=n, day=MONDAY) for n in (1, 2, 3)]
    assert tries == [tomorrow, tomorrow, None]
    assert rules.next_try("wrong_number", tries=1, day=MONDAY) is None
    assert rules.next_try("work", tries=1, day=MONDAY) is None


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        (datetime(2026, 11, 2, 8, 59), False),
        (datetime(2026, 11, 2, 9, 0), True),
        (datetime(2026, 11, 2, 19, 59), True),
        (datetime(2026, 11, 2, 20, 0), False),
        (datetime(2026, 11, 1, 9, 30), False),
        (datetime(2026, 11, 1, 10, 0), True),
    ],
)
def test_no_telephone_rings_early_or_late(moment: datetime, may: bool) -> None:
    assert rules.may_call_at(moment) is may


def test_the_longest_overdue_comes_first_and_then_the_later_step() -> None:
    keys = [
        rules.urgency("call", MONDAY),
        rules.urgency("review", MONDAY),
        rules.urgency("call", MONDAY - timedelta(days=1)),
    ]
    assert sorted(keys) == [keys[2], keys[1], keys[0]]


def test_a_window_covers_its_site_or_every_site() -> None:
    here, there = UUID(int=1), UUID(int=2)
    one = rules.Window(here, MONDAY, MONDAY + timedelta(days=3))
    assert one.covers(here, MONDAY)
    assert not one.covers(there, MONDAY)
    assert not one.covers(here, MONDAY + timedelta(days=4))
    assert rules.Window(None, MONDAY, MONDAY).covers(there, MONDAY)
