"""The addresses of lists are those that Django finds."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.template import engines
from django.urls import NoReverseMatch, reverse

from tequio.core import ids
from tequio.ui.addresses import address

CASES = [
    ("desk:today", 0, 0),
    ("circles:group", 1, 0),
    ("circles:mark", 3, 0),
    ("desk:person", 0, 1),
    ("circles:leave", 1, 1),
]


@pytest.mark.parametrize(("name", "keys", "folios"), CASES)
def test_each_is_what_reverse_returns(name: str, keys: int, folios: int) -> None:
    for _ in range(3):
        args = [ids.new_id() for _ in range(keys)] + [ids.new_folio() for _ in range(folios)]
        assert address(name, *args) == reverse(name, args=args)


def test_what_is_no_key_and_no_folio_is_left_to_django() -> None:
    with pytest.raises(NoReverseMatch):
        address("desk:person", "../etc")
    with pytest.raises(NoReverseMatch):
        address("circles:group", "{}")
    with pytest.raises(NoReverseMatch):
        address("circles:group", UUID(int=1), UUID(int=2))


def test_in_a_page_it_is_what_url_says() -> None:
    key = ids.new_id()
    page = "{% load ui %}{% to 'circles:group' key %}|{% url 'circles:group' key %}"
    ours, theirs = engines["django"].from_string(page).render({"key": key}).split("|")
    assert ours == theirs
