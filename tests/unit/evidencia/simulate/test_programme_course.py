"""What truly happens: violence week by week, what the programme does to it, and who leaves."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from evidencia.simulate.programme import SCENARIOS, TYPES, Model, Programme, draw_programme, model

MANY = 6000


@cache
def many(scenario: str = "null", *, informative: bool = True, **numbers: float) -> Programme:
    chosen = model("insp-2010").changed(**numbers)
    return draw_programme(
        chosen,
        scenario=scenario,  # type: ignore[arg-type]
        men=MANY,
        informative=informative,
        seed=7,
    )


def test_before_the_programme_violence_is_as_common_as_the_parameters_say() -> None:
    drawn = many()
    shares = drawn.waves.happened[:, 0].mean(axis=0)
    # Men of one group resemble each other: 1 + (11 - 1) × 0.05 as many are needed.
    expected = np.array(drawn.model.baseline())
    error = np.sqrt(1.5 * expected * (1 - expected) / MANY)
    assert (np.abs(shares - expected) <= 4.5 * error).all()


@pytest.mark.parametrize(
    ("scenario", "signs"),
    [
        ("null", (0, 0, 0, 0, 0)),
        ("benefit", (-1, -1, -1, -1, -1)),
        ("harm", (1, 1, 1, 1, 1)),
        ("displacement", (1, 1, 1, -1, -1)),
    ],
)
def test_the_programme_does_what_the_scenario_says(scenario: str, signs: tuple[int, ...]) -> None:
    drawn = many(scenario)
    assert [np.sign(drawn.true_effect(kind)) for kind in TYPES] == list(signs)
    assert all(drawn.true_effect(kind, 0) == 0 for kind in TYPES)


def test_every_scenario_has_its_own_test() -> None:
    assert set(SCENARIOS) == {"null", "benefit", "harm", "displacement"}


def test_without_the_programme_everything_would_be_the_same_in_every_scenario() -> None:
    null, harm = many("null"), many("harm")
    assert (null.course.without == harm.course.without).all()
    assert (null.course.violence == null.course.without).all()
    assert (harm.course.violence >= harm.course.without).all()
    assert (null.people.route == harm.people.route).all()


def test_men_come_in_a_crisis_so_violence_falls_although_nothing_helps() -> None:
    happened = many("null").waves.happened.mean(axis=(0, 2))
    assert happened[4] < happened[0] - 0.04
    calm = many("null", crisis=0.0).waves.happened.mean(axis=(0, 2))
    assert abs(calm[4] - calm[0]) < 0.02


def test_who_attends_more_gets_more_of_the_effect() -> None:
    drawn = many("benefit", informative=False)
    changed = drawn.waves.happened[:, 3].sum(axis=1) - drawn.waves.without[:, 3].sum(axis=1)
    often = drawn.attended > 12
    assert changed[often].mean() < changed[~often].mean() - 0.15


def leavers_gap(drawn: Programme) -> float:
    """Return how much more men tend to violence who left by the sixth session."""
    left = drawn.course.left_after <= 6
    tendency = drawn.course.tendency
    return float(tendency[left].mean() - tendency[~left].mean())


def test_men_with_more_violence_leave_sooner() -> None:
    assert leavers_gap(many()) > 0.3


def test_at_random_they_do_not() -> None:
    assert abs(leavers_gap(many(informative=False))) < 0.1


def test_trouble_makes_men_leave_sooner_too() -> None:
    drawn = many()
    for trouble in (~drawn.people.employed, drawn.people.alcohol, drawn.people.short_schooling):
        assert drawn.attended[trouble].mean() < drawn.attended[~trouble].mean() - 0.3


def test_the_published_distribution_of_attendance_holds_however_they_leave() -> None:
    exact = model("insp-2010").attendance.distribution(25)
    for informative in (True, False):
        shares = np.bincount(many(informative=informative).attended, minlength=26) / MANY
        error = np.sqrt(exact * (1 - exact) / MANY)
        assert (np.abs(shares - exact) <= 4.5 * error + 1e-9).all()


def test_nobody_comes_back_who_has_left_and_the_register_does_not_know_who_left() -> None:
    drawn = many()
    after = np.arange(25) >= drawn.course.left_after[:, None]
    assert not drawn.course.came[after].any()
    assert set(np.unique(drawn.status[after])) == {"absent"}
    assert set(np.unique(drawn.status)) == {"present", "late", "absent", "excused"}
    assert (np.isin(drawn.status, ["present", "late"]) == drawn.course.came).all()


def test_the_types_go_together_within_a_man() -> None:
    weeks = many().course.violence.mean(axis=1)
    together = np.corrcoef(weeks, rowvar=False)
    assert (together[~np.eye(len(TYPES), dtype=bool)] > 0.2).all()


def test_one_man_and_one_session_can_be_drawn() -> None:
    tiny: Model = model("guia-simetria").changed(sessions=1)
    drawn = draw_programme(tiny, men=1, seed=3)
    assert drawn.course.came.tolist() == [[True]]
    assert drawn.waves.happened.shape == (1, 5, len(TYPES))


def test_the_same_seed_draws_the_same_programme_and_another_another() -> None:
    once, again, other = (draw_programme(model("gendes"), men=50, seed=s) for s in (5, 5, 6))
    assert (once.course.violence == again.course.violence).all()
    assert (once.rounds.answer == again.rounds.answer).all()
    assert (once.people.age == again.people.age).all()
    assert (once.course.violence != other.course.violence).any()
