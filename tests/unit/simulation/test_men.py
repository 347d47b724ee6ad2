"""Invented men, as the rooms take them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from evidencia.simulate.programme import TYPES, model, models
from tequio.people.catalogues import violence
from tequio.people.models import Motive, Route
from tequio.programmes.definitions import shipped
from tequio.simulation.men import AS_NAMED, MODEL, Man, draw


@pytest.fixture(scope="module")
def men() -> list[Man]:
    return draw(3000, seed=1)


@pytest.mark.parametrize("slug", models())
def test_every_route_and_motive_that_is_drawn_is_one_that_an_intake_knows(slug: str) -> None:
    chosen = model(slug)
    assert set(chosen.shares("route")) == set(Route.values)
    assert set(chosen.shares("motive")) == set(Motive.values)


@pytest.mark.parametrize("slug", models())
def test_a_model_is_drawn_with_the_sessions_that_its_file_plans(slug: str) -> None:
    assert model(slug).sessions == shipped()[slug].model.sessions.count.value


def test_every_type_has_a_name_in_the_catalogue_of_any_day_of_a_demonstration() -> None:
    assert set(AS_NAMED) == set(TYPES)
    for day in (date(2024, 6, 1), date(2026, 11, 20)):
        assert all(violence.in_force(day).knows(code, "partner") for code in AS_NAMED.values())


def test_there_is_a_word_for_each_session_and_sometimes_nobody_wrote_it(men: list[Man]) -> None:
    assert {len(man.statuses) for man in men} == {model(MODEL).sessions}
    words = np.array([man.statuses for man in men])
    assert set(words.ravel()) == {"present", "late", "absent", "excused", ""}
    assert (words == "").mean() == pytest.approx(0.02, abs=0.005)


def test_who_never_arrives_is_as_many_as_published_and_tells_nothing(men: list[Man]) -> None:
    never = [man for man in men if not man.arrives]
    assert len(never) / len(men) == pytest.approx(1 - 0.8911, abs=0.03)
    assert all(set(man.statuses) <= {"absent", ""} for man in never)
    assert all(told is None for man in never for told in man.rounds)


def test_who_is_there_and_nobody_else_is_asked(men: list[Man]) -> None:
    for man in men[:300]:
        for status, told in zip(man.statuses, man.rounds, strict=True):
            if status:
                assert (told is not None) == (status in ("present", "late"))


def test_who_says_yes_names_what_it_was(men: list[Man]) -> None:
    told = [each for man in men for each in man.rounds if each is not None]
    assert {each.answer for each in told} == {"yes", "no", "silent"}
    assert all(bool(each.kinds) == (each.answer == "yes") for each in told)
    assert all(len(set(each.kinds)) == len(each.kinds) for each in told)


def test_fewer_come_later(men: list[Man]) -> None:
    came = np.isin([man.statuses for man in men], ["present", "late"]).mean(axis=0)
    assert came[0] > came[3] > came[11] > 0.2


def test_the_same_seed_draws_the_same_men_and_another_others() -> None:
    assert draw(30, seed=5) == draw(30, seed=5) != draw(30, seed=6)


def test_nobody_can_be_drawn() -> None:
    assert draw(0, seed=1) == []
