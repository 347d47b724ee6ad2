"""Long and not guessable is all that a password must be."""

from __future__ import annotations

import pytest

from tequio.access.rules import passwords


@pytest.mark.parametrize(
    "password",
    [
        "corta",
        "catorce letras",
        "123456789012345",
        "098765432109876",
        "abcdefghijklmnop",
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "passwordpassword",
        "Contraseña2026!!",
        "CONTRASEÑA 2026 2026",
        "qwertyuiopasdfghjkl",
        "México Lindo y Querido",
        "guadalupeguadalupe",
        "x" * 129,
    ],
)
def test_a_short_or_common_password_is_refused_with_a_sentence(password: str) -> None:
    found = passwords.problems(password)

    assert found
    assert all(sentence.endswith(".") for sentence in found)


@pytest.mark.parametrize(
    "password",
    [
        "faro nogal cedro viento",
        "todo en minusculas vale",
        "493817205648193",
        "una frase que solo yo diría así",
        "e" * 3 + "ljardindelavecinahuele",
        "x7" * 2 + "kdmvbqpzrtlwj",
    ],
)
def test_a_long_password_needs_no_signs_or_capitals(password: str) -> None:
    assert passwords.problems(password) == []


@pytest.mark.parametrize(
    "password", ["maruja come naranjas", "el circulo-norte gira", "Círculo de luna"]
)
def test_a_password_with_the_persons_or_the_organisations_name_is_refused(password: str) -> None:
    names = ("Maruja Ríos", "maruja@circulo-norte", "Círculo Norte")

    assert passwords.problems(password, names=names)
    assert not passwords.problems(password)


def test_a_name_of_three_letters_forbids_nothing() -> None:
    assert passwords.problems("las anaconda nadan bien", names=("Ana",)) == []


def test_the_offered_phrase_is_itself_good_enough_and_never_the_same() -> None:
    offered = {passwords.offer() for _i in range(50)}

    assert len(offered) == 50
    assert all(len(phrase.split()) == 6 and not passwords.problems(phrase) for phrase in offered)
