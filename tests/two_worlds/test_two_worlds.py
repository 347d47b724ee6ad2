"""Gate 2: two worlds that differ only in what women said look the same to everybody outside.

Both are made by the same code at the same moments with the same luck. In one of them nobody said
anything, or something else. Then every role outside the wall asks for everything.
"""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.two_worlds import crawl, histories
from tests.two_worlds.histories import Slot

pytestmark = pytest.mark.django_db
TURNS = 8
# Each turn asks other questions of another pair; one of them is asked at every save.
_TURNS = [
    turn if turn < 1 else pytest.param(turn, marks=pytest.mark.thorough) for turn in range(TURNS)
]
_KEPT = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def compare_pairs(turn: int, examples: int, *, every_thing: bool = False) -> int:
    """Compare so many pairs; each turn asks its eighth of all questions."""
    asked = crawl.cells(every_thing=every_thing)[turn::TURNS]
    data_of: list[list[Slot]] = []

    @settings(max_examples=examples, phases=[Phase.generate], suppress_health_check=_KEPT,
              deadline=None, database=None, derandomize=True)  # fmt: skip
    @given(st.shared(histories.histories(turn)))
    def compare(history: list[Slot]) -> None:
        data_of.append(history)
        here = crawl.tell(history, asked, there=False)
        there = crawl.tell(history, asked, there=True)
        found = list(crawl.differences(here, there))
        assert not found, "\n".join([f"{len(found)} differences", *found[:20]])

    compare()
    return len(data_of)


@pytest.mark.parametrize("turn", _TURNS)
def test_outside_the_wall_both_worlds_are_the_same(turn: int, pytestconfig: pytest.Config) -> None:
    """One pair for each turn; three where a skip is a failure (`--ci`), on the database in memory.

    PostgreSQL answers the same questions once for each turn: what differs there is the database.
    """
    many = pytestconfig.getoption("--no-skips") and connection.vendor == "sqlite"
    assert compare_pairs(turn, 3 if many else 1)


def test_every_question_is_asked_in_one_of_the_turns() -> None:
    everything = crawl.cells()
    asked = {cell for turn in range(TURNS) for cell in everything[turn::TURNS]}
    assert asked == set(everything)
    assert len({cell.route for cell in asked}) > 60


def test_every_kind_of_step_is_taken_in_one_of_the_turns() -> None:
    taken: set[str] = set()
    for turn in range(TURNS):

        @settings(max_examples=1, phases=[Phase.generate], database=None, derandomize=True)
        @given(histories.histories(turn))
        def gather(history: list[Slot]) -> None:
            taken.update(name for slot in history for name in (*slot.here, *slot.there))

        gather()
    assert taken == set(histories.STEPS)
