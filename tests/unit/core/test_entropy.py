"""Randomness has two streams, so that worlds can be replayed."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.core import entropy, ids


def test_a_replay_gives_the_same_world() -> None:
    with entropy.replay("a"):
        first = [ids.new_folio(), str(ids.new_id())]
    with entropy.replay("a"):
        second = [ids.new_folio(), str(ids.new_id())]
    with entropy.replay("b"):
        other = [ids.new_folio(), str(ids.new_id())]

    assert first == second
    assert first != other


def test_what_happens_behind_the_wall_does_not_move_what_is_drawn_outside() -> None:
    with entropy.replay("a"):
        without = ids.new_id()
    with entropy.replay("a"):
        entropy.token_bytes(64, stream="walled")
        ids.new_id(stream="walled")
        with_wall = ids.new_id()

    assert without == with_wall


def test_outside_a_replay_nothing_repeats() -> None:
    assert entropy.token_bytes(32) != entropy.token_bytes(32)


def test_two_replays_at_once_are_refused_and_an_error_ends_one() -> None:
    with pytest.raises(RuntimeError), entropy.replay("a"), entropy.replay("b"):
        pass
    with entropy.replay("c"):
        assert entropy.below(10) < 10


@given(st.integers(1, 70_000), st.integers(0, 1000))
def test_a_drawn_number_is_below_its_limit(limit: int, seed: int) -> None:
    with entropy.replay(str(seed)):
        assert all(0 <= entropy.below(limit) < limit for _i in range(5))


def test_drawing_is_even_where_a_remainder_would_not_be() -> None:
    with entropy.replay("even"):
        counts = Counter(entropy.below(100) for _i in range(20_000))

    # 256 mod 100 would give the first 56 numbers half as many again: about 234 against 156.
    low = sum(counts[n] for n in range(56)) / 56
    high = sum(counts[n] for n in range(56, 100)) / 44
    assert abs(low / high - 1) < 0.05
