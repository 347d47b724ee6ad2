"""What is typed about a man: checked kindly, never guessed."""

from __future__ import annotations

import pytest

from tequio.people import aliases
from tequio.people.addresses import _Folio
from tequio.people.forms import PersonForm


@pytest.mark.parametrize(
    ("phone", "fits"),
    [
        ("", True),
        ("55 1234 5678", True),
        ("+52 55 1234 5678", True),
        ("+1 (212) 555-0100", True),
        ("521 55 1234 5678", True),
        ("5512345", False),
        ("55 1234 56789", False),
    ],
)
def test_a_telephone_has_ten_numbers_or_says_its_country(phone: str, fits: bool) -> None:
    form = PersonForm({"alias": "Nogal", "phone": phone})
    assert form.is_valid() is fits
    assert fits or "en México son diez" in str(form.errors)


@pytest.mark.parametrize(
    ("year", "fits"), [("", True), ("1988", True), ("88", False), ("1800", False), ("x", False)]
)
def test_a_year_of_birth_is_of_somebody_alive(year: str, fits: bool) -> None:
    assert PersonForm({"alias": "Nogal", "birth_year": year}).is_valid() is fits


def test_an_alias_is_enough() -> None:
    form = PersonForm({"alias": " Nogal "})
    assert form.is_valid()
    assert form.cleaned_data["alias"] == "Nogal"
    assert form.who().full_name == ""


def test_aliases_never_repeat() -> None:
    fresh = aliases.fresh({"Abeto", "Alba 2"})
    given = [next(fresh) for _n in range(3 * len(aliases.WORDS))]
    assert len(set(given)) == len(given)
    assert not {"Abeto", "Alba 2"} & set(given)
    assert len(set(aliases.WORDS)) == len(aliases.WORDS)


def test_an_address_gives_a_folio_as_it_came() -> None:
    assert _Folio().to_python("7K2M-9QXD") == _Folio().to_url("7K2M-9QXD") == "7K2M-9QXD"
