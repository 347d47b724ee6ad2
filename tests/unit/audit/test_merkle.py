"""The tree over the rows, against RFC 6962's own definition worked out by hand."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.audit.rules import EMPTY_ROOT, chained_root, leaf_hash, merkle_root


def _node(left: str, right: str) -> str:
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


LEAVES = [leaf_hash({"n": n}) for n in range(7)]
_digests = st.lists(st.binary(min_size=32, max_size=32).map(bytes.hex), min_size=1, max_size=20)


def test_the_root_of_nothing_and_of_one() -> None:
    assert merkle_root([]) == EMPTY_ROOT
    assert merkle_root(LEAVES[:1]) == LEAVES[0]


def test_seven_leaves_split_at_the_largest_power_of_two() -> None:
    a, b, c, d, e, f, g = LEAVES
    left = _node(_node(a, b), _node(c, d))
    right = _node(_node(e, f), g)

    assert merkle_root(LEAVES) == _node(left, right)


def test_a_leaf_does_not_depend_on_the_order_of_its_columns() -> None:
    assert leaf_hash({"a": 1, "b": "ñ"}) == leaf_hash({"b": "ñ", "a": 1})


@given(_digests, st.data())
def test_any_change_of_any_leaf_changes_the_root(leaves: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    changed = list(leaves)
    changed[place] = hashlib.sha256(bytes.fromhex(leaves[place])).hexdigest()

    assert merkle_root(changed) != merkle_root(leaves)


@given(_digests)
def test_a_leaf_more_changes_the_root(leaves: list[str]) -> None:
    assert merkle_root([*leaves, leaves[-1]]) != merkle_root(leaves)


@pytest.mark.parametrize(
    "other",
    [
        {"previous_root": "b", "sealed_at": "t"},
        {"previous_root": "a", "sealed_at": "u"},
    ],
)
def test_the_chain_binds_the_seal_before_and_the_moment(other: dict[str, str]) -> None:
    assert chained_root(LEAVES, previous_root="a", sealed_at="t") != chained_root(LEAVES, **other)
