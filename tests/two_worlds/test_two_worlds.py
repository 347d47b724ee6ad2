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
TURNS = 8  # each lives other histories, so that every kind of step is taken in one of them
_KEPT = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def share_of(turn: int, pair: int, shares: int) -> int:
    """Return which share of all questions a pair is asked: over turns and pairs, all of them."""
    return (turn + TURNS * pair) % shares


def compare_pairs(turn: int, pairs: int, shares: int, *, every_thing: bool = False) -> int:
    """Compare so many pairs; each is asked its share of all questions."""
    everything = crawl.cells(every_thing=every_thing)
    done: list[list[Slot]] = []

    @settings(max_examples=pairs, phases=[Phase.generate], suppress_health_check=_KEPT,
              deadline=None, database=None, derandomize=True)  # fmt: skip
    @given(st.shared(histories.histories(turn)))
    def compare(history: list[Slot]) -> None:
        asked = everything[share_of(turn, len(done), shares) :: shares]
        done.append(history)
        here = crawl.tell(history, asked, there=False)
        there = crawl.tell(history, asked, there=True)
        found = list(crawl.differences(here, there))
        assert not found, "\n".join([f"{len(found)} differences", *found[:20]])

    compare()
    return len(done)


# Eight pairs at every save; forty where a skip is a failure (`--ci`). PostgreSQL answers the same
# questions of eight pairs: what differs there is the database.
AT_EVERY_SAVE, UNDER_CI, ON_POSTGRES = (1, 32), (5, 32), (1, 8)


@pytest.mark.parametrize("turn", range(TURNS))
def test_outside_the_wall_both_worlds_are_the_same(turn: int, pytestconfig: pytest.Config) -> None:
    kind = UNDER_CI if pytestconfig.getoption("--no-skips") else AT_EVERY_SAVE
    assert compare_pairs(turn, *(kind if connection.vendor == "sqlite" else ON_POSTGRES))


@pytest.mark.parametrize(("pairs", "shares"), [UNDER_CI, ON_POSTGRES])
def test_every_question_is_asked_of_one_of_the_pairs(pairs: int, shares: int) -> None:
    everything = crawl.cells()
    drawn = {share_of(turn, pair, shares) for turn in range(TURNS) for pair in range(pairs)}
    asked = {cell for share in drawn for cell in everything[share::shares]}
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
