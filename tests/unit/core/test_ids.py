"""Keys and folios."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.core import entropy, ids
from tequio.core.errors import DomainError

_folios = st.integers(0, 2**32).map(lambda seed: _folio(str(seed)))


def _folio(seed: str) -> str:
    with entropy.replay(seed):
        return ids.new_folio()


def test_a_key_is_a_random_uuid() -> None:
    keys = {ids.new_id() for _i in range(1000)}

    assert len(keys) == 1000
    assert {key.version for key in keys} == {4}


@given(_folios)
def test_a_folio_is_read_back_however_it_was_written_down(folio: str) -> None:
    spoken = folio.replace("0", "o").replace("1", "l").lower()

    assert ids.parse_folio(folio) == folio
    assert ids.parse_folio(f"  {spoken.replace('-', ' ')} ") == folio


@given(_folios, st.integers(0, 7), st.sampled_from(ids.ALPHABET))
def test_one_wrong_character_is_noticed(folio: str, place: int, other: str) -> None:
    plain = folio.replace("-", "")
    wrong = plain[:place] + other + plain[place + 1 :]

    if wrong != plain:
        with pytest.raises(DomainError, match="tiene un error"):
            ids.parse_folio(wrong)


@given(_folios, st.integers(0, 6))
def test_two_neighbours_that_changed_places_are_noticed(folio: str, place: int) -> None:
    plain = folio.replace("-", "")
    wrong = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]

    if wrong != plain:
        with pytest.raises(DomainError, match="tiene un error"):
            ids.parse_folio(wrong)


@pytest.mark.parametrize(
    "text", ["", "7K2M", "7K2M-9QXC-1", "7K2M-9QX!", "Juan Pérez", "ÑÑÑÑ-ÑÑÑÑ"]
)
def test_what_is_no_folio_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(DomainError) as refusal:
        ids.parse_folio(text)
    assert "7K2M-9QXC" in str(refusal.value)


def test_the_example_of_the_hint_is_itself_a_folio() -> None:
    assert ids.parse_folio("7K2M-9QXC") == "7K2M-9QXC"
