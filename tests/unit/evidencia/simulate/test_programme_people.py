"""The men of 2010 as published: 1,257 who joined, their age, how they came and what they hoped."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from evidencia.simulate.programme import Programme, draw_programme, model, models

Z = 4.5
"""Standard errors of sampling; a seed in 150,000 would lie outside."""


@pytest.fixture(scope="module")
def drawn() -> Programme:
    return draw_programme(model("insp-2010"), seed=2010)


def near(share: float, published: float, n: int) -> bool:
    return abs(share - published) <= Z * np.sqrt(published * (1 - published) / n)


def reaches_the_published_figures(programme: Programme) -> bool:
    people, came = programme.people, programme.attended
    n = len(people)
    return all(
        (
            n == 1257,
            abs(people.age.mean() - 35.3) <= Z * people.age.std() / np.sqrt(n),
            near((people.route == "friend").mean(), 0.463, n),
            near((people.route == "partner_invitation").mean(), 0.126, n),
            near((people.motive == "family_relations").mean(), 0.47, n),
            near((people.motive == "leave_violence").mean(), 0.12, n),
            near((came > 0.75 * 25).mean(), 0.05, n),
            near((came <= 12).mean(), 0.785, n),
        )
    )


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("informative", [True, False])
def test_the_men_of_2010_are_as_published(seed: int, informative: bool) -> None:
    assert reaches_the_published_figures(
        draw_programme(model("insp-2010"), informative=informative, seed=seed)
    )


@pytest.mark.parametrize("scenario", ["harm", "benefit", "displacement"])
def test_whatever_the_programme_does_the_published_figures_hold(scenario: str) -> None:
    drawn = draw_programme(model("insp-2010"), scenario=scenario, seed=1)  # type: ignore[arg-type]
    assert reaches_the_published_figures(drawn)


@pytest.mark.parametrize(
    "wrong",
    [
        {"men_joined": 1200},
        {"age_mean": 38.0},
        {"route_friend": 0.363, "route_health": 0.21},
        {"motive_family_relations": 0.57, "motive_partner": 0.02},
        {"leaves_each_session": 0.03},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_other_numbers_would_be_noticed(wrong: dict[str, float]) -> None:
    other = model("insp-2010").changed(**wrong)
    assert not reaches_the_published_figures(draw_programme(other, seed=2010))


def test_everybody_who_joined_came_once_and_is_an_adult(drawn: Programme) -> None:
    assert drawn.attended.min() >= 1
    assert drawn.course.came[:, 0].all()
    assert drawn.people.age.min() >= 18
    assert drawn.people.age.max() < 100


def test_whom_an_authority_sent_and_nobody_else_comes_because_it_was_ordered(
    drawn: Programme,
) -> None:
    sent, ordered = drawn.people.route == "court", drawn.people.motive == "ordered"
    assert sent.any()
    assert (sent == ordered).all()


def test_groups_are_of_the_size_that_the_guide_says(drawn: Programme) -> None:
    sizes = np.bincount(drawn.people.group)
    assert sizes[:-1].tolist() == [11] * (sizes.size - 1)
    assert 1 <= sizes[-1] <= 11
    assert drawn.people.site.max() == 7
    assert (np.diff(drawn.people.starts) >= 0).all()


@pytest.mark.parametrize("slug", models())
def test_every_model_can_be_drawn_and_gives_a_source_for_each_number(slug: str) -> None:
    chosen = model(slug)
    drawn = draw_programme(chosen, men=40, seed=1)
    assert len(drawn.people) == 40
    assert all(number.source and number.unit for number in chosen.parameters.values())
    assert any(number.confirmed for number in chosen.parameters.values())


def test_the_targets_of_2010_are_not_claimed_of_another_attendance() -> None:
    assert "over_75_percent" in model("insp-2010").parameters
    assert "over_75_percent" not in model("guia-simetria").parameters


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m.changed(route_friend=0.6), "route_… add up to 1.137"),
        (lambda m: m.changed(route_court=0.05, route_friend=0.453), "motive_ordered is exactly"),
        (lambda m: m.changed(height=1.7), "no number height"),
        (lambda m: draw_programme(m, men=0, seed=1), "at least one man"),
        (lambda m: draw_programme(m, scenario="luck", seed=1), "no scenario luck"),
        (lambda m: draw_programme(m, ending="french", seed=1), "no ending french"),
        (lambda _: model("rbc"), "no model rbc"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(change: Callable[..., object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        change(model("insp-2010"))


def test_a_number_of_ones_own_is_marked_as_nobody_s() -> None:
    changed = draw_programme(model("insp-2010"), men=30, seed=1).model.parameters["men_joined"]
    assert (changed.value, changed.confirmed) == (30, False)
    assert "this run" in changed.source
