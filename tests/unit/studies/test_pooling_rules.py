"""Keys as they are said aloud, frozen rows as a packet takes them, and names on a page."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencia.pooling import PooledDesign, make_packet
from tequio.core.errors import DomainError
from tequio.studies import pool_terms
from tequio.studies.rules import pooling as rules

ONE = PooledDesign("x", ("T0", "T3"), rules.ARMS["one"], threshold=3)
LOTTERY = PooledDesign("x", ("T0", "T3"), rules.ARMS["wait"], threshold=3)
FILE = b"""unit,wave,informant,arm,site,any
a,T0,ellos,now,Centro,1
a,T1,ellos,now,Centro,0
a,T3,ellos,now,Centro,0
b,T0,ellos,later,Centro,
c,T0,ellos,,Centro,1
"""


@settings(max_examples=50, deadline=None)
@given(st.binary(min_size=32, max_size=32))
def test_a_key_comes_back_however_it_was_typed(key: bytes) -> None:
    said = rules.spell(key)

    assert len(said.split()) == 14
    assert rules.read_key(said) == key
    heard = said.lower().replace("0", "o").replace("1", "l").replace(" ", "-")
    assert rules.read_key(f" {heard}\n") == key


@settings(max_examples=50, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.integers(0, 55), st.integers(1, 31))
def test_any_letter_typed_wrong_is_told(key: bytes, at: int, by: int) -> None:
    plain = rules.spell(key).replace(" ", "")
    letters = rules.ALPHABET
    other = letters[(letters.index(plain[at]) + by) % 32]
    # Four letters check the rest: one slip in a million would go through, and none of these does.
    with pytest.raises(DomainError):
        rules.read_key(plain[:at] + other + plain[at + 1 :])


def test_rows_become_a_table_of_the_agreed_moments_alone() -> None:
    found = rules.table(FILE, "any", LOTTERY)

    assert found.arm is not None
    assert found.arm.tolist() == ["now", "later"]
    assert np.array_equal(found.outcome, [[1, 0], [np.nan, np.nan]], equal_nan=True)
    assert found.outside == 1


def test_where_nothing_is_compared_who_waited_is_no_part_of_it() -> None:
    found = rules.table(FILE, "any", ONE)

    assert (found.arm, len(found.outcome), found.outside) == (None, 2, 1)


@pytest.mark.parametrize(
    ("file", "column", "design", "sentence"),
    [
        (FILE, "other", ONE, "no tienen la medida"),
        (b"unit,wave,any\na,T0,1\n", "any", LOTTERY, "uno solo"),
        (
            FILE,
            "any",
            PooledDesign("x", ("T0", "T3"), rules.ARMS["comparison"], threshold=3),
            "no hay nadie",
        ),
    ],
)
def test_rows_that_do_not_answer_are_refused_in_a_sentence(
    file: bytes, column: str, design: PooledDesign, sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        rules.table(file, column, design)


def test_who_wants_no_name_is_a_letter_and_the_others_are_named() -> None:
    labels = ["sin nombre 7K2M-9QXC", "Casa Sur", "sin nombre 1111-1111", "sin nombre de nadie"]
    names = rules.shown_names(labels)

    assert names["Casa Sur"] == "Casa Sur"
    assert names["sin nombre de nadie"] == "sin nombre de nadie"
    assert sorted(names[label] for label in labels if rules.is_unnamed(label)) == [
        "Organización A",
        "Organización B",
    ]


def test_a_line_in_which_all_said_yes_is_warned_about() -> None:
    unit = pool_terms.Unit("Alguna", share=True)
    alike = make_packet(ONE, "x", np.ones((6, 2)))
    mixed = make_packet(ONE, "x", np.array([[1.0, 0.0], [0.0, 1.0]] * 3))

    assert "todos contestaron lo mismo" in pool_terms.all_alike(alike, unit)
    assert pool_terms.all_alike(mixed, unit) == ""
    assert pool_terms.all_alike(alike, pool_terms.Unit("Cuántas")) == ""
