"""Places have the keys of INEGI, and what is typed is matched and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.territory import places


def test_the_country_is_whole() -> None:
    found = [m for state in places.states() for m in places.municipalities(state.key)]
    assert len(places.states()) == 32
    assert len(found) == len({m.key for m in found}) == 2475
    assert all(len(m.key) == 5 and m.key.isdigit() and m.name.strip() == m.name for m in found)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("09015", "Cuauhtémoc, Ciudad de México"),
        ("15033", "Ecatepec de Morelos, México"),
        ("14039", "Guadalajara, Jalisco"),
        ("02006", "San Quintín, Baja California"),
        ("99999", ""),
        ("", ""),
    ],
)
def test_a_key_is_said_in_words(key: str, said: str) -> None:
    assert places.say(key) == said


def test_states_stand_where_people_look_for_them() -> None:
    names = [state.name for state in places.states()]
    assert names[0] == "Aguascalientes"
    assert names.index("Ciudad de México") < names.index("Durango")


@pytest.mark.parametrize("typed", ["Ecatepec", "ecatepec de morelos", "  ECATEPEC  de Morelos "])
def test_a_typed_name_is_found_without_accents_or_capitals(typed: str) -> None:
    found = places.match("15", typed)
    assert found.exact is not None
    assert found.exact.key == "15033"


def test_a_name_that_may_be_several_is_offered_and_not_chosen() -> None:
    found = places.match("20", "San Juan")
    assert found.exact is None
    assert len(found.offered) == 6


def test_two_of_the_same_name_in_one_state_are_offered_and_not_chosen() -> None:
    found = places.match("20", "San Juan Mixtepec")
    assert found.exact is None
    assert {place.key for place in found.offered} == {"20208", "20209"}


@given(st.text(max_size=80))
def test_anything_may_be_typed(typed: str) -> None:
    found = places.match("09", typed)
    assert found.exact is None or found.exact.key.startswith("09")
