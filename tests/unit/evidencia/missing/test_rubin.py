from __future__ import annotations

from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencia import Refusal
from evidencia.missing import barnard_rubin, pool

COUNTS = {"n_units": 20, "n_obs": 15}
numbers = st.floats(-100, 100).map(lambda x: round(x, 3))


def test_the_rules_written_out_for_two_imputations() -> None:
    (pooled,) = pool([1.0, 3.0], [2.0, 4.0], **COUNTS)

    assert pooled.effect.estimate == 2.0
    assert (pooled.within, pooled.between, pooled.total) == (3.0, 2.0, 6.0)
    assert pooled.effect.se == pytest.approx(sqrt(6.0))
    assert pooled.relative_increase == pytest.approx(1.0)
    assert pooled.effect.df == pytest.approx(4.0)  # (m − 1) / λ², λ = 1/2


def test_few_people_leave_few_degrees_of_freedom() -> None:
    assert barnard_rubin(5, 0.3, inf) == pytest.approx(4 / 0.09)
    assert barnard_rubin(5, 0.3, 12) < 12
    assert barnard_rubin(10**9, 1e-9, 12) == pytest.approx(13 / 15 * 12)


def test_where_nothing_was_imputed_the_answer_is_the_complete_one() -> None:
    (pooled,) = pool([2.0, 2.0, 2.0], [1.0, 1.0, 1.0], df_complete=9, **COUNTS)

    assert (pooled.effect.estimate, pooled.effect.se, pooled.effect.df) == (2.0, 1.0, 9.0)
    assert pooled.fraction_missing == 0.0


@given(st.lists(st.tuples(numbers, st.floats(0.1, 10)), min_size=2, max_size=8), numbers)
def test_the_order_of_imputations_and_a_shift_do_not_matter(
    answers: list[tuple[float, float]], shift: float
) -> None:
    q, u = (np.array(part) for part in zip(*answers, strict=True))

    (one,) = pool(q, u, df_complete=30, **COUNTS)
    (other,) = pool(q[::-1] + shift, u[::-1], df_complete=30, **COUNTS)

    assert other.effect.estimate - shift == pytest.approx(one.effect.estimate, abs=1e-9)
    assert other.effect.se == pytest.approx(one.effect.se, rel=1e-6)


@given(st.lists(st.tuples(numbers, st.floats(0.1, 10)), min_size=2, max_size=8))
def test_missing_values_never_make_surer(answers: list[tuple[float, float]]) -> None:
    q, u = (np.array(part) for part in zip(*answers, strict=True))

    (pooled,) = pool(q, u, df_complete=30, **COUNTS)

    assert pooled.total >= pooled.within
    assert pooled.effect.df is not None
    assert pooled.effect.df <= 30
    assert 0 <= pooled.fraction_missing <= 1


def test_many_quantities_are_pooled_one_by_one() -> None:
    q, u = np.arange(6.0).reshape(3, 2), np.ones((3, 2))

    both = pool(q, u, **COUNTS)

    assert [p.effect.estimate for p in both] == [2.0, 3.0]


def test_no_variance_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refusal) as refused:
        pool([1.0, 1.0], [0.0, 0.0], **COUNTS)

    assert refused.value.note.code == "missing.no_variance"


@pytest.mark.parametrize(
    ("q", "u", "said"),
    [
        ([1.0], [1.0], "at least two"),
        ([1.0, np.nan], [1.0, 1.0], "finite"),
        ([1.0, 2.0], [1.0, -1.0], "not below 0"),
        ([[1.0], [2.0]], [1.0, 1.0], r"\(m, k\)"),
    ],
)
def test_mistakes_are_named(q: list[float], u: list[float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        pool(q, u, **COUNTS)
