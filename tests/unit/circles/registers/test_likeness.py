"""People who may be one are shown, and others are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.circles.registers.likeness import (
    MOST_PAIRS,
    compare_names,
    damerau_levenshtein,
    possible_duplicates,
)
from tequio.circles.registers.people import Identity, Person, clean_id, identify, sex_classes
from tequio.circles.registers.vocabulary import Role


def _people(*names: str, **more: str) -> list[Person]:
    return [
        Person(f"name:{i}", Identity(name=name, **more), "Hoja", f"A{i + 2}")
        for i, name in enumerate(names)
    ]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("José Pérez", "Jose Perez"),
        ("José Pérez", "Pérez José"),
        ("José Pérez", "José Peres"),
        ("Jose Perez", "Jsoe Perez"),
        ("J. Pérez", "José Pérez"),
        ("José Pérez", "José Pérez López"),
        ("María de la Luz Gil", "Gil María Luz"),
    ],
)
def test_names_that_may_be_one_person_are_paired(one: str, two: str) -> None:
    (pair,) = possible_duplicates(_people(one, "Ramiro Quintanilla", two))

    assert (pair.first, pair.second) == ("name:0", "name:2")
    assert 0.5 <= pair.score <= 1
    assert pair.reason.endswith(".")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("José Pérez", "José Gómez"),
        ("Juan Ruiz", "Luis Díaz"),
        ("Ana", "Eva"),
        ("Peña Luis", "Peñaloza Luis"),
        ("", ""),
    ],
)
def test_other_names_are_left_alone(one: str, two: str) -> None:
    assert compare_names(one, two) is None
    assert possible_duplicates(_people(one, two)) == ()


def test_the_same_phone_is_a_reason_and_a_made_up_one_is_not() -> None:
    assert len(possible_duplicates(_people("Ana Gil", "Luis Díaz", phone="55 1234 5678"))) == 1
    assert possible_duplicates(_people("Ana Gil", "Luis Díaz", phone="0000000000")) == ()


def test_six_hundred_people_do_not_take_long() -> None:
    names = [f"{a}{b} {c}ez" for a in "bcdfg" for b in "aeiou" for c in "bcdfghjklmnpqrstvwxyzñbx"]

    assert possible_duplicates(_people(*names))


def test_a_name_written_hundreds_of_times_does_not_hang() -> None:
    assert len(possible_duplicates(_people(*["Ana Gil"] * 2000))) == MOST_PAIRS


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_the_distance_is_symmetric_and_zero_only_for_equals(one: str, two: str) -> None:
    distance = damerau_levenshtein(one, two)

    assert distance == damerau_levenshtein(two, one)
    assert (distance == 0) == (one == two)
    assert distance <= max(len(one), len(two))


@given(st.lists(st.text("abñé ", min_size=1, max_size=9), max_size=12))
def test_candidates_lose_no_pair_that_the_comparison_would_find(names: list[str]) -> None:
    people = _people(*names)
    found = {(pair.first, pair.second) for pair in possible_duplicates(people)}

    for i, one in enumerate(people):
        for two in people[i + 1 :]:
            if compare_names(one.identity.name, two.identity.name):
                assert tuple(sorted((one.key, two.key))) in found


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (16.0, "16"),
        (16, "16"),
        ("16.0", "16"),
        (" A-7 ", "A-7"),
        ("007", "007"),
        ("s/n", ""),
        (None, ""),
    ],
)
def test_ids_are_texts_without_point_zero(value: object, text: str) -> None:
    assert clean_id(value) == text  # type: ignore[arg-type]


def test_an_identity_may_be_an_id_a_name_in_parts_or_an_alias() -> None:
    parts = {Role.GIVEN: "José", Role.SURNAME: "Pérez", Role.SECOND_SURNAME: None}

    assert identify(parts).display == "José Pérez"
    assert identify({Role.ALIAS: "Lalo"}).key == "alias:lalo|"
    assert identify({Role.ID: 16.0, Role.NAME: "Ana"}).key == "id:16"
    assert not identify({Role.NAME: "Sin nombre", Role.PHONE: "5512345678"}).known


def test_m_is_a_woman_beside_h_and_a_man_beside_f() -> None:
    assert sex_classes(["H", "M"]) == {"h": "man", "m": "woman"}
    assert sex_classes(["F", "M"]) == {"f": "woman", "m": "man"}
