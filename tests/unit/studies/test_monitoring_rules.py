"""From days to months, and what is too small to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from tequio.studies.rules.monitoring import Look, by_month, merged, months, panels

GROUP = uuid4()
FIRST, LAST = date(2026, 1, 10), date(2026, 4, 30)


@dataclass(frozen=True, slots=True)
class Sum:
    on: date
    yes: int
    asked: int
    missing: int = 0
    group: UUID = GROUP


def test_months_go_over_the_end_of_a_year() -> None:
    found = list(months(date(2026, 11, 5), date(2027, 2, 1)))

    assert [one.month for one in found] == [11, 12, 1, 2]


def test_days_before_and_after_are_not_counted_and_empty_months_stay() -> None:
    days = (date(2026, 1, 9), date(2026, 1, 10), date(2026, 4, 30), date(2026, 5, 1))
    looks = by_month([Sum(on, 1, 2) for on in days], FIRST, LAST)

    assert [(look.month.month, look.asked) for look in looks] == [(1, 2), (2, 0), (3, 0), (4, 2)]


def test_months_of_few_men_wait_until_they_are_enough() -> None:
    looks = [Look(date(2026, month, 1), 1, n) for month, n in ((1, 2), (2, 3), (3, 4), (4, 9))]

    assert [(one.month.month, one.yes, one.asked) for one in merged(looks, 5)] == [
        (2, 2, 5),
        (4, 2, 13),
    ]
    # What is left over is not shown, and never told by the difference to a later total.
    assert sum(one.asked for one in merged(looks[:3], 5)) == 5


def watched(*sizes: int, fewest: int = 5, percent: int | None = 60):  # type: ignore[no-untyped-def]
    places = [(name, [Sum(FIRST, n // 2, n)]) for name, n in zip("abcd", sizes, strict=False)]
    return panels(places, whole="", first=FIRST, last=LAST, percent=percent, fewest=fewest)


def test_a_small_place_is_withheld_and_the_whole_too_where_it_would_tell() -> None:
    assert [(one.name, one.withheld) for one in watched(20, 3)] == [("a", False), ("b", True)]
    # Two small places together are enough to hide each other.
    found = [(one.name, one.withheld) for one in watched(20, 3, 3)]
    assert found == [("", False), ("a", False), ("b", True), ("c", True)]
    # Who sees men anyway sees all.
    assert [one.withheld for one in watched(20, 3, fewest=1)] == [False, False, False]


def test_one_place_alone_has_no_total_beside_it() -> None:
    assert [one.name for one in watched(20)] == ["a"]


def test_limits_answer_for_all_places_of_a_measure_together() -> None:
    alone, among = watched(40)[0].watched, watched(40, 40, 40)[1].watched

    assert alone is not None
    assert among is not None
    assert (alone.family, among.family) == (1, 4)
    assert among.high[-1] > alone.high[-1]


def test_nothing_is_said_of_nobody() -> None:
    found = watched(0, percent=None)[0] if watched(0) else None

    assert found is None or found.watched is None
