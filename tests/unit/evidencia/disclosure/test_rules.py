from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencia import Refusal
from evidencia.disclosure import (
    PUBLIC,
    Policy,
    Table,
    allowed,
    count,
    mean,
    order_statistics,
    percentage,
    protect,
    tabulate,
)


def table(counts: list[int] | list[list[int]], **more: object) -> Table:
    array = np.array(counts, np.int64)
    levels = tuple(tuple(f"{axis}{i}" for i in range(n)) for axis, n in enumerate(array.shape))
    return Table("men", tuple("ab"[: array.ndim]), levels, array, **more)  # type: ignore[arg-type]


def test_seven_people_are_hidden_and_eight_are_rounded_to_ten() -> None:
    out = protect(table([0, 1, 7, 8, 12, 13, 1257]))

    assert [out.text(i) for i in range(7)] == ["*", "*", "*", "10", "10", "15", "1,255"]


def test_totals_are_sums_of_what_is_shown() -> None:
    out = protect(table([[3, 20], [41, 0]]))

    assert out.row_totals.tolist() == [20, 40]
    assert out.column_totals.tolist() == [40, 20]
    assert out.total == 60


@given(st.integers(0, 5000))
def test_a_published_count_stands_for_five_true_ones_and_never_for_a_small_one(n: int) -> None:
    out = protect(table([n]))

    assert out.low[0] <= n <= out.high[0]
    if not out.hidden[0]:
        assert out.low[0] > PUBLIC.threshold
        assert out.high[0] - out.low[0] == 4


def test_a_rounding_that_would_narrow_the_first_published_value_is_refused() -> None:
    with pytest.raises(ValueError, match="narrows the first"):
        Policy(threshold=5, base=5)


def test_what_leaves_says_nothing_of_why_a_cell_is_hidden() -> None:
    out = protect(table([3, 40], largest=np.array([1, 39])))

    assert out.reasons.tolist() == ["small", "dominance"]
    assert out.as_dict()["values"] == [None, None]
    assert "reasons" not in out.as_dict()


def test_a_cell_that_one_organisation_fills_by_more_than_half_is_hidden() -> None:
    out = protect(table([40, 40], largest=np.array([20, 21])))

    assert out.reasons.tolist() == ["", "dominance"]


def test_an_impossible_cell_is_shown_as_zero() -> None:
    out = protect(table([40, 0], structural=np.array([False, True])))

    assert out.text(1) == "0"


def test_three_variables_are_refused() -> None:
    cube = Table("men", ("a", "b", "c"), (("x",),) * 3, np.full((1, 1, 1), 50, np.int64))

    with pytest.raises(Refusal) as refused:
        protect(cube)
    assert refused.value.note.code == "disclosure.too_many_variables"


def test_a_variable_off_the_menu_is_refused() -> None:
    with pytest.raises(Refusal, match="“a” is not among"):
        protect(table([50]), Policy(menu=frozenset({"site"})))


def test_a_table_with_nothing_left_says_so() -> None:
    codes = [note.code for note in protect(table([1, 2, 3])).notes]

    assert "disclosure.nothing_left" in codes


def test_percentages_need_twenty_people_and_hide_nobody_and_everybody() -> None:
    assert percentage(10, 19).notes[0].code == "disclosure.denominator"
    assert percentage(7, 40).notes[0].code == "disclosure.too_few"
    assert percentage(33, 40).notes[0].code == "disclosure.nearly_everybody"
    assert percentage(21, 40).value == 50.0  # 20 of 40, after rounding


def test_a_median_needs_twenty_people() -> None:
    assert [f.value for f in order_statistics(list(range(19)))] == [None] * 3
    assert order_statistics(list(range(21)), (0.5,))[0].value == 10.0


def test_the_extremes_are_never_one_persons() -> None:
    (low, high) = order_statistics([*range(39), 1000], (0, 1))

    assert (low.value, high.value) == (7.0, 32.0)
    assert low.notes[0].code == "disclosure.extreme"


def test_counts_and_means_follow_the_same_rules() -> None:
    assert count(7).value is None
    assert count(8).value == 10
    assert mean([1.0] * 19).value is None
    assert mean([1.0] * 20).value == 1.0
    assert not allowed(7)
    assert allowed(8)


def test_people_are_counted_by_their_columns_with_levels_that_nobody_has() -> None:
    out = tabulate(
        "men",
        {"site": ["n", "n", "s"], "type": ["p", "q", "p"]},
        levels={"type": ["p", "q", "r"]},
        contributor=["x", "y", "x"],
    )

    assert out.counts.tolist() == [[1, 1, 0], [1, 0, 0]]
    assert out.largest is not None
    assert out.largest.tolist() == [[1, 1, 0], [1, 0, 0]]


def test_a_value_that_is_no_level_is_an_error() -> None:
    with pytest.raises(ValueError, match="'q', which is not among"):
        tabulate("men", {"type": ["q"]}, levels={"type": ["p"]})


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4), st.permutations(range(4)))
def test_the_order_of_the_rows_changes_nothing(counts: list[int], order: list[int]) -> None:
    straight = protect(table([[c, 30] for c in counts]))
    shuffled = protect(table([[counts[i], 30] for i in order]))

    assert shuffled.values.tolist() == straight.values[order].tolist()
