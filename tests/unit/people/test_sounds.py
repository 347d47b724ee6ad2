"""Names find each other however a list spells them, and not everybody is the same man."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.people.rules import sounds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hernández", "Ernandes"),
        ("Hernández", "HDEZ"),
        ("Jiménez", "Ximenes"),
        ("Jiménez", "Gimenez"),
        ("Xavier", "Javier"),
        ("Vázquez", "Basques"),
        ("Núñez", "Nunes"),
        ("Zúñiga", "Suniga"),
        ("Cuauhtémoc", "Quauhtemok"),
        ("Llamas", "Yamas"),
        ("Nelly", "Neli"),
        ("Iker", "Iquer"),
        ("Wenceslao", "Uenseslao"),
        ("Xóchitl", "Sochil"),
        ("Ma.", "María"),
        ("Torres", "Tores"),
        ("Cecilio", "Sesilio"),
        ("Enbila", "Embila"),
    ],
)
def test_names_that_sound_alike_have_one_key(one: str, other: str) -> None:
    assert sounds.key(one) == sounds.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pérez", "Páez"),
        ("Gómez", "Gámez"),
        ("Luis", "Luisa"),
        ("Chávez", "Sáenz"),
        ("Mora", "Mola"),
    ],
)
def test_names_that_sound_otherwise_stay_apart(one: str, other: str) -> None:
    assert sounds.key(one) != sounds.key(other)


def test_particles_do_not_count_and_order_does_not_matter() -> None:
    assert sounds.pairs("José", "de la Cruz") == sounds.pairs("José", "Cruz")
    assert sounds.pairs("", "Cruz José") == sounds.pairs("José Cruz", "")


def test_one_surname_or_one_given_name_is_enough_to_find_him() -> None:
    whole = sounds.pairs("José Luis", "Hernández García")
    assert sounds.pairs("Luis", "Hernandes") <= whole
    assert sounds.pairs("", "Garsia Ernandez") <= whole


def test_two_given_names_alone_do_not_make_one_man_of_all() -> None:
    assert not sounds.pairs("Juan Carlos", "Gómez") & sounds.pairs("Juan Carlos", "Mora")


def test_a_name_of_one_word_stands_for_itself() -> None:
    assert sounds.pairs("Beto", "") == frozenset({sounds.key("Beto")})
    assert sounds.pairs("", "") == frozenset()


@given(st.text(max_size=200), st.text(max_size=200))
def test_anything_may_be_typed(given_names: str, surnames: str) -> None:
    found = sounds.pairs(given_names, surnames)
    assert len(found) <= 60
    assert found == sounds.pairs(given_names.upper(), surnames) or not given_names.isascii()
