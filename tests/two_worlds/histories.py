"""What happens in a world: steps outside, the same in both, and steps behind the wall between them.

Steps outside are the rows of the table of who may do what: each change that a role may make. Steps
behind the wall stand in `behind`. At the end the clock strikes in both worlds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zlib import crc32

import pytest
from django.db import transaction
from django.test import TestCase
from hypothesis import strategies as st
from tests.meta import test_access_matrix as matrix
from tests.two_worlds.behind import STEPS, do_behind
from tests.two_worlds.cast import BEGAN, NOBODY, STEP, WALLED_ROLE, World

from tequio.core import clock
from tequio.jobs import schedule

# --- Outside --------------------------------------------------------------------------------------


def public_steps() -> list[tuple[str, str, str]]:
    """Every change that somebody outside may make: route, of whose things, by whom."""
    return [
        (row.route, row.whose, who)
        for row, cells in matrix.table().items()
        for who, cell in cells.items()
        if row.method == "POST" and cell == "sí" and who not in {NOBODY, WALLED_ROLE}
        and not row.route.startswith(("survivors:", "access:")) and row.route in matrix.routes()
    ]  # fmt: skip


def do_outside(world: World, step: tuple[str, str, str]) -> None:
    """Send what the step sends. What it answers is compared by the crawl, not here."""
    route, whose, who = step
    address = world.address(route, matrix.routes()[route], whose)
    with transaction.atomic(), TestCase.captureOnCommitCallbacks(execute=True):
        world.client_of(who).post(address, matrix._sent(route))


# --- Drawn ----------------------------------------------------------------------------------------


_SLOTS = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """A step outside, and what happens behind the wall before it in each of the two worlds."""

    outside: tuple[str, str, str]
    here: tuple[str, ...]
    there: tuple[str, ...]


def histories(turn: int) -> st.SearchStrategy[list[Slot]]:
    """Draw a history. The plainest one is rich already, and another for each turn."""
    # Mixed once and then in turn: the plainest histories of all turns together take every step.
    outside, behind = public_steps(), sorted(STEPS, key=lambda name: crc32(name.encode()))

    def slot(number: int) -> st.SearchStrategy[Slot]:
        first = (turn * _SLOTS + number) % len(behind)
        turned = behind[first:] + behind[:first]
        begins = (turn * 31 + number * 17) % len(outside)
        return st.builds(
            Slot,
            st.sampled_from(outside[begins:] + outside[:begins]),
            # One of the worlds is often one in which nobody ever said anything.
            st.just(()) if turn % 2 == 0 else st.lists(
                st.sampled_from(turned[3:] + turned[:3]), min_size=0, max_size=1
            ).map(tuple),
            st.lists(st.sampled_from(turned), min_size=1, max_size=2).map(tuple),
        )  # fmt: skip

    return st.tuples(*map(slot, range(_SLOTS))).map(list)


def live(world: World, history: Sequence[Slot], *, there: bool) -> None:
    """Let a world live through its history, each step at its own moment in both worlds."""
    for number, slot in enumerate(history):
        began = BEGAN + STEP * (number + 1)
        for turn, name in enumerate(slot.there if there else slot.here):
            with clock.at(began - timedelta(minutes=15 - 3 * turn)):
                do_behind(world, name)
        with clock.at(began):
            do_outside(world, slot.outside)
    with clock.at(BEGAN + STEP * (len(history) + 1)):
        strike()


def strike() -> None:
    """Do all that is done by the clock, in both worlds: what is due in one of them shows not."""
    with pytest.MonkeyPatch.context() as patch:
        for item in schedule._recurring:
            patch.setattr(item, "last", None)
        ran = schedule.run_due()
    assert sorted(ran) == sorted(item.name for item in schedule._recurring)
