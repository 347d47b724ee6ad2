"""Names and words as people write them; refusals as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.core.errors import Conflict, DomainError, Forbidden, NotVisible
from tequio.core.text import fold, join_names, squeeze


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  José   ÁNGEL ", "jose angel"),
        ("Peña", "peña"),
        ("PEÑA", "peña"),
        ("Pena", "pena"),
        ("Güemes", "guemes"),
        ("Jose\u0301", "jose"),
        ("", ""),
    ],
)
def test_accents_and_capitals_do_not_matter_and_the_enye_does(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_an_enye_written_as_n_with_a_tilde_is_the_same_enye() -> None:
    assert fold("Pen\u0303a") == fold("Peña")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_only_spaces_are_squeezed() -> None:
    assert squeeze("  José \n  Ángel\t") == "José Ángel"


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], ""),
        (["Lalo"], "Lalo"),
        (["Lalo", "Maru"], "Lalo y Maru"),
        (["Lalo", "Maru", "Ana"], "Lalo, Maru y Ana"),
        (["Lalo", "Inés"], "Lalo e Inés"),
        (["Lalo", "Hilda"], "Lalo e Hilda"),
        (["Lalo", "Hielo"], "Lalo y Hielo"),
    ],
)
def test_names_are_joined_as_they_are_said(names: list[str], sentence: str) -> None:
    assert join_names(names) == sentence


@pytest.mark.parametrize(
    ("kind", "status"), [(DomainError, 422), (NotVisible, 404), (Forbidden, 403), (Conflict, 409)]
)
def test_a_refusal_says_what_happened_and_what_to_do(kind: type[DomainError], status: int) -> None:
    refusal = kind("Falta el nombre.", hint="Escribe cómo se llama.")

    assert str(refusal) == "Falta el nombre. Escribe cómo se llama."
    assert refusal.status == status
    assert str(kind("Falta el nombre.")) == "Falta el nombre."
