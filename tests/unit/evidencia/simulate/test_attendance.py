from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from evidencia.simulate import Attendance, insp_2010, parameters, simulate_attendance


def test_the_exact_distribution_reaches_the_figures_of_2010() -> None:
    exact = insp_2010().distribution(25)
    known = parameters()

    assert exact.sum() == pytest.approx(1)
    assert exact[1:13].sum() == pytest.approx(known["low_adherence"].value, abs=1e-5)
    assert exact[19:].sum() == pytest.approx(known["over_75_percent"].value, abs=1e-5)


def test_the_simulated_men_reach_them_too() -> None:
    came = simulate_attendance(seed=2010).sum(axis=1)

    assert came.size == 1257
    assert came.min() >= 1
    assert (came > 0.75 * 25).mean() == pytest.approx(0.05, abs=4.5 * np.sqrt(0.05 * 0.95 / 1257))
    assert (came <= 12).mean() == pytest.approx(0.785, abs=4.5 * np.sqrt(0.785 * 0.215 / 1257))


def test_the_exact_distribution_is_that_of_every_possible_course() -> None:
    how = Attendance(0.3, 0.2, 0.6)
    exact = np.zeros(5)
    for last in range(1, 5):  # the last session at which he has not left
        stays = np.prod([1 - (0.3 if s == 2 else 0.2) for s in range(2, last + 1)])
        leaves = 1.0 if last == 4 else (0.3 if last == 1 else 0.2)
        for marks in product((0, 1), repeat=last - 1):
            chance = np.prod([0.6 if m else 0.4 for m in marks])
            exact[1 + sum(marks)] += stays * leaves * chance

    assert how.distribution(4) == pytest.approx(exact, abs=1e-15)


def test_the_same_seed_gives_the_same_marks() -> None:
    assert (simulate_attendance(20, seed=1) == simulate_attendance(20, seed=1)).all()


def test_nobody_and_one_session_are_possible() -> None:
    assert simulate_attendance(0, seed=1).shape == (0, 25)
    assert simulate_attendance(3, 1, seed=1).tolist() == [[1], [1], [1]]
    with pytest.raises(ValueError, match="at least one session"):
        simulate_attendance(3, 0, seed=1)
