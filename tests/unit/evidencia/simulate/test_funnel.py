"""From screening to coming once: published for women and men together, with two endings."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from evidencia.simulate.programme import ENDINGS, Ending, backward, draw_programme, forward, model
from evidencia.simulate.programme.funnel import PUBLISHED

INSP = model("insp-2010")


@pytest.mark.parametrize("ending", ENDINGS)
def test_who_is_screened_goes_on_as_published(ending: Ending) -> None:
    published = PUBLISHED[ending]
    drawn = forward(INSP, published[0], ending, np.random.default_rng(3))
    for (before, after), (asked, went) in zip(
        pairwise(published),
        pairwise(drawn.counts),
        strict=True,
    ):
        share = after / before
        assert went / asked == pytest.approx(share, abs=4.5 * np.sqrt(share * (1 - share) / asked))


def test_the_two_endings_differ_by_far_more_than_chance() -> None:
    english, spanish = (
        forward(INSP, 5539, ending, np.random.default_rng(3)).joined for ending in ENDINGS
    )
    assert spanish - english > 500


@pytest.mark.parametrize("ending", ENDINGS)
def test_those_who_joined_tell_how_many_were_screened(ending: Ending) -> None:
    rng = np.random.default_rng(4)
    draws = [backward(INSP, 1257, ending, rng) for _ in range(200)]
    published = PUBLISHED[ending]
    expected = 1257 * published[0] / published[3]
    assert all(drawn.joined == 1257 for drawn in draws)
    assert all(list(drawn.counts) == sorted(drawn.counts, reverse=True) for drawn in draws)
    assert np.mean([drawn.screened for drawn in draws]) == pytest.approx(expected, rel=0.01)


def test_every_funnel_says_on_what_it_rests() -> None:
    drawn = draw_programme(INSP, ending="spanish", seed=1)
    assert drawn.funnel.assumption == "mixed-sex"
    assert drawn.funnel.ending == "spanish"
    assert drawn.funnel.joined == 1257


def test_each_person_has_a_furthest_step() -> None:
    drawn = draw_programme(INSP, seed=1).funnel
    steps = drawn.furthest()
    assert len(steps) == drawn.screened
    assert steps[:1257] == ["joined"] * 1257
    assert steps.count("accepted") == drawn.accepted - drawn.joined
    assert steps.count("positive") == drawn.positive - drawn.accepted
    assert steps.count("screened") == drawn.screened - drawn.positive


def test_nobody_joined_and_nobody_screened_are_possible() -> None:
    rng = np.random.default_rng(1)
    assert backward(INSP, 0, "english", rng).counts == (0, 0, 0, 0)
    assert forward(INSP, 0, "english", rng).counts == (0, 0, 0, 0)
