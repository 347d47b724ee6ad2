"""What is told: by the man in the round and at the waves, and by his partner where she is found."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from evidencia.simulate.programme import Programme, draw_programme, model
from evidencia.simulate.programme.rounds import NO, NOT_SAID, NOT_THERE, YES

MANY = 6000


@cache
def draw(**numbers: float) -> Programme:
    chosen = model("insp-2010").changed(**numbers)
    return draw_programme(chosen, men=MANY, seed=11)


@pytest.fixture(scope="module")
def drawn() -> Programme:
    return draw()


def told_of_what_happened(drawn: Programme, informant: str, wave: int) -> float:
    told, happened = drawn.waves.told[informant][:, wave], drawn.waves.happened[:, wave]
    asked = drawn.waves.present[informant][:, wave, None] & happened
    return float(told[asked].mean())


def test_men_tell_less_and_less_and_partners_do_not(drawn: Programme) -> None:
    men = [told_of_what_happened(drawn, "man", wave) for wave in range(5)]
    partners = [told_of_what_happened(drawn, "partner", wave) for wave in range(5)]
    assert men[0] == pytest.approx(0.75, abs=0.02)
    assert men[0] > men[1] > men[2] > men[3]
    assert men[3] < 0.55
    assert partners == pytest.approx([0.80] * 5, abs=0.03)


def test_men_who_come_all_the_time_tell_about_a_third(drawn: Programme) -> None:
    often = drawn.attended > 18
    happened = drawn.waves.happened[often, 3]
    asked = drawn.waves.present["man"][often, 3, None] & happened
    assert drawn.waves.told["man"][often, 3][asked].mean() == pytest.approx(0.36, abs=0.06)


def test_men_who_always_told_the_same_would_be_noticed() -> None:
    steady = draw(sensitivity_man_after=0.75)
    assert told_of_what_happened(steady, "man", 3) == pytest.approx(0.75, abs=0.02)


def test_hardly_anything_is_invented(drawn: Programme) -> None:
    for informant in ("man", "partner"):
        told, happened = drawn.waves.told[informant], drawn.waves.happened
        asked = drawn.waves.present[informant][:, :, None] & ~happened
        assert told[asked].mean() == pytest.approx(0.02, abs=0.01)


def test_everybody_answers_before_and_as_many_as_published_at_nine_months(
    drawn: Programme,
) -> None:
    here = {name: at.mean(axis=0) for name, at in drawn.waves.present.items()}
    assert here["man"][0] == 1.0
    assert here["partner"][0] == pytest.approx(0.39, abs=0.03)
    months = np.array(drawn.waves.weeks) / (365.25 / 12 / 7)
    assert here["man"] == pytest.approx(0.67 ** (months / 9), abs=0.03)
    assert here["partner"] / here["partner"][0] == pytest.approx(0.80 ** (months / 9), abs=0.04)


def missed_more(drawn: Programme, wave: int, among: object = slice(None)) -> float:
    """Return how many more types happened where no partner answers than where one does."""
    here = drawn.waves.present["partner"][among, wave]  # type: ignore[index]
    types = drawn.waves.happened[among, wave].sum(axis=1)  # type: ignore[index]
    return float(types[~here].mean() - types[here].mean())


def test_partners_are_found_less_and_lost_more_where_there_is_more_violence(
    drawn: Programme,
) -> None:
    assert missed_more(drawn, 0) > 0.3
    assert missed_more(drawn, 4, drawn.waves.present["partner"][:, 0]) > 0.3
    even = draw(lost_partner_violence=0.0)
    assert abs(missed_more(even, 0)) < 0.12
    assert abs(missed_more(even, 4, even.waves.present["partner"][:, 0])) < 0.2


def test_who_has_left_answers_less(drawn: Programme) -> None:
    left = drawn.course.left_after < 25
    here = drawn.waves.present["man"][:, 4]
    assert here[left].mean() < here[~left].mean() - 0.1


def test_who_does_not_answer_has_no_answer_and_who_answers_has_all(drawn: Programme) -> None:
    for name, told in drawn.waves.told.items():
        assert (np.isnan(told).any(axis=2) == ~drawn.waves.present[name]).all()
        assert (np.isnan(told).all(axis=2) == ~drawn.waves.present[name]).all()


def test_nobody_comes_back_to_answer(drawn: Programme) -> None:
    for here in drawn.waves.present.values():
        assert (np.diff(here.astype(int), axis=1) <= 0).all()


# --- The opening round ----------------------------------------------------------------------------


def test_only_who_is_there_is_asked(drawn: Programme) -> None:
    answer = drawn.rounds.answer
    assert ((answer == NOT_THERE) == ~drawn.course.came).all()
    assert set(np.unique(answer)) == {NOT_THERE, NO, YES, NOT_SAID}


def test_who_says_yes_names_a_type_and_nobody_else_does(drawn: Programme) -> None:
    named = drawn.rounds.named.any(axis=2)
    assert (named == (drawn.rounds.answer == YES)).all()
    assert not drawn.rounds.support[drawn.rounds.answer != YES].any()


def test_in_the_round_too_less_is_told_after_each_session(drawn: Programme) -> None:
    rounds = drawn.rounds
    attended = np.cumsum(drawn.course.came, axis=1) - drawn.course.came
    shares = []
    for times in (0, 3, 10):
        asked = (attended == times) & np.isin(rounds.answer, [NO, YES])
        happened = rounds.happened & asked[:, :, None]
        shares.append(rounds.named[happened].mean())
        expected = 0.35 + 0.40 * 0.8**times
        assert shares[-1] == pytest.approx(expected, abs=0.03)
    assert shares[0] > shares[1] > shares[2]


def test_the_round_looks_back_to_when_he_last_came(drawn: Programme) -> None:
    course = drawn.course
    for man in range(200):
        last = None
        for session in np.flatnonzero(course.came[man]):
            start = course.before + (session - 1 if last is None else last)
            since = course.violence[man, start : course.before + session].any(axis=0)
            assert (drawn.rounds.happened[man, session] == since).all()
            last = session


def test_the_time_out_is_used_only_after_it_was_taught(drawn: Programme) -> None:
    assert not drawn.rounds.retiro[:, :2].any()
    assert drawn.rounds.retiro[:, 2:].any()
    assert not drawn.rounds.retiro[~drawn.course.came].any()
