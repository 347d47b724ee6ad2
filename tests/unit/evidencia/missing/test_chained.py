from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from evidencia import Refusal
from evidencia.missing import KINDS, impute_chained
from evidencia.missing.equations import logistic, nearest_donor

Make = Callable[..., Any]


def table(make_trial: Make, seed: int = 41) -> np.ndarray:
    data = make_trial(seed, holes=0.05)
    return np.column_stack([data.base, data.y])


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_observed_stays_and_seeds_repeat(make_trial: Make, kind: Any) -> None:
    values = table(make_trial)
    if kind == "logistic":
        values = np.where(np.isnan(values), np.nan, (values > 10).astype(float))
    seen = ~np.isnan(values)

    first, again = (
        impute_chained(values, [kind] * 5, imputations=4, seed=2, iterations=3) for _ in range(2)
    )

    assert (first.completed == again.completed).all()
    assert (first.completed[:, seen] == values[seen]).all()
    assert np.isfinite(first.completed).all()


def test_matching_gives_only_values_that_were_observed(make_trial: Make) -> None:
    values = np.round(table(make_trial))

    drawn = impute_chained(values, ["pmm"] * 5, imputations=10, seed=1, iterations=3)

    for j in range(5):
        assert np.isin(drawn.completed[:, :, j], values[:, j]).all()


def test_logistic_gives_only_yes_and_no(make_trial: Make) -> None:
    values = table(make_trial)
    values[:, -1] = np.where(np.isnan(values[:, -1]), np.nan, (values[:, -1] > 10).astype(float))

    drawn = impute_chained(
        values, ["normal"] * 4 + ["logistic"], imputations=10, seed=1, iterations=3
    )

    assert set(np.unique(drawn.completed[:, :, -1])) == {0.0, 1.0}


def test_donors_are_the_nearest_by_brute_force() -> None:
    """With a coefficient known almost exactly, who may be a donor can be listed by hand."""
    rng = np.random.default_rng(1)
    places = np.arange(40.0)
    y = places + rng.normal(0, 1e-6, 40)
    x = np.broadcast_to(np.column_stack([np.ones(40), places]), (2000, 40, 2))
    asked = np.array([-5.0, 0.2, 17.4, 38.9, 90.0])
    wanted = np.broadcast_to(np.column_stack([np.ones(5), asked]), (2000, 5, 2))

    got = nearest_donor(x, y, wanted, 3, rng)

    for j, point in enumerate(asked):
        nearest = np.argsort(np.abs(places - point))[:3]
        assert set(np.round(np.unique(got[:, j])).astype(int)) == set(nearest.tolist())
        assert np.bincount(np.round(got[:, j]).astype(int))[nearest].min() > 500


def test_matching_keeps_a_skewed_shape_that_the_normal_loses() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=800)
    y = np.exp(0.3 * x + rng.normal(0, 0.8, 800))
    y[rng.random(800) < 0.4] = np.nan
    values = np.column_stack([x, y])

    matched = impute_chained(values, ["pmm", "pmm"], imputations=20, seed=1, iterations=2)
    normal = impute_chained(values, ["normal", "normal"], imputations=20, seed=1, iterations=2)

    assert matched.completed[:, :, 1].min() > 0
    assert normal.completed[:, :, 1].min() < 0


def test_perfect_prediction_of_a_yes_or_no_stays_finite() -> None:
    x = np.broadcast_to(np.column_stack([np.ones(20), np.arange(20.0) - 9.5]), (200, 20, 2))
    y = (np.arange(20) > 9).astype(float)
    wanted = np.broadcast_to(np.array([[1.0, -12.0], [1.0, 12.0]]), (200, 2, 2))

    got = logistic(x, y, wanted, np.random.default_rng(1))

    assert got[:, 0].mean() < 0.1
    assert got[:, 1].mean() > 0.9


def test_units_do_not_matter(make_trial: Make) -> None:
    values = table(make_trial)

    one = impute_chained(values, ["normal"] * 5, imputations=3, seed=1, iterations=3)
    other = impute_chained(values * 1000 - 7, ["normal"] * 5, imputations=3, seed=1, iterations=3)

    assert other.completed == pytest.approx(one.completed * 1000 - 7, rel=1e-8)


def test_repeated_columns_do_not_break_the_chain(make_trial: Make) -> None:
    values = table(make_trial)
    values = np.column_stack([values, values[:, 0]])

    drawn = impute_chained(values, ["normal"] * 6, imputations=3, seed=1, iterations=3)

    assert np.abs(drawn.completed[:, :, 1:5] - 10).max() < 30


def test_without_gaps_nothing_is_imputed(make_trial: Make) -> None:
    whole = make_trial(42).whole

    drawn = impute_chained(whole, ["pmm"] * 4, imputations=3, seed=1)

    assert (drawn.completed == whole).all()
    assert [note.code for note in drawn.notes] == ["missing.nobody_left"]


def test_a_column_without_answers_and_too_few_answers_are_refused(make_trial: Make) -> None:
    values = table(make_trial)
    empty, thin = values.copy(), values.copy()
    empty[:, 2] = np.nan
    thin[4:, 2] = np.nan

    for bad, code in ((empty, "missing.wave_empty"), (thin, "missing.too_few_at_wave")):
        with pytest.raises(Refusal) as refused:
            impute_chained(bad, ["normal"] * 5, seed=1)
        assert refused.value.note.code == code


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["normal"], "one kind a column"),
        (["normal"] * 4 + ["guess"], "A kind is one of"),
        (["logistic"] + ["normal"] * 4, "more than 0 and 1"),
    ],
)
def test_mistakes_are_named(make_trial: Make, kinds: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        impute_chained(table(make_trial), kinds, seed=1)
