"""Business days, where a request stands, and words that look like names."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tequio.core.workdays import business_day_after, business_days_left, public_holidays
from tequio.reports.rights import rules

OFF = public_holidays([2026, 2027])
days = st.dates(date(2026, 1, 1), date(2027, 6, 30))


def _request(**said: object) -> rules.Request:
    given = {
        "received_on": date(2026, 11, 2),
        "identified": True,
        "extended": False,
        "answered_on": None,
        "granted": False,
        "carried_on": None,
        **said,
    }
    return rules.Request(**given)  # type: ignore[arg-type]


def test_twenty_business_days_leave_out_weekends_and_the_revolution() -> None:
    # From Monday the 2nd: the 16th is a day off, so the twentieth is Tuesday 1 December.
    assert rules.due_on(_request(), OFF) == date(2026, 12, 1)


def test_an_extension_doubles_the_days_once() -> None:
    assert rules.due_on(_request(extended=True), OFF) == date(2026, 12, 30)


def test_fifteen_more_from_the_answer_only_where_something_was_granted() -> None:
    granted = _request(answered_on=date(2026, 11, 20), granted=True)
    assert rules.stands(granted) is rules.Stands.CARRY_OUT
    assert rules.due_on(granted, OFF) == date(2026, 12, 11)
    denied = _request(answered_on=date(2026, 11, 20))
    assert rules.stands(denied) is rules.Stands.DONE
    assert rules.due_on(denied, OFF) is None


def test_until_somebody_looked_who_asks_that_comes_first_and_the_clock_runs() -> None:
    unknown = _request(identified=False)
    assert rules.stands(unknown) is rules.Stands.WHO
    assert rules.due_on(unknown, OFF) == rules.due_on(_request(), OFF)


@given(days, st.integers(1, 60))
def test_counting_forth_and_back_agree(start: date, count: int) -> None:
    due = business_day_after(start, count, OFF)
    assert due.weekday() < 5
    assert due not in OFF
    assert business_days_left(start, due, OFF) == count
    assert business_days_left(due, start, OFF) <= 0


@given(days)
def test_a_day_that_is_over_counts_as_late(start: date) -> None:
    due = business_day_after(start, 20, OFF)
    later = business_day_after(due, 3, OFF)
    assert business_days_left(later, due, OFF) < 0
    assert business_days_left(due + timedelta(0), due, OFF) == 0


def test_capitals_within_a_sentence_look_like_names_and_his_own_do_not() -> None:
    text = "Le grité a Laura. Después llamó Toño Pérez, y Juan se fue. Nadie dijo nada"
    assert rules.may_be_names(text, ["Juan Mora"]) == ("Laura", "Toño", "Pérez")
