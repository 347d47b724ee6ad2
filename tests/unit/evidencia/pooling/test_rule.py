from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from evidencia import Refusal
from evidencia.pooling import PooledDesign, apply_rule, make_packet


def answers(*patterns: tuple[str, int]) -> np.ndarray:
    """Rows from patterns: ("110", 4) is four people with answers at the first two waves."""
    marks = [[c == "1" for c in text] for text, n in patterns for _ in range(n)]
    return np.where(np.array(marks), 1.0, np.nan)


def patterns(outcome: np.ndarray) -> dict[str, int]:
    texts = ["".join("1" if seen else "0" for seen in row) for row in ~np.isnan(outcome)]
    return {text: texts.count(text) for text in sorted(set(texts))}


def ruled(*given: tuple[str, int], threshold: int = 5) -> dict[str, int]:
    rows = answers(*given)
    return patterns(apply_rule(rows, np.full(len(rows), "a"), threshold).outcome)


def test_a_small_pattern_gives_up_its_last_answer_and_joins_the_next() -> None:
    assert ruled(("111", 3), ("110", 4), ("100", 6)) == {"100": 6, "110": 7}


def test_small_patterns_pile_up_until_there_are_enough() -> None:
    assert ruled(("111", 2), ("110", 2), ("100", 1)) == {"100": 5}


def test_a_hole_is_cut_back_to_the_answers_before_it() -> None:
    assert ruled(("1101", 2), ("1100", 5), ("1111", 5)) == {"1100": 7, "1111": 5}


def test_who_can_join_nobody_is_left_out_and_counted() -> None:
    rows = answers(("111", 6), ("011", 2))
    result = apply_rule(rows, np.full(8, "a"), 5)

    assert patterns(result.outcome) == {"000": 2, "111": 6}
    assert (result.people_given, result.people_merged, result.people_dropped) == (8, 0, 2)
    assert (result.answers_given, result.answers_lost) == (22, 4)


def test_arms_are_counted_apart() -> None:
    rows = answers(("11", 6), ("10", 6))
    arm = np.array(["a"] * 5 + ["b"] + ["a"] * 2 + ["b"] * 4)

    assert patterns(apply_rule(rows, arm, 5).outcome[arm == "b"]) == {"10": 5}


def test_a_rare_trait_is_as_telling_as_a_small_pattern() -> None:
    """Seven people, two of them with the trait: the sum over the two would be told."""
    rows = answers(("11", 7), ("10", 8))
    trait = np.array([1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0], dtype=float)[:, None]
    result = apply_rule(rows, np.full(15, "a"), 5, trait)

    assert patterns(result.outcome) == {"10": 15}


@settings(max_examples=60, deadline=None)
@given(
    hnp.arrays(np.bool_, st.tuples(st.integers(1, 40), st.just(4))),
    st.integers(3, 8),
    st.randoms(use_true_random=False),
)
def test_no_cell_is_ever_below_the_threshold_and_order_does_not_matter(
    seen: np.ndarray, threshold: int, random: object
) -> None:
    rows = np.where(seen, 1.0, np.nan)
    arm = np.where(np.arange(len(rows)) % 2 == 0, "a", "b")
    trait = (np.arange(len(rows)) % 5 == 0).astype(float)[:, None]
    result = apply_rule(rows, arm, threshold, trait)
    kept = ~np.isnan(result.outcome)

    assert not (kept & ~seen).any()
    for name in ("a", "b"):
        for pattern in np.unique(kept[arm == name], axis=0):
            if not pattern.any():
                continue
            cell = (arm == name) & (kept == pattern).all(axis=1)
            ones = int(trait[cell].sum())
            assert cell.sum() >= threshold
            assert min(ones, cell.sum() - ones) == 0 or min(ones, cell.sum() - ones) >= threshold
    order = np.random.default_rng(0).permutation(len(rows))
    shuffled = apply_rule(rows[order], arm[order], threshold, trait[order])
    assert np.array_equal(shuffled.outcome, result.outcome[order], equal_nan=True)


def test_four_people_make_no_packet() -> None:
    design = PooledDesign("fear", ("T1",), ("all",))
    with pytest.raises(Refusal) as caught:
        make_packet(design, "Centro", [[1.0], [2.0], [3.0], [4.0]])

    assert caught.value.note.code == "pooling.nothing_shown"


def test_a_threshold_that_protects_nobody_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least 3"):
        PooledDesign("fear", ("T1",), ("all",), threshold=2)
