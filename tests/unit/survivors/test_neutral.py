"""What somebody else at the telephone hears, or finds, says nothing."""

from __future__ import annotations

import pytest

from tequio.survivors.rules.neutral import what_tells

HOUSE = "Círculo Norte (demostración)"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Habla Ana, de la papelería: ya está su pedido.", ""),
        ("Le hablamos de círculo  norte", "circulo norte"),
        ("Es sobre la VIOLENCIA que contó", "violencia"),
        ("Del refugio, por favor", "refugio"),
        ("Vea www.ejemplo.org", "www."),
        ("Entre a casa-sol.mx", "casa-sol.mx"),
        ("Soy de Tequio", "tequio"),
        ("El norte del círculo de lectura", ""),
        ("", ""),
    ],
)
def test_a_neutral_text_names_neither_us_nor_what_it_is_about(text: str, found: str) -> None:
    assert what_tells(text, house=HOUSE) == found


def test_without_a_name_of_the_house_the_rest_is_looked_at() -> None:
    assert what_tells("Es por el maltrato") == "maltrato"
