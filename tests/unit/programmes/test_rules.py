"""Dose, seats, entry and absences: pure decisions with numbers in and words out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.programmes import rules
from tequio.programmes.definitions import find, shipped
from tequio.programmes.rules import Dose, Held, dose

GUIA = shipped()["guia-simetria"].model


def _meeting(number: int, came: bool | None, expected: bool = True) -> Held:
    return Held(number, number, came, expected)


def test_a_session_counts_once_wherever_he_came() -> None:
    own = [_meeting(1, True), _meeting(2, False), _meeting(3, True)]
    assert dose(own) == Dose(attended=2, held=3)
    assert dose(own, [_meeting(2, True)]) == Dose(attended=3, held=3, made_up=1)
    assert dose(own, [_meeting(2, True), _meeting(2, True), _meeting(3, True)]) == Dose(3, 3, 1)


def test_a_meeting_that_covers_two_sessions_counts_as_two() -> None:
    assert dose([Held(4, 5, True), Held(6, 6, None)]) == Dose(2, 3, unrecorded=1)


def test_what_was_held_before_he_came_or_after_he_left_is_not_counted_against_him() -> None:
    own = [_meeting(1, None, False), _meeting(2, True), _meeting(3, None, False)]
    assert dose(own) == Dose(1, 1)


def test_a_session_made_up_that_his_own_group_never_held_counts_as_held() -> None:
    assert dose([_meeting(1, True)], [_meeting(2, True)]) == Dose(2, 2, made_up=1)


def test_a_visit_at_which_he_did_not_arrive_is_nothing() -> None:
    assert dose([_meeting(1, False)], [_meeting(1, False), _meeting(1, None)]) == Dose(0, 1)


_meetings = st.lists(
    st.builds(
        lambda first, more, came, expected: Held(first, first + more, came, expected),
        st.integers(1, 12),
        st.integers(0, 1),
        st.sampled_from([True, False, None]),
        st.booleans(),
    ),
    max_size=15,
)


@given(_meetings, _meetings)
def test_nobody_attends_more_than_there_was(own: list[Held], visits: list[Held]) -> None:
    found = dose(own, visits)
    assert 0 <= found.made_up <= found.attended <= found.held
    assert found.attended + found.unrecorded <= found.held
    assert found == dose(own + own, visits + visits)


def test_a_dose_has_the_name_that_its_model_gives_it() -> None:
    insp = shipped()["insp-2010"].model
    assert insp.dose is not None and insp.dose.bands is not None
    bands = insp.dose.bands.value
    assert [rules.band(n, bands) for n in (0, 1, 12, 13, 25)] == [
        "",
        "baja",
        "baja",
        "media o alta",
        "media o alta",
    ]


@pytest.mark.parametrize(
    ("kind", "position", "late", "may"),
    [
        ("open", 11, None, True),
        ("closed", 1, None, True),
        ("closed", 2, None, False),
        ("closed", 3, 3, True),
        ("closed", 4, 3, False),
    ],
)
def test_a_closed_group_closes(kind: str, position: int, late: int | None, may: bool) -> None:
    assert rules.may_enter(kind, position_of_next=position, late_until=late) is may


def test_seats_never_go_below_none() -> None:
    assert [rules.room_left(11, 12), rules.room_left(12, 12), rules.room_left(15, 12)] == [1, 0, 0]


def test_absences_ask_for_more_each_time() -> None:
    steps = [rules.absence_step(run, GUIA.absence) for run in range(6)]
    assert steps == ["none", "call", "talk", "review", "review", "review"]
    old = find("guia-simetria", "1")
    assert old is not None
    assert [rules.absence_step(run, old.model.absence) for run in (2, 3)] == ["none", "call"]
    assert rules.absence_step(9, None) == "none"
