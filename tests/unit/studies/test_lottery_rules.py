from __future__ import annotations

from datetime import date, timedelta

import pytest

from tequio.core.tabular import Sheet
from tequio.instruments import definitions
from tequio.studies.rules import comparisons, lotteries
from tequio.studies.rules.comparisons import Wrong
from tequio.studies.rules.lotteries import Count, Days, Offer, Standing

TODAY = date(2026, 11, 20)
CLOSED = date(2026, 11, 27)


def count(waiting: int, seats: int, exempt: int = 0) -> Count:
    return Count(TODAY, waiting, seats, exempt)


LONG = [count(9, 2), count(8, 2), count(9, 1)]


@pytest.mark.parametrize(
    ("now", "months", "said"),
    [
        (count(9, 3), LONG, Offer.YES),
        (count(0, 3), LONG, Offer.NOBODY),
        (count(2, 3, exempt=2), LONG, Offer.NOBODY),
        (count(3, 3), LONG, Offer.ROOM),
        (count(9, 3, exempt=3), LONG, Offer.NONE_FREE),
        (count(9, 3), [count(9, 2), count(1, 5), count(2, 5)], Offer.LATELY),
        (count(9, 3), [], Offer.LATELY),
    ],
)
def test_a_lottery_is_offered_only_where_men_exceed_seats_and_have_done_so(
    now: Count, months: list[Count], said: Offer
) -> None:
    assert lotteries.offer(now, months) is said


def test_months_end_where_they_end() -> None:
    assert lotteries.month_ends(date(2026, 3, 1)) == [
        date(2025, 12, 31),
        date(2026, 1, 31),
        date(2026, 2, 28),
    ]


@pytest.mark.parametrize(
    ("closes", "number", "said"),
    [(0, 5, Days.CLOSES_TODAY), (5, 5, Days.NUMBER_FIRST), (5, 90, Days.FAR), (1, 2, Days.FINE)],
)
def test_the_days_stand_in_their_order(closes: int, number: int, said: Days) -> None:
    days = [TODAY + timedelta(days=n) for n in (closes, number)]
    assert lotteries.days_in_order(TODAY, *days) is said


def waits(*, urgent: bool = False, on: int = 20, **more: object) -> date | None:
    known = {"drawn": True, "start": "later", **more}
    one = Standing(CLOSED, CLOSED + timedelta(days=7), 84, **known)  # type: ignore[arg-type]
    return lotteries.held_until(one, urgent=urgent, on=CLOSED + timedelta(days=on))


def test_who_was_drawn_to_wait_waits_until_his_day_and_not_one_more() -> None:
    assert waits(on=83) == CLOSED + timedelta(days=84)
    assert waits(on=84) is None
    assert waits(start="now") is None


@pytest.mark.parametrize(
    "free", [{"urgent": True}, {"exempt": True}, {"cancelled": True}, {"released": True}]
)
def test_nobody_waits_who_may_not_or_need_not(free: dict[str, bool]) -> None:
    assert waits(**free) is None  # type: ignore[arg-type]
    assert waits(drawn=False, start="", on=3, **free) is None


def test_before_the_draw_everybody_waits_for_it_but_not_for_ever() -> None:
    assert waits(drawn=False, start="", on=3) == CLOSED + timedelta(days=14)
    assert waits(drawn=False, start="", on=14) is None


def test_steps_are_filled_as_evenly_as_they_go() -> None:
    days = [TODAY, TODAY + timedelta(days=60)]
    assert list(lotteries.start_days("abcde", days).values()) == [days[0]] * 3 + [days[1]] * 2


def test_the_list_says_neither_who_nor_why() -> None:
    text = lotteries.listing([("AAA-111", False), ("BBB-222", True)])
    assert text == "AAA-111\t\t\nBBB-222\t\texempt\n"
    assert lotteries.of_listing(text) == [("AAA-111", False), ("BBB-222", True)]


HEAD = ("person", "wave", "date", "how", "item", "answer")


def brought(*rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> comparisons.Brought:
    whole = definitions.newest("gad-7").instrument
    sheet = Sheet("larga", (head, *rows))  # type: ignore[arg-type]
    return comparisons.read(sheet, whole, ["T0", "T1"])


def test_rows_of_an_ally_are_read_as_our_own_exports_write_them() -> None:
    found = brought(
        (1, "T0", "2026-11-02", "paper", "gad_1", "1"),
        (1.0, "T1", date(2027, 2, 1), "paper", "gad_1", "0"),
        ("A-2", "T0", "2026-11-02", "paper", "gad_1", None),
    )
    assert found.right, found
    assert (found.people, found.by_wave) == (2, {"T0": 2, "T1": 1})
    assert found.answers[0].answers == {"gad_1": "1"}


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (("Juan Pérez", "T0", "2026-11-02", "", "gad_1", "1"), Wrong.PERSON),
        (("5512345678", "T0", "2026-11-02", "", "gad_1", "1"), Wrong.PERSON),
        (("7K2M-9QXC", "T0", "2026-11-02", "", "gad_1", "1"), Wrong.PERSON),
        ((1, "T4", "2026-11-02", "", "gad_1", "1"), Wrong.WAVE),
        ((1, "T0", "ayer", "", "gad_1", "1"), Wrong.DATE),
        ((1, "T0", "2026-11-02", "", "nombre", "1"), Wrong.ITEM),
        ((1, "T0", "2026-11-02", "", "gad_1", "mucho"), Wrong.ANSWER),
    ],
)
def test_a_row_that_could_name_somebody_or_says_something_else_is_found(
    row: tuple[object, ...], wrong: Wrong
) -> None:
    found = brought(row)
    assert not found.right
    assert [(one.row, one.wrong) for one in found.problems] == [(2, wrong)]
    assert found.answers == ()


def test_columns_that_nobody_agreed_on_are_refused() -> None:
    found = brought((1,), head=("person", "nombre"))
    assert found.strange == ("nombre",)
    assert found.missing == ("wave", "date", "item", "answer")
