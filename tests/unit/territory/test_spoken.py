"""What may be said of a place, how firmly, and what may not."""

from __future__ import annotations

import pytest

from evidencia.ranks import RankRange
from tequio.territory.indicators import INDICATORS
from tequio.territory.rules import jumps, numbers, spoken
from tequio.territory.rules.spoken import Grade, Of

IZTAPALAPA = Of("Iztapalapa", "Ciudad de México", "09")
ECATEPEC = Of("Ecatepec de Morelos", "Estado de México", "15")


def test_the_state_of_mexico_is_not_taken_for_the_country() -> None:
    assert ECATEPEC.where == "el Estado de México"
    assert IZTAPALAPA.where == "la Ciudad de México"


@pytest.mark.parametrize("cases", [1, 4])
def test_few_are_never_said_as_a_number(cases: int) -> None:
    said = spoken.files(IZTAPALAPA, 2022, cases, 20_000)
    assert "menos de 5 carpetas" in said.text
    assert numbers.count(cases) == "menos de 5"
    assert "100 mil" not in said.text


def test_a_rate_needs_twenty_cases() -> None:
    assert numbers.rate(19, 1_000) is None
    assert numbers.rate(20, 100_000) == 20


def test_no_report_is_not_zero_and_zero_is_not_peace() -> None:
    none = spoken.files(IZTAPALAPA, 2022, None, 20_000)
    zero = spoken.files(IZTAPALAPA, 2022, 0, 20_000)
    assert none.grade is zero.grade is Grade.UNKNOWN
    assert "No reportar no es cero" in none.not_to_say
    assert "Cero carpetas no es cero violencia" in zero.text
    assert none.text != zero.text


def test_a_place_that_may_be_anywhere_is_not_known() -> None:
    wide = spoken.place_among(IZTAPALAPA, RankRange(40, 3, 90, 100), 100_000)
    sure = spoken.place_among(IZTAPALAPA, RankRange(40, 34, 52, 100), 100_000)
    assert (wide.grade, sure.grade) == (Grade.UNKNOWN, Grade.CAREFUL)
    assert "entre el lugar 34 y el 52" in sure.text


def test_what_a_model_made_is_never_firm() -> None:
    poor = spoken.share(INDICATORS["poor"], IZTAPALAPA, 54.4, 43.8, 52.2)
    tongue = spoken.share(INDICATORS["indigenous"], IZTAPALAPA, 1.6, 1.4, 6.3)
    assert (poor.grade, tongue.grade) == (Grade.CAREFUL, Grade.FIRM)


def test_every_sentence_has_the_one_that_must_not_be_said() -> None:
    for one in INDICATORS.values():
        assert spoken.share(one, IZTAPALAPA, 10.0, 10.0, 10.0).not_to_say
        assert spoken.share(one, IZTAPALAPA, None, 10.0, 10.0).not_to_say


def test_deaths_are_of_the_whole_municipality() -> None:
    said = spoken.homicides(IZTAPALAPA, 710, 1_835_486, 27.3)
    assert "de una colonia" in said.not_to_say and "feminicidios" in said.not_to_say
    assert spoken.homicides(IZTAPALAPA, None, 1, 27.3).grade is Grade.UNKNOWN


def test_a_count_that_doubles_in_a_year_does_not_bear_comparing() -> None:
    found = jumps.to_say({2019: 60, 2020: 45, 2021: 314, 2022: 1962})
    assert [jump.year for jump in found] == [2021, 2022]
    assert [jump.year for jump in jumps.to_say({2018: 70, 2019: 500, 2020: 900})] == [2019]
    assert jumps.to_say({2020: 100, 2021: 150, 2022: 199}) == []
    assert jumps.to_say({2020: 100, 2021: None, 2022: 400}) == []
    assert jumps.to_say({2020: 2, 2021: 40}) == []
    assert jumps.latest({2018: 10, 2019: 90, 2020: 45, 2021: 60, 2022: 61}) == 2020
    assert jumps.latest({2020: 100, 2021: 150, 2022: 199}) is None
    assert spoken.jump("Campeche", found[0]).grade is Grade.UNKNOWN


@pytest.mark.parametrize("people, edge", [(0, 0), (4_999, 0), (5_000, 5_000), (1_835_486, 100_000)])
def test_places_are_set_beside_others_of_their_size(people: int, edge: int) -> None:
    assert numbers.size_of(people) == edge
    assert numbers.size_words(edge)
