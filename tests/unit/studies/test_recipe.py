"""Where the data of a plan come from, and when it is released: what cannot be is said at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tequio.studies import recipe as recipes
from tequio.studies.recipe import RecipeError
from tequio.studies.rules import calendar

GOOD: dict[str, Any] = {
    "schema": 1,
    "source": "men",
    "population": {"editions": "all", "from": "2026-01-01", "to": "2026-12-31"},
    "outcomes": [{"instrument": "conductas-el", "measure": "physical_any", "name": "physical"}],
    "waves": ["T0", "T3"],
    "arm": None,
    "covariates": ["route"],
    "calendar": {"every": "year", "first": "2027-01-31"},
}
HERS = {**GOOD, "source": "women", "covariates": []}


def test_a_recipe_reads_back_as_it_was_kept() -> None:
    assert recipes.read(GOOD).as_json() == GOOD


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(RecipeError) as refused:
        recipes.read({"schema": 2, "source": "dogs", "waves": ["T0", "T0"]})
    assert len(refused.value.problems) >= 6


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"arm": {"sites": True}}, "no es un experimento"),
        ({"calendar": {"every": "half", "first": "2027-01-31"}}, "una vez al año"),
        ({"population": {**GOOD["population"], "to": "2026-06-30"}}, "un año entero"),
        (
            {"population": {**GOOD["population"], "editions": ["12345678" * 4]}},
            "no se recorta por edición",
        ),
        ({"covariates": ["route"]}, "no conoce: route"),
    ],
)
def test_what_women_say_is_never_cut_or_compared(change: dict[str, Any], says: str) -> None:
    with pytest.raises(RecipeError, match=says):
        recipes.read({**HERS, **change})
    recipes.read(HERS)


@pytest.mark.parametrize(
    "arm",
    [
        {"lottery": "x"},
        {"sites": False},
        {"lottery": "1", "sites": True},
        {"her_support": True},
        [],
    ],
)
def test_an_arm_is_one_of_three_and_nothing_else(arm: object) -> None:
    with pytest.raises(RecipeError):
        recipes.read({**GOOD, "arm": arm})


def test_a_release_speaks_of_whole_closed_years_until_the_last_was_asked() -> None:
    days = calendar.days(recipes.read(GOOD))
    assert [(one.on, one.period_to) for one in days] == [
        (date(2027, 1, 31), date(2026, 12, 31)),
        (date(2028, 1, 31), date(2027, 12, 31)),
        (date(2029, 1, 31), date(2028, 12, 31)),
    ]
    assert [one.before for one in days] == [None, date(2026, 12, 31), date(2027, 12, 31)]
    assert {one.period_from for one in days} == {date(2026, 1, 1)}
    assert calendar.in_words(days[0]) == "2026"
    assert calendar.in_words(days[1]) == "2026–2027"


def test_half_years_close_in_june_and_december_and_short_months_have_a_last_day() -> None:
    kept = {**GOOD, "calendar": {"every": "half", "first": "2026-08-31"}}
    days = calendar.days(recipes.read(kept))
    assert [one.on for one in days[:2]] == [date(2026, 8, 31), date(2027, 2, 28)]
    assert [one.period_to for one in days[:2]] == [date(2026, 6, 30), date(2026, 12, 31)]


def test_a_day_is_due_when_it_has_come() -> None:
    days = calendar.days(recipes.read(GOOD))
    assert calendar.due(days, date(2027, 1, 30)) == ()
    assert calendar.due(days, date(2027, 1, 31)) == days[:1]
    assert calendar.coming(days, date(2027, 1, 31)) == days[1]
