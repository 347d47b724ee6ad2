"""How invented men come and stop coming."""

from __future__ import annotations

import numpy as np

from tequio.simulation.attendance import NEVER_ARRIVES, course


def test_every_cell_is_a_status_or_nothing() -> None:
    drawn = course(np.random.default_rng(1), men=200, meetings=12).statuses
    assert drawn.shape == (200, 12)
    assert set(drawn.ravel()) == {"present", "late", "absent", "excused", ""}


def test_the_same_luck_draws_the_same_course() -> None:
    once, again = (course(np.random.default_rng(5), men=30, meetings=8).statuses for _ in "ab")
    assert (once == again).all()


def test_about_as_many_never_arrive_as_it_says() -> None:
    drawn = course(np.random.default_rng(2), men=4000, meetings=12).statuses
    never = ~np.isin(drawn, ["present", "late"]).any(axis=1)
    assert abs(never.mean() - NEVER_ARRIVES) < 0.03


def test_fewer_come_later() -> None:
    drawn = course(np.random.default_rng(3), men=4000, meetings=12).statuses
    came = np.isin(drawn, ["present", "late"]).mean(axis=0)
    assert came[0] > came[3] > came[11]


def test_a_group_of_nobody_and_a_group_of_one_meeting_can_be_drawn() -> None:
    rng = np.random.default_rng(4)
    assert course(rng, men=0, meetings=3).statuses.shape == (0, 3)
    assert course(rng, men=3, meetings=1).statuses.shape == (3, 1)
